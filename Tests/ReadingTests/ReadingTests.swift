import Configuration
import ExpertIteration
import Foundation
import Store
import Testing

@testable import Reading

/// What is read of a run, and what is said where it cannot be.
@Suite struct ReadingTests {
  @Test func theRoundsAndTheStateAreThoseOfTheStore() throws {
    let run = try StoredRun()
    let reader = try RunReader(run.directory.path)
    let rounds = try reader.rounds()
    #expect(rounds.map(\.round) == [0, 1])
    #expect(rounds.map(\.state) == [.accepted, .running(.evaluate)])
    #expect(rounds[1].shorterPercent == 11.1)
    let state = try reader.state(now: "2025-03-01T12:00:00Z")
    #expect(state.state == .stopped)
    #expect(state.rounds == 2)
    #expect(try reader.configuration() == StoredRun.configuration)
  }

  @Test func anExerciseShowsTheTraceThatStoodAfterARound() throws {
    let run = try StoredRun()
    let reader = try RunReader(run.directory.path)
    let now = try reader.exercise(1)
    #expect(now.prompt == StoredRun.prompt)
    let reference = try #require(now.reference)
    #expect(reference.trace == StoredRun.trace && reference.origin == "A*")
    #expect(reference.verdict.summary(in: now.terms) == "optimal answer, legal trace")
    let kept = try #require(now.kept)
    #expect(kept.origin == "round 1, sample 5")
    #expect(kept.traceLength == 40)
    #expect(kept.verdict.isSound && !kept.verdict.isLegal && kept.verdict.isOptimal)
    #expect(try reader.exercise(1, round: 0).kept == nil)
    #expect(now.references.isEmpty)
    let test = try reader.exercise(2)
    #expect(test.references.map(\.tokens) == [61.25, 45])
    #expect(test.references.map(\.line.name) == ["reference", "shortestLegal"])
    #expect(test.references[1].line.title == "shortest run of A* there is, exact")
    #expect(test.json.contains(#""references":{"reference":61.25,"shortestLegal":45}"#))
  }

  @Test func referenceLinesStandBesideTheNewestAcceptedRound() throws {
    let run = try StoredRun()
    let lines = try RunReader(run.directory.path).references()
    #expect(lines.map(\.summary.name) == ["reference", "shortestLegal"])
    #expect(lines.map(\.summary.round) == [0, 0])
    // 45 tokens a response in round 0.
    #expect(lines.map(\.summary.shorterPercent) == [26.5, 0])
    #expect(lines.map(\.summary.belowPercent) == [100, 0])
  }

  @Test func aRoundsLineHoldsItsReferenceLines() throws {
    let run = try StoredRun()
    let reader = try RunReader(run.directory.path)
    let lines = try reader.roundLines()
    #expect(lines.count == 2)
    #expect(
      lines[1].contains(
        #""references":{"reference":{"below_pct":100,"reference_tokens":61.3,"shorter_pct":34.7},"#
          + #""shortestLegal":{"below_pct":100,"reference_tokens":45,"shorter_pct":11.1}},"round":1,"#))
    let summary = try reader.rounds()[0].json
    #expect(lines[0].hasPrefix(String(summary.prefix(60))) && lines[0].contains("\"sound_pct\":100"))
  }

  @Test func anExportIsALineATrace() throws {
    let run = try StoredRun()
    let reader = try RunReader(run.directory.path)
    var lines: [String] = []
    try reader.export(round: 1) { lines.append($0) }
    let (prompt, plan, kept) = (StoredRun.prompt, StoredRun.plan, StoredRun.kept)
    #expect(
      lines == [
        #"{"answer":"\#(plan)","exercise":1,"legal":false,"plan":"\#(plan)","prompt":"\#(prompt)","#
          + #""round":1,"sound":true,"split":"train","tokens":40,"trace":"\#(kept)"}"#
      ])
    lines = []
    try reader.export(round: 0) { lines.append($0) }
    #expect(lines.map { $0.contains("\"split\":\"test\"") } == [false, true])
    #expect(lines.allSatisfy { $0.contains("\"tokens\":45") })
  }

  @Test func whatIsMissingIsNamed() throws {
    let run = try StoredRun()
    let reader = try RunReader(run.directory.path)
    let path = run.directory.path
    func complaint(_ body: () throws -> Void) -> String? {
      do {
        try body()
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(
      complaint { _ = try reader.exercise(7) } == "\(path) has no exercise 7; they are numbered from 1 to 2")
    #expect(complaint { try reader.export(round: 9) { _ in } } == "\(path) has no round 9; the last is 1")
    let request = SolvingRequest(prompt: "start 0 2 gaol 1 0", threads: 1)
    let error = #expect(throws: ReadingError.self) { try reader.solve(request) }
    #expect(
      error?.description == "the prompt cannot be read: token 3: \"gaol\" is not a word of this vocabulary; "
        + "the nearest is \"goal\"")
    #expect(error?.category == .usage)
    let missing = complaint { _ = try reader.solve(SolvingRequest(prompt: StoredRun.prompt, threads: 1)) }
    #expect(missing?.contains("r00-s000010.safetensors") == true)
  }

  @Test func theDigestIsThatOfTheContent() throws {
    let one = try StoredRun()
    let other = try StoredRun()
    let digest = try RunReader(one.directory.path).digest()
    #expect(digest.count == 64)
    #expect(try RunReader(other.directory.path).digest() == digest)
    let attempt = try other.store.beginAttempt(pid: 9, bootID: "b", host: "h", at: "2026-01-01T00:00:00Z")
    try other.store.endAttempt(attempt, at: "2026-01-01T00:00:01Z", exit: "stopped")
    #expect(try RunReader(other.directory.path).digest() == digest)
    try other.store.decide(RoundDecision(round: 1, .accepted, at: "2026-01-01T00:00:00Z"))
    #expect(try RunReader(other.directory.path).digest() != digest)
  }
}
