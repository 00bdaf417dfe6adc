import Determinism
import Model
import Search
import Store

extension Run {
  /// Answers each of the round's exercises `rounds.samples` times and stores, per exercise, a tally and the
  /// best replacement for its incumbent. The parent's weights answer, or the reference, or nobody, as the method says.
  func sample(round: Int) throws {
    if configuration.method.seeksTraces {
      let exercises = try exercisesToSample(round: round)
      let incumbents = try store.incumbentLengths()
      let row = { (exercise: ExerciseRecord, judged: [JudgedSample]) in
        let length = incumbents[exercise.id] ?? exercise.traceLength
        return self.sampling(of: exercise, round: round, judged: judged, incumbentLength: length)
      }
      let commit = { (rows: [SamplingRecord], faults: [String: Int]) in
        try self.store.commitSampling(round: round, rows: rows, faults: faults)
        return [
          (name: "improved", value: rows.count { $0.bestAttempt != nil }), (name: "of", value: rows.count),
        ]
      }
      let done = try store.sampledExerciseIDs(round: round)
      if configuration.method.samplesModel {
        try respond(
          to: exercises, in: freshExercises(of: round), round: round, phase: .sample,
          with: try startingModel(of: try record(of: round)), samples: configuration.rounds.samples,
          temperature: configuration.rounds.temperature, done: done,
          row: row, commit: commit)
      } else {
        try searchAgain(exercises.filter { !done.contains($0.id) }, round: round, row: row, commit: commit)
      }
    }
    try store.setPhase(round: round, to: Phase.sample.next(inRound: round))
  }

  private func sampling(
    of exercise: ExerciseRecord, round: Int, judged: [JudgedSample], incumbentLength: Int
  ) -> SamplingRecord {
    // The paper's rule knows no incumbent.
    let limit = configuration.method == .replaceAlways ? .max : incumbentLength
    let best = replacement(
      for: limit, among: judged, demand: configuration.rounds.curation,
      reliability: configuration.rounds.reliability,
      reliabilitySamples: configuration.rounds.reliabilitySamples)
    return SamplingRecord(round: round, exercise: exercise, judged: judged, best: best, domain: domain)
  }

  /// In place of the model's samples: `rounds.samples` fresh runs of the reference on each exercise, each a function of
  /// (seed, round, exercise, attempt).
  private func searchAgain(
    _ exercises: [ExerciseRecord], round: Int, row: (ExerciseRecord, [JudgedSample]) -> SamplingRecord,
    commit: ([SamplingRecord], _ faults: [String: Int]) throws -> [(name: String, value: Int)]
  ) throws {
    announce(.sample, round: round, total: exercises.count, unit: "exercises")
    let (domain, samples) = (domain, configuration.rounds.samples)
    var tokens = 0
    for start in stride(from: 0, to: exercises.count, by: Self.searchedBlock) {
      try checkForStop()
      let block = Array(exercises[start...].prefix(Self.searchedBlock))
      let prompts = try block.map { try domain.vocabulary.tokens(of: $0.prompt) }
      let keys = block.map { exercise in (0..<samples).map { key(of: exercise, round: round, attempt: $0) } }
      let judged = parallelMap(Array(zip(prompts, keys)), threads: options.threads) { prompt, keys in
        keys.map { key -> JudgedSample in
          var random = CounterRandom(key: key)
          let solution = try? domain.solve(prompt, using: &random)
          let response = (solution?.trace ?? []) + (solution?.answer ?? [])
          return (response, domain.judge(response, isTerminated: true, to: prompt))
        }
      }
      tokens += judged.joined().reduce(0) { $0 + $1.response.count }
      let values = try commit(zip(block, judged).map(row), [:])
      surroundings.observe(
        .phaseAdvanced(
          round: round, phase: .sample, done: start + block.count, total: exercises.count, tokens: tokens,
          values: values.map { ($0.name, String($0.value)) }))
    }
  }

  private static var searchedBlock: Int { 512 }

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
