import Search
import Store

extension Run {
  /// Samples the test exercises with the round's weights, then accepts or rejects the round.
  func evaluate(round: Int) throws {
    let settings = configuration.evaluation
    let exercises = try store.exercises(split: Split.test.rawValue, rounds: 0...0)
    try respond(
      to: exercises, round: round, phase: .evaluate, with: try finalModel(of: record(of: round)),
      samples: settings.samples, temperature: settings.temperature,
      done: try store.evaluatedExerciseIDs(round: round, set: "test")
    ) { exercise, judged in
      EvaluationRecord(
        round: round, exerciseID: exercise.id, tally: Tally(of: judged), measures: Measures(of: judged))
    } commit: { rows, faults in
      try self.store.commitEvaluation(round: round, set: "test", rows: rows, faults: faults)
      return [
        ("optimal", rows.reduce(0) { $0 + $1.tally.optimal }),
        ("of", rows.reduce(0) { $0 + $1.tally.samples }),
      ]
    }
    try decide(round: round)
  }

  /// The gate: a round whose pass@1 falls more than `maximumDrop` points below the last accepted round's, or
  /// below round 0's, is rejected; the next round starts from the last accepted weights.
  private func decide(round: Int) throws {
    let baseline = try store.evaluations(round: 0, set: "test")
    func summary(_ number: Int) throws -> EvaluationSummary {
      EvaluationSummary(
        of: try store.evaluations(round: number, set: "test"), baseline: baseline, seed: configuration.seed,
        round: number)
    }
    let result = try summary(round)
    var reason: String?
    if round > 0, let accepted = try progress().lastAccepted?.round {
      let drop = configuration.rounds.gate.maximumDrop
      for reference in Set([0, accepted]).sorted() {
        let before = try summary(reference).optimalPercent
        if result.optimalPercent < before - drop {
          reason =
            "optimal_pct \(result.optimalPercent.formatted(decimals: 1)) is more than \(drop) points below "
            + "round \(reference)'s \(before.formatted(decimals: 1))"
        }
      }
    }
    try store.decide(
      round: round, state: reason == nil ? "accepted" : "rejected", reason: reason,
      metrics: result.metrics(round: round), at: surroundings.wallTime())
    if let reason {
      surroundings.observe(.notice("round \(round) is rejected: \(reason); the weights roll back"))
    }
  }
}
