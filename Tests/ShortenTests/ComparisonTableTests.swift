import Configuration
import ExpertIteration
import Reading
import Testing

@testable import shorten

@Suite struct ComparisonTableTests {
  private static let runs = [
    Comparison.ComparedRun(
      directory: "runs/maze", method: .expertIteration, curation: .sound, seed: 1, round: 10, tasks: 500,
      optimalPercent: 84.2, above: Estimate(value: 0, interval: nil), pairs: 480, tokens: 64.3,
      shorter: Estimate(value: 0, interval: nil), soundPercent: 98.8, legalPercent: 0.6,
      trainTokens: 12_500_000, sampledTokens: 30_000_000, seconds: 531),
    Comparison.ComparedRun(
      directory: "runs/continued", method: .continued, curation: .sound, seed: 1, round: 10, tasks: 500,
      optimalPercent: 78, above: Estimate(value: -6.2, interval: Interval(low: -8.1, high: -4.4)),
      pairs: 1480,
      tokens: 95.1, shorter: Estimate(value: -47.9, interval: Interval(low: -49.5, high: -46)),
      soundPercent: nil, legalPercent: 44.2, trainTokens: 12_500_000, sampledTokens: 0, seconds: 400),
  ]

  @Test func theFirstRunIsTheOneComparedWith() {
    #expect(
      ComparisonTable.lines(Self.runs, .maze).joined(separator: "\n") == """
        run             method           seed  round  tasks  optimal %  points             tokens  shorter \
        %             sound %  legal %  trained  sampled   time
        runs/maze       expertIteration     1     10    500       84.2  -                    64.3  \
        -                        98.8      0.6   12.5 M   30.0 M  08:51
        runs/continued  continued           1     10    500       78.0  -6.2 [-8.1, -4.4]    95.1  -47.9 \
        [-49.5, -46.0]        -     44.2   12.5 M        0  06:40
        """)
  }
}
