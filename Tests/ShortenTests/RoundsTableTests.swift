import Configuration
import ExpertIteration
import Foundation
import Reading
import Store
import Testing
import Text

@testable import shorten

/// The table of rounds and the closing words, whole.
@Suite struct RoundsTableTests {
  static let table = RoundsTable(terms: .maze)

  static func round(_ json: String) throws -> RoundSummary {
    try JSONDecoder().decode(RoundSummary.self, from: Data(json.utf8))
  }

  static func rounds() throws -> [RoundSummary] {
    [
      try round(
        """
        {"round": 0, "state": "accepted", "optimal_pct": 81.2, "optimal_pct_low": 80.1, "optimal_pct_high": \
        82.3,
         "paired_tokens": 92.1, "shorter_pct": 0, "sound_pct": 97.8, "legal_pct": 88.1, "truncated_pct": 0.4,
         "improved": 0, "kept": 0, "reference_trace_tokens": 93, "train_tokens": 5, "sampled_tokens": 0, \
        "seconds": 251}
        """),
      try round(
        """
        {"round": 1, "state": "rejected", "optimal_pct": 70, "improved": 0, "kept": 0, "train_tokens": 5,
         "sampled_tokens": 0, "seconds": 38}
        """),
      try round(
        """
        {"round": 2, "state": "accepted", "optimal_pct": 84, "optimal_pct_low": 83, "optimal_pct_high": 85,
         "paired_tokens": 81.4, "shorter_pct": 11.6, "shorter_pct_low": 10.2, "shorter_pct_high": 13.1,
         "sound_pct": 96.2, "legal_pct": 71, "truncated_pct": 0.3, "improved": 1412, "kept": 1412,
         "reference_trace_tokens": 93.1, "train_tokens": 5, "sampled_tokens": 9, "seconds": 3700}
        """),
      try round(
        """
        {"round": 3, "state": "sample", "improved": 0, "kept": 0, "train_tokens": 0, "sampled_tokens": 0,
         "seconds": 2}
        """),
    ]
  }

  private static let references = [
    ("reference", "A*, a coin per tie, mean of 64 runs", 93, 1, 12.4, 99),
    ("shortestLegal", "shortest run of A* there is, exact", 74, 0.796, -10.1, 0.5),
    ("planOnly", "no trace", 0, 0, nil, 0),
  ].map { (name: String, title: String, tokens: Double, relative: Double, shorter: Double?, below: Double) in
    ReferenceComparison(
      line: ReferenceLine(name: name, title: title),
      summary: ReferenceSummary(
        name: name, tokens: tokens, relative: relative, round: 2, shorterPercent: shorter,
        shorterPercentLow: shorter.map { $0 - 1 }, shorterPercentHigh: shorter.map { $0 + 1.5 },
        belowPercent: below))
  }

  @Test func aRunWithoutReferenceLinesPrintsNone() {
    #expect(ReferenceTable.lines([]).isEmpty)
  }

  @Test func theColumnsAreAligned() throws {
    let table = ([Self.table.header] + (try Self.rounds()).map(Self.table.row)).joined(separator: "\n")
    #expect(
      table == """
        round  optimal %    tokens  shorter %           sound %  legal %  cut %  improved     kept  A* \
        tokens     time
            0  81.2 ±1.1      92.1  -                      97.8     88.1    0.4         -        -       \
        93.0    04:11
            1  70.0              -  -                         -        -      -         0        0          \
        -    00:38  rejected
            2  84.0 ±1.0      81.4  11.6 [10.2, 13.1]      96.2     71.0    0.3     1,412    1,412       \
        93.1  1:01:40
            3  -                 -  -                         -        -      -         0        0          \
        -    00:02  in sample
        """)
  }

  /// A domain's words over the columns, which keep their widths as far as they can.
  @Test func theColumnsSpeakTheDomainsWords() throws {
    let table = RoundsTable(terms: .serial)
    let rows = try [table.header] + Self.rounds().prefix(1).map(table.row)
    #expect(
      rows.joined(separator: "\n") == """
        round  correct %    tokens  shorter %           sound %  legal %  cut %  improved     kept  full \
        tokens     time
            0  81.2 ±1.1      92.1  -                      97.8     88.1    0.4         -        -         \
        93.0    04:11
        """)
    let closing = ClosingSummary(
      terms: .serial, rounds: try Self.rounds().filter { $0.state == .accepted }, references: [],
      reason: "", directory: "runs/c7", report: nil, program: "shorten"
    ).lines
    #expect(closing.contains { $0.hasSuffix("correct answers 81.2 % -> 84.0 %.") })
  }

  @Test func lengthsAreCountedInTheRunsUnit() throws {
    let unit = LengthUnit(name: "Qwen3 tokens")
    let table = RoundsTable(terms: .maze, unit: unit)
    let rows = try [table.header, table.row(Self.rounds()[2])].map { $0.prefix(58) }
    #expect(
      rows.joined(separator: "\n") == """
        round  optimal %   Qwen3 tokens  shorter %           sound
            2  84.0 ±1.0           81.4  11.6 [10.2, 13.1]      96
        """)
    #expect(ReferenceTable.lines(Self.references, unit: unit)[0].contains("  Qwen3 tokens  of the first  "))
    #expect(try Sparkline.lines(Self.rounds(), .maze, unit: unit)[0] == "Qwen3 tokens  ▇▁  92.1 -> 81.4")
  }

  @Test func longerTracesAreCalledLonger() throws {
    let last = try Self.round(
      """
      {"round": 1, "state": "accepted", "optimal_pct": 84, "shorter_pct": -2, "shorter_pct_low": -3,
       "shorter_pct_high": -1, "improved": 0, "kept": 0, "train_tokens": 5, "sampled_tokens": 9, "seconds": 1}
      """)
    let lines = ClosingSummary(
      terms: .maze, rounds: [try Self.rounds()[0], last], references: [], reason: "", directory: "runs/maze",
      report: nil, program: "shorten"
    ).lines
    let claim = "Round 1 against round 0 on test tasks: traces 2.0 % longer (95 % interval 1.0 to 3.0)"
    #expect(lines.contains { $0.hasPrefix(claim) })
  }

  @Test func theClosingWordsNameResultDatabaseAndNextCommands() throws {
    let rounds = try Self.rounds().filter { $0.state == .accepted }
    #expect(
      ClosingSummary(
        terms: .maze, rounds: rounds, references: Self.references, reason: "all 2 rounds are done",
        directory: "runs/my maze", report: "runs/my maze/report.html", program: "shorten"
      ).lines.joined(separator: "\n") == """

        tokens     ▇▁  92.1 -> 81.4
        optimal %  ▁▇  81.2 -> 84.0
        sound %    ▇▁  97.8 -> 96.2

        test tasks                             tokens  of the first    round 2 shorter %  below on %
        A*, a coin per tie, mean of 64 runs      93.0          1.00    12.4 [11.4, 13.9]        99.0
        shortest run of A* there is, exact       74.0          0.80  -10.1 [-11.1, -8.6]         0.5
        no trace                                  0.0          0.00                    -         0.0

        Finished: all 2 rounds are done.
        Round 2 against round 0 on test tasks: traces 11.6 % shorter (95 % interval 10.2 to 13.1), optimal \
        answers 81.2 % -> 84.0 %.

          report    runs/my maze/report.html
          database  runs/my maze/shorten.db
          next      shorten rounds 'runs/my maze'
                    shorten show 'runs/my maze' 1
                    sqlite3 'runs/my maze/shorten.db' 'select * from rounds_summary'
        """)
  }
}

extension DomainTerms {
  /// Those of a domain whose traces A* writes.
  static var maze: Self {
    var terms = Self()
    (terms.reference, terms.column, terms.answer, terms.costUnit) = ("A*", "A*", "plan", "moves")
    return terms
  }

  /// Those of a domain where every right answer is as good as any.
  static var serial: Self {
    var terms = Self()
    (terms.reference, terms.column, terms.hasOptimality) = ("the full chain", "full", false)
    return terms
  }
}
