import Configuration
import ExpertIteration
import Foundation
import Outside
import Search
import Testing

@testable import Reading

/// Records of others as tasks: both forms, what is left out and why.
@Suite struct TaskImportTests {
  /// The paper's first figure, as its tokenised records have it.
  private static let record = #"""
    {"id": 7, "prompt": ["start", "0", "2", "goal", "1", "0", "wall", "1", "2", "wall", "2", "0"],
     "reasoning": ["create", "0", "2", "c0", "c3", "close", "0", "2", "c0", "c3", "create", "0", "1", "c1", "c2",
       "close", "0", "1", "c1", "c2", "create", "0", "0", "c2", "c1", "create", "1", "1", "c2", "c1", "close", "0",
       "0", "c2", "c1", "create", "1", "0", "c3", "c0", "close", "1", "0", "c3", "c0"],
     "plan": ["plan", "0", "2", "plan", "0", "1", "plan", "0", "0", "plan", "1", "0"]}
    """#.split(separator: "\n").joined()

  private static func lines(
    _ texts: [String], answerWord: String? = nil, domain: DomainConfiguration? = nil
  ) throws -> (lines: [String?], tasks: TaskImport) {
    var tasks = try TaskImport(answerWord: answerWord, domain: domain)
    let lines = texts.enumerated().map { tasks.line($1, number: $0 + 1) }
    return (lines, tasks)
  }

  @Test func bothFormsGiveTheSameLines() throws {
    let (paper, tasks) = try Self.lines([
      #"{"prompt": ["3", "5"], "reasoning": ["add"], "plan": ["plan", "8"], "id": 1}"#
    ])
    #expect(paper == [#"{"answer":"plan 8","prompt":"3 5","trace":"add"}"#])
    #expect(tasks.answerWord == "plan" && tasks.imported == 1 && tasks.skipped == [])
    let (own, others) = try Self.lines([
      #"{"prompt": "3  5", "trace": "", "answer": "8", "split": "test", "cost": 4}"#,
      #"{"prompt": "3 6", "trace": "t", "answer": "answer 9"}"#,
    ])
    #expect(
      own == [
        #"{"answer":"answer 8","cost":4,"prompt":"3 5","split":"test","trace":""}"#,
        #"{"answer":"answer 9","prompt":"3 6","trace":"t"}"#,
      ])
    #expect(others.answerWord == "answer")
    let (marked, _) = try Self.lines(
      [#"{"prompt": "3 5", "reasoning": ["add"], "plan": ["plan", "8"]}"#], answerWord: "so")
    #expect(marked == [#"{"answer":"so plan 8","prompt":"3 5","trace":"add"}"#])
    #expect(throws: SearchError.self) { try TaskImport(answerWord: "a b", domain: nil) }
  }

  @Test func whatIsLeftOutIsCountedByReason() throws {
    let good = #"{"prompt": "3 5", "trace": "", "answer": "8"}"#
    let (lines, tasks) = try Self.lines([
      good, "nonsense", good, #"{"prompt": "3", "trace": ""}"#, good,
      #"{"prompt": "4", "trace": "answer", "answer": "8"}"#,
    ])
    #expect(lines.map { $0 != nil } == [true, false, false, false, false, false])
    #expect(tasks.skipped.map(\.reason) == [TaskImport.unreadable, "a prompt that was there already"])
    #expect(tasks.skipped.map(\.count) == [3, 2] && tasks.skipped.map(\.firstLine) == [2, 3])
    #expect(tasks.skipped.map { $0.detail?.isEmpty } == [false, false])
  }

  @Test func mazesAreJudgedAndGetTheirCost() throws {
    let maze = DomainConfiguration.maze(MazeSettings(width: 3, height: 3))
    let wrong = Self.record.replacingOccurrences(of: #""plan", "0", "1", "#, with: "")
    let longer = Self.record.replacingOccurrences(
      of: #""plan", "0", "0", "plan", "1", "0""#,
      with: #""plan", "0", "0", "plan", "0", "1", "plan", "0", "0", "plan", "1", "0""#)
    let untrue = Self.record.replacingOccurrences(
      of: #""0", "1", "c1", "c2""#, with: #""0", "1", "c1", "c3""#)
    let (lines, tasks) = try Self.lines(
      [wrong, longer, untrue, #"{"prompt": "start 7 7", "trace": "", "answer": "plan"}"#, Self.record],
      domain: maze)
    #expect(lines.dropLast().allSatisfy { $0 == nil })
    #expect(lines[4]?.contains(#""cost":3,"#) == true)
    #expect(
      tasks.skipped.map(\.reason) == [
        "a wrong answer", "an answer that is not optimal", "an unsound trace", "no maze of this size",
      ])
    #expect(try TaskLine(Array((lines[4] ?? "").utf8)).task(line: 1).answer.count == 12)
  }
}
