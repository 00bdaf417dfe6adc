import Configuration
import ExpertIteration
import Testing

@testable import Reading

@Suite struct ComparisonTests {
  @Test func runsAreComparedTaskByTask() throws {
    let (first, other) = (try StoredRun(), try StoredRun(tokens: 70))
    let runs = try Comparison(of: [first.reader(), other.reader()]).runs
    #expect(runs.map(\.round) == [0, 0])
    #expect(runs.map(\.tasks) == [1, 1])
    #expect(runs.map(\.pairs) == [1, 1])
    #expect(runs.map(\.tokens) == [45, 35])
    #expect(runs.map(\.optimalPercent) == [50, 50])
    #expect(runs.map(\.above.value) == [0, 0])
    #expect(runs.map(\.soundPercent) == [100, 100])
    #expect(runs.map(\.legalPercent) == [50, 50])
    #expect(runs[0].shorter?.value == 0)
    let shorter = try #require(runs[1].shorter)
    #expect(abs(shorter.value - 100 * 10 / 45) < 1e-9)
    #expect(shorter.interval == Interval(low: shorter.value, high: shorter.value))
    #expect(runs.map(\.trainTokens) == [1000, 1000])
    #expect(runs[1].json.contains(#""method":"expertIteration""#))
    #expect(runs[1].json.contains(#""tokens":35"#))
  }

  @Test func aRoundCanBeChosen() throws {
    let (first, other) = (try StoredRun(), try StoredRun())
    let runs = try Comparison(of: [first.reader(), other.reader()], round: 1).runs
    #expect(runs.map(\.round) == [1, 1])
    #expect(runs.map(\.tokens) == [40, 40])
    #expect(runs.map(\.trainTokens) == [2000, 2000])
    #expect(throws: ReadingError.noRound(7, directory: first.directory.relativePath, last: 1)) {
      try Comparison(of: [first.reader(), other.reader()], round: 7)
    }
  }

  @Test func runsWithoutACommonTaskAreRefused() throws {
    let (first, other) = (try StoredRun(), try StoredRun(wall: "3 2"))
    let (one, two) = (first.directory.relativePath, other.directory.relativePath)
    #expect(throws: ReadingError.noCommonTasks(one, two)) {
      try Comparison(of: [first.reader(), other.reader()])
    }
    #expect(ReadingError.noCommonTasks("a", "b").category == .usage)
  }
}
