import Search
import Store

extension Run {
  /// Makes each replacement that sampling chose the new incumbent of its exercise. One transaction; a later
  /// row never has a longer trace than the one it replaces (the store refuses it).
  func curate(round: Int) throws {
    announce(.curate, round: round, total: 1, unit: "commits")
    guard let checkpoint = try record(of: round).parentCheckpoint else { throw RunError.missingRound(round) }
    let incumbents = try store.incumbentTraceIDs()
    let kept = try store.samplings(round: round).compactMap { row -> TraceRecord? in
      guard let attempt = row.bestAttempt, let trace = row.bestTrace, let answer = row.bestAnswer,
        let length = row.bestLength
      else { return nil }
      return TraceRecord(
        exerciseID: row.exerciseID, round: round, checkpointID: checkpoint, attempt: attempt,
        parentTraceID: incumbents[row.exerciseID], trace: trace, answer: answer, traceLength: length,
        sound: row.bestSound ?? false, legal: row.bestLegal ?? false)
    }
    guard let next = Phase.curate.next(inRound: round) else { preconditionFailure("a curated round trains") }
    try store.commitCuration(round: round, kept: kept, nextPhase: next)
    surroundings.observe(
      .phaseAdvanced(
        round: round, phase: .curate, done: 1, total: 1, tokens: 0, values: [("kept", String(kept.count))]))
  }
}
