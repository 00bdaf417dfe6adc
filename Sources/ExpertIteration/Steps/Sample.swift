import Determinism
import Model
import Search
import Store

extension Run {
  /// Answers each of the round's exercises `rounds.samples` times with the parent's weights and stores, per
  /// exercise, a tally and the best replacement for its incumbent.
  func sample(round: Int) throws {
    let settings = configuration.rounds
    let exercises = try exercisesToSample(round: round)
    let parent = try startingModel(of: try record(of: round))
    let incumbents = try store.incumbentLengths()
    try respond(
      to: exercises, round: round, phase: .sample, with: parent, samples: settings.samples,
      temperature: settings.temperature, done: try store.sampledExerciseIDs(round: round)
    ) { exercise, judged in
      let length = incumbents[exercise.id] ?? exercise.traceLength
      let best = replacement(for: length, among: judged, demand: settings.curation)
      return SamplingRecord(round: round, exercise: exercise, judged: judged, best: best, domain: self.domain)
    } commit: { rows, faults in
      try self.store.commitSampling(round: round, rows: rows, faults: faults)
      return [("improved", rows.count { $0.bestAttempt != nil }), ("of", rows.count)]
    }
    try store.setPhase(round: round, to: Phase.sample.next(inRound: round))
  }

  /// This round's fresh exercises, then `rounds.revisitedExercises` of those sampled in earlier rounds, by a
  /// keyed draw: for them the incumbent is the best of all rounds so far.
  private func exercisesToSample(round: Int) throws -> [ExerciseRecord] {
    let fresh = try store.exercises(split: Split.train.rawValue, rounds: round...round)
    let revisited = configuration.rounds.revisitedExercises
    guard revisited > 0, round > 1 else { return fresh }
    var earlier = try store.exercises(split: Split.train.rawValue, rounds: 1...(round - 1))
    var random = CounterRandom(seed: configuration.seed, stream: .mixture, UInt64(round), 0)
    random.shuffle(&earlier)
    return fresh + earlier.prefix(revisited)
  }
}

extension SamplingRecord {
  fileprivate init(
    round: Int, exercise: ExerciseRecord, judged: [JudgedSample], best: Candidate?, domain: any Domain
  ) {
    let parts = best.map { domain.split($0.response) }
    self.init(
      round: round, exerciseID: exercise.id, tally: Tally(of: judged), bestAttempt: best?.attempt,
      bestTrace: parts.map { domain.vocabulary.text(of: $0.trace) },
      bestAnswer: parts.map { domain.vocabulary.text(of: $0.answer) },
      bestLength: best?.judgement.traceLength, bestSound: best?.judgement.trace.isSound,
      bestLegal: best?.judgement.trace.isLegal)
  }
}
