import Configuration
import ExpertIteration
import Testing

@testable import Reading
@testable import shorten

@Suite struct SetsTableTests {
  private static func set(_ name: String, round: Int, _ optimal: Double) -> SetSummary {
    var set = SetSummary(round: round, setName: name, tasks: 1200, samples: 8)
    (set.optimalPercent, set.traceTokens, set.referenceTokens) = (optimal, 64.3, 95.9)
    (set.soundPercent, set.legalPercent, set.truncatedPercent) = (98.8, 0.6, 0.8)
    (set.optimalPercentLow, set.optimalPercentHigh) = (optimal - 2, optimal + 2.6)
    if round > 0 { (set.shorterPercent, set.shorterPercentLow, set.shorterPercentHigh) = (31.9, 31.1, 32.8) }
    return set
  }

  @Test func theSetsStandBesideEachOtherInTheNewestRound() {
    let sets = [0, 3].flatMap { round in
      [Self.set("test", round: round, 70 + Double(round)), Self.set("larger", round: round, 5)]
    }
    #expect(
      SetsTable(terms: .maze).lines(sets, round: 3).joined(separator: "\n") == """
        set      tasks  optimal %   round 0   tokens  A* tokens  shorter %           sound %  legal %  cut %
        test     1,200  73.0 ±2.3      70.0     64.3       95.9  31.9 [31.1, 32.8]      98.8      0.6    0.8
        larger   1,200  5.0 ±2.3        5.0     64.3       95.9  31.9 [31.1, 32.8]      98.8      0.6    0.8
        """)
  }

  /// Whatever the faults are called.
  @Test func anEvaluationIsAColumnOfFiguresAndFaults() {
    for terms in [DomainTerms.maze, DomainTerms()] {
      let names = [
        "wrongAnswer", "planStartsElsewhere", "longerThanOptimal", String(repeating: "x", count: 60),
      ]
      let faults = names.map { (kind: $0, count: 1234) }
      let evaluation = SetEvaluation(
        measures: Self.set("test", round: 3, 70), faults: faults, checkpoint: "checkpoints/r03.safetensors",
        tokens: 9)
      let lines = SetsTable(terms: terms).lines(of: evaluation)
      let place = lines[0].firstRange(of: "test,").map { lines[0][..<$0.lowerBound].count }
      for (line, fault) in zip(lines.suffix(faults.count), faults) {
        #expect(line.hasPrefix("not \(terms.optimal): \(fault.kind)  ") && line.hasSuffix(" 1,234"))
        #expect(line.count - 5 == place)
      }
    }
  }

  @Test func everyMeasureOfAnEvaluationHasALine() {
    var summary = Self.set("larger", round: 3, 70)
    (summary.solvedPercent, summary.swc, summary.distinctCorrect) = (81.25, 0.9766, 3)
    let evaluation = SetEvaluation(
      measures: summary, faults: [(kind: "planEntersWall", count: 1234)], checkpoint: "checkpoints/r03",
      tokens: 9)
    #expect(
      SetsTable(terms: .maze).lines(of: evaluation).joined(separator: "\n") == """
        set                          larger, 1,200 tasks x 8 samples
        weights                      round 3, checkpoints/r03
        optimal % (pass@1)           70.0
        solved %                     81.2
        any optimal %                -
        three optimal %              -
        majority optimal %           -
        any solved %                 -
        three solved %               -
        SWC                          0.977
        ILR on solved                -
        ILR on optimal               -
        trace tokens                 64.3
        A* tokens                    95.9
        clauses                      -
        expansions                   -
        distinct correct             3.00
        sound % of correct           98.8
        legal % of correct           0.6
        cut %                        0.8
        not optimal: planEntersWall  1,234
        """)
  }

  @Test func theTestSetAloneNeedsNoTable() {
    #expect(SetsTable(terms: .maze).lines([Self.set("test", round: 0, 70)], round: 0).isEmpty)
    #expect(SetsTable(terms: .maze).lines([Self.set("larger", round: 0, 70)], round: nil).isEmpty)
  }
}
