import Configuration
import ExpertIteration
import Testing

@testable import Reading
@testable import shorten

@Suite struct DepthTableTests {
  private static let cells = [
    DepthStudy.Cell(
      problem: "circuitValue", depth: 4, seeds: [1, 2], base: 67, hint: nil, chain: 97.42, start: 8,
      reached: DepthStudy.Reached(
        share: Estimate(value: 3.5, interval: Interval(low: 2.9, high: 4.2)), tokens: 0.5,
        optimalPercent: 98.1, soundPercent: 99.9, rounds: [7, 9]),
      course: [], strides: [DepthStudy.Stride(stride: 2, optimalPercent: 99.1)]),
    DepthStudy.Cell(
      problem: "modularAddition", depth: 12, seeds: [1], base: nil, hint: nil, chain: 100, start: 14,
      reached: nil, course: [], strides: []),
  ]

  private static let lines = [
    ("circuitValue", "the full chain", 14.0), ("circuitValue", "stride 2", 6.04),
    ("modularAddition", "the full chain", 100.0),
  ].map { problem, title, tokens in
    DepthStudy.Line(problem: problem, line: ReferenceLine(name: title, title: title), tokens: tokens)
  }

  @Test func aRowIsAProblemAtADepth() {
    #expect(
      DepthTable.lines(Self.cells).joined(separator: "\n") == """
        problem          depth  seeds  base %  hint %  chain %  round 0  tokens  of chain %      at %  \
        sound %  taught %
        circuitValue         4      2    67.0       -     97.4      8.0     0.5  3.5 [2.9, 4.2]  98.1     \
        99.9  2: 99.1
        modularAddition     12      1       -       -    100.0     14.0       -  -                  \
        -        -  -
        """)
  }

  @Test func theReferenceLinesOfAProblemAreOneLine() {
    #expect(
      DepthTable.references(Self.lines) == [
        "circuitValue: the full chain 14.0, stride 2 6.0", "modularAddition: the full chain 100.0",
      ])
  }
}
