import Configuration
import Determinism
import Learning
import Search
import Store
import Text

extension Run {
  /// Samples the exercises of each evaluation set with the round's weights, then accepts or rejects the round
  /// by the test exercises.
  func evaluate(round: Int) throws {
    let writer = try finalWriter(of: record(of: round))
    for set in experiment.evaluationSets { try evaluate(set, round: round, with: writer) }
    try decide(round: round)
  }

  private func evaluate(_ set: ExerciseSet, round: Int, with writer: any Writer) throws {
    let pass = AnsweringPass(
      phase: .evaluate, round: round, set: set,
      exercises: try store.exercises(split: set.storedSplit, rounds: 0...0),
      done: try store.evaluatedExerciseIDs(round: round, set: set.name),
      samples: configuration.evaluation.samples, temperature: configuration.evaluation.temperature,
      unit: experiment.evaluationSets.count > 1 ? "exercises of \(set.name)" : "exercises")
    let keepsResponses = !learner.identity.promise.drawsAgain
    try answer(pass, with: writer) { chunk in
      let rows = chunk.map { exercise, answers in
        EvaluationRecord(
          round: round, setName: set.name, exerciseID: exercise.id, tally: answers.tally,
          measures: answers.measures, votes: answers.votes)
      }
      try store.commitEvaluation(
        round: round, set: set.name, rows: rows, faults: chunk.map(\.answers).shortfalls,
        responses: keepsResponses
          ? chunk.flatMap { set.shown($1, of: $0, round: round) } : [])
      return [
        ("optimal", rows.reduce(0) { $0 + $1.tally.optimal }),
        ("of", rows.reduce(0) { $0 + $1.tally.samples }),
      ]
    }
  }

  /// The gate: a round whose pass@1 falls more than `maximumDrop` points below the last accepted round's, or
  /// below round 0's, is rejected; the next round starts from the last accepted weights.
  private func decide(round: Int) throws {
    let result = try summary(of: round)
    let reason = try rejection(of: round, result)
    let summaries = try experiment.evaluationSets.map { set in
      (set.name, set.name == EvaluationSet.testName ? result : try summary(of: round, set: set.name))
    }
    try store.decide(
      RoundDecision(
        round: round, reason.map { .rejected(reason: $0) } ?? .accepted, at: surroundings.wallTime(),
        measured: summaries.flatMap { $1.measured(round: round, set: $0) },
        intervals: summaries.flatMap { $1.intervals(round: round, set: $0) }
          + (try intervalsAgainstReferences(round: round))))
    if round == 0, result.optimalPercent == 0 {
      surroundings.observe(
        .notice(
          "round 0 solves no test task, so rounds find little to keep: raise base.exercises or base.epochs"))
    }
    if let reason {
      surroundings.observe(.notice("round \(round) is rejected: \(reason); the weights roll back"))
    }
  }

  private func summary(of round: Int, set: String = EvaluationSet.testName) throws -> EvaluationSummary {
    EvaluationSummary(
      of: try store.evaluations(round: round, set: set),
      baseline: try store.evaluations(round: 0, set: set), seed: configuration.seed, round: round)
  }

  /// nil: the round is accepted.
  private func rejection(of round: Int, _ result: EvaluationSummary) throws -> String? {
    guard round > 0, let accepted = try progress().lastAccepted?.round else { return nil }
    let drop = configuration.rounds.gate.maximumDrop
    var reason: String?
    for reference in Set([0, accepted]).sorted() {
      let before = try summary(of: reference).optimalPercent
      if result.optimalPercent < before - drop {
        reason =
          "optimal_pct \(result.optimalPercent.fixed(decimals: 1)) is more than \(drop) points below "
          + "round \(reference)'s \(before.fixed(decimals: 1))"
      }
    }
    return reason
  }

  /// By how much the round is shorter than each reference line on the test exercises it solved optimally, as
  /// 95 % intervals over these. The draws are keyed by the line's name.
  private func intervalsAgainstReferences(round: Int) throws -> [IntervalRecord] {
    let rows = try store.evaluations(round: round, set: EvaluationSet.testName)
    return try store.references(split: EvaluationSet.testName).sorted { $0.key < $1.key }
      .compactMap { name, lengths in
        let pairs = rows.compactMap { row -> LengthPair? in
          guard let now = row.tally.meanOptimalLength, let line = lengths[row.exerciseID] else { return nil }
          return LengthPair(before: line, now: now)
        }
        var random = CounterRandom(
          seed: configuration.seed, stream: .bootstrap, UInt64(round), 2, SampleKeys.key(ofName: name))
        return pairs.shorterInterval(using: &random).map {
          IntervalRecord(
            round: round, set: EvaluationSet.testName, line: name, figure: .shorterPercent, low: $0.low,
            high: $0.high)
        }
      }
  }
}

extension ExerciseSet {
  /// Responses to keep as text where they cannot be drawn again: the first optimal, the first wrong and the
  /// first that is right by an unsound trace.
  fileprivate func shown(_ answers: Answers, of exercise: ExerciseRecord, round: Int) -> [ResponseRecord] {
    let responses = answers.responses
    let first = [
      responses.firstIndex { $0.judgement.answer.isOptimal },
      responses.firstIndex { !$0.judgement.answer.isCorrect },
      responses.firstIndex { $0.judgement.answer.isCorrect && !$0.judgement.trace.isSound },
    ].compactMap(\.self)
    return Set(first).sorted().map { attempt in
      let response = responses[attempt]
      let parts = domain.parts(of: response.writing)
      return ResponseRecord(
        round: round, setName: name, exerciseID: exercise.id, attempt: attempt,
        trace: domain.text(of: parts.trace), answer: domain.text(of: parts.answer),
        length: response.traceLength, terminated: response.judgement.isTerminated,
        correct: response.judgement.answer.isCorrect, optimal: response.judgement.answer.isOptimal,
        sound: response.judgement.trace.isSound, legal: response.judgement.trace.isLegal)
    }
  }
}
