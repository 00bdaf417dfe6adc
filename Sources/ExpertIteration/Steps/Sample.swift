import Determinism
import Model
import Search
import Store

extension Run {
  /// Answers each of the round's exercises `rounds.samples` times and stores, per exercise, a tally and the
  /// best replacement for its incumbent. The parent's weights answer, or the reference, or nobody, as the method says.
  func sample(round: Int) throws {
    if configuration.method.seeksTraces {
      let choice = try Choice(of: round, in: self)
      let pass = AnsweringPass(
        phase: .sample, round: round, set: freshExercises(of: round),
        exercises: try exercisesToSample(round: round), done: try store.sampledExerciseIDs(round: round),
        samples: configuration.rounds.samples, temperature: configuration.rounds.temperature)
      if configuration.method.samplesModel {
        let model = try startingModel(of: try record(of: round))
        try answer(pass, with: model) {
          try commit($0, choice, faults: $0.map(\.answers).shortfalls)
        }
      } else {
        try searchAgain(pass, choice)
      }
    }
    try store.setPhase(round: round, to: Phase.sample.next(inRound: round))
  }

  /// Chooses the replacement for each exercise, while all its responses are at hand, and stores it.
  private func commit(
    _ chunk: [(exercise: ExerciseRecord, answers: Answers)], _ choice: Choice, faults: [String: Int]
  ) throws -> [(name: String, value: Int)] {
    let rows = chunk.map { choice.record(of: $0, $1) }
    try store.commitSampling(round: choice.round, rows: rows, faults: faults)
    return [("improved", rows.count { $0.bestAttempt != nil }), ("of", rows.count)]
  }

  /// Instead of the model's samples: `rounds.samples` fresh runs of the reference on each exercise, each a
  /// function of (seed, round, exercise, attempt).
  private func searchAgain(_ pass: AnsweringPass, _ choice: Choice) throws {
    announce(.sample, round: pass.round, total: pass.exercises.count, unit: pass.unit)
    let domain = domain
    let keys = SampleKeys(seed: configuration.seed, round: pass.round)
    let exercises = pass.exercises.filter { !pass.done.contains($0.id) }
    let progress = PassProgress(of: pass, done: 0, observe: surroundings.observe)
    for start in stride(from: 0, to: exercises.count, by: Self.searchedBlock) {
      try checkForStop()
      let block = Array(exercises[start...].prefix(Self.searchedBlock))
      let questions = try block.map {
        try pass.set.question($0, keys: keys.keys(of: $0, samples: pass.samples))
      }
      let answers = parallelMap(questions, threads: options.threads) { question in
        Answers(
          question.keys.map { key in
            var random = CounterRandom(key: key)
            let solution = try? domain.solve(question.prompt, using: &random)
            let response = (solution?.trace ?? []) + (solution?.answer ?? [])
            let judgement = domain.judge(response, isTerminated: true, to: question.prompt)
            return JudgedResponse(tokens: response, judgement: judgement)
          })
      }
      let tokens = answers.reduce(0) { $0 + $1.responses.reduce(0) { $0 + $1.tokens.count } }
      progress.advance(tokens: tokens, exercises: 0)
      progress.finish(block.count, showing: try commit(Array(zip(block, answers)), choice, faults: [:]))
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

/// How a round's replacements are chosen: what each must beat, and by which rules.
private struct Choice {
  let round: Int
  private let settings: RoundSettings
  private let method: Method
  private let domain: any Domain
  /// The newest kept trace's length by exercise.
  private let incumbents: [Int64: Int]

  init(of round: Int, in run: Run) throws {
    self.round = round
    settings = run.configuration.rounds
    method = run.configuration.method
    domain = run.domain
    incumbents = try run.store.incumbentLengths()
  }

  func record(of exercise: ExerciseRecord, _ answers: Answers) -> SamplingRecord {
    // The paper's rule knows no incumbent.
    let limit = method == .replaceAlways ? .max : incumbents[exercise.id] ?? exercise.traceLength
    let best = replacement(
      for: limit, among: answers.responses, demand: settings.curation, reliability: settings.reliability,
      reliabilitySamples: settings.reliabilitySamples)
    let parts = best.map { domain.split($0.response) }
    return SamplingRecord(
      round: round, exerciseID: exercise.id, tally: answers.tally, bestAttempt: best?.attempt,
      bestTrace: parts.map { domain.vocabulary.text(of: $0.trace) },
      bestAnswer: parts.map { domain.vocabulary.text(of: $0.answer) },
      bestLength: best?.judgement.traceLength, bestSound: best?.judgement.trace.isSound,
      bestLegal: best?.judgement.trace.isLegal)
  }
}
