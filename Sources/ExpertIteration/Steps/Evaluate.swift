import Determinism
import Model
import Store

extension Run {
  /// Samples the exercises of each evaluation set with the round's weights, then accepts or rejects the round
  /// by the test exercises.
  func evaluate(round: Int) throws {
    let model = try finalModel(of: record(of: round))
    for set in evaluationSets { try evaluate(set, round: round, with: model) }
    try decide(round: round)
  }

  private func evaluate(_ set: ExerciseSet, round: Int, with model: Transformer) throws {
    let pass = AnsweringPass(
      phase: .evaluate, round: round, set: set,
      exercises: try store.exercises(split: set.exercises, rounds: 0...0),
      done: try store.evaluatedExerciseIDs(round: round, set: set.name),
      samples: configuration.evaluation.samples, temperature: configuration.evaluation.temperature,
      unit: evaluationSets.count > 1 ? "exercises of \(set.name)" : "exercises")
    try answer(pass, with: model) { chunk in
      let rows = chunk.map { exercise, answers in
        EvaluationRecord(
          round: round, setName: set.name, exerciseID: exercise.id, tally: answers.tally,
          measures: answers.measures)
      }
      try store.commitEvaluation(
        round: round, set: set.name, rows: rows, faults: chunk.map(\.answers).shortfalls)
      return [
        ("optimal", rows.reduce(0) { $0 + $1.tally.optimal }),
        ("of", rows.reduce(0) { $0 + $1.tally.samples }),
      ]
    }
  }

  /// The gate: a round whose pass@1 falls more than `maximumDrop` points below the last accepted round's, or
  /// below round 0's, is rejected; the next round starts from the last accepted weights.
  private func decide(round: Int) throws {
    func summary(_ number: Int, of set: String = EvaluationSet.testName) throws -> EvaluationSummary {
      EvaluationSummary(
        of: try store.evaluations(round: number, set: set),
        baseline: try store.evaluations(round: 0, set: set),
        seed: configuration.seed, round: number)
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
      metrics: try evaluationSets.flatMap { set in
        try summary(round, of: set.name).metrics(round: round, set: set.name)
      } + intervalsAgainstReferences(round: round), at: surroundings.wallTime())
    if round == 0, result.optimalPercent == 0 {
      surroundings.observe(
        .notice(
          "round 0 solves no test task, so rounds find little to keep: raise base.exercises or base.epochs"))
    }
    if let reason {
      surroundings.observe(.notice("round \(round) is rejected: \(reason); the weights roll back"))
    }
  }

  /// By how much the round is shorter than each reference line on the test exercises it solved optimally, as
  /// 95 % intervals over these.
  private func intervalsAgainstReferences(round: Int) throws -> [MetricRecord] {
    let rows = try store.evaluations(round: round, set: EvaluationSet.testName)
    let lines = try store.references(split: EvaluationSet.testName)
    return lines.keys.sorted().enumerated().flatMap { number, name -> [MetricRecord] in
      let pairs = rows.compactMap { row -> LengthPair? in
        guard let now = row.tally.meanOptimalLength, let line = lines[name]?[row.exerciseID] else {
          return nil
        }
        return LengthPair(before: line, now: now)
      }
      var random = CounterRandom(
        seed: configuration.seed, stream: .bootstrap, UInt64(round), 2, UInt64(number))
      guard let interval = shorterInterval(pairs, using: &random) else { return [] }
      return [("low", interval.low), ("high", interval.high)].map { end, value in
        MetricRecord(
          round: round, phase: Phase.evaluate.rawValue, step: 0, name: "shorter_pct_\(end)/\(name)",
          value: value)
      }
    }
  }
}
