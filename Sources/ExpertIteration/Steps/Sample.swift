import Configuration
import Determinism
import Learning
import Search
import Store
import Words

extension Run {
  /// Answers each of the round's exercises `rounds.samples` times and stores, per exercise, a tally and the
  /// best replacement for its incumbent. The choice is made here, while all responses are at hand: they are
  /// not stored. The parent's weights answer, or the reference, or nobody, as the method says.
  func sample(round: Int) throws {
    if configuration.method.seeksTraces {
      let choice = try Choice(of: round, in: self)
      let pass = AnsweringPass(
        phase: .sample, round: round, set: experiment.freshExercises(of: round),
        exercises: try exercisesToSample(round: round), done: try store.sampledExerciseIDs(round: round),
        samples: configuration.rounds.samples, temperature: configuration.rounds.temperature)
      if configuration.method.samplesModel {
        let shortcuts = Shortcuts(
          of: configuration, in: pass.set.domain, keys: SampleKeys(seed: configuration.seed, round: round))
        try answer(pass, with: try parentWriter(of: record(of: round)), shortcuts) {
          try commit($0, choice, faults: $0.map(\.answers).shortfalls)
        }
      } else {
        try searchAgain(pass, choice)
      }
    }
    try store.setPhase(round: round, to: Phase.sample.next(inRound: round))
  }

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
    guard let reference = domain.reference else { preconditionFailure("the configuration has a reference") }
    announce(.sample, round: pass.round, total: pass.exercises.count, unit: pass.unit)
    let keys = SampleKeys(seed: configuration.seed, round: pass.round)
    let exercises = pass.exercises.filter { !pass.done.contains($0.id) }
    let progress = PassProgress(
      of: pass, done: pass.exercises.count - exercises.count, observe: surroundings.observe)
    let judging = Judging(domain: domain, learner: learner, threads: options.threads)
    for start in stride(from: 0, to: exercises.count, by: Self.searchedBlock) {
      try checkForStop()
      let block = Array(exercises[start...].prefix(Self.searchedBlock))
      let questions = try block.map {
        try pass.set.question($0, keys: keys.keys(of: $0, samples: pass.samples))
      }
      let answers = try judging.answers(
        to: questions, try references(questions, reference, learner), watch(progress))
      progress.advance(length: answers.totalLength, exercises: 0)
      progress.finish(block.count, showing: try commit(Array(zip(block, answers)), choice, faults: [:]))
    }
  }

  /// The reference's response to each key of each question; an empty one where it finds none.
  private func references(
    _ questions: [Question], _ reference: any Reference, _ learner: any Learner
  ) throws -> [[Response]] {
    try parallelMap(questions, threads: options.threads) { question in
      let writings = question.keys.map { key in
        var random = CounterRandom(key: key)
        guard let solution = try? reference.solve(question.prompt, using: &random) else {
          return Writing.words([])
        }
        return solution.answer.map { solution.trace + $0 } ?? solution.trace
      }
      return zip(writings, try learner.measured(writings)).map {
        Response(writing: $0, isTerminated: true, length: $1 + 1)
      }
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

extension Sequence<Answers> {
  fileprivate var totalLength: Int {
    reduce(0) { $0 + $1.responses.reduce(0) { $0 + $1.length } }
  }
}

/// How a round's replacements are chosen: what each must beat, and by which rules.
private struct Choice {
  let round: Int
  /// Of an exercise's responses; those behind them are tries of shortcuts.
  private let samples: Int
  private let curation: Curation
  private let method: TraceMethod
  private let domain: any Domain
  /// By exercise: the newest kept trace's length, and of exercises without a reference trace what a sample
  /// had to beat when they were sampled first.
  private let kept: [Int64: Int]
  private let firstIncumbents: [Int64: Double]

  init(of round: Int, in run: Run) throws {
    self.round = round
    samples = run.configuration.rounds.samples
    curation = Curation(run.configuration.rounds)
    method = run.configuration.method
    domain = run.domain
    kept = try run.store.incumbentLengths()
    firstIncumbents = try run.store.firstIncumbentLengths()
  }

  func record(of exercise: ExerciseRecord, _ answers: Answers) -> SamplingRecord {
    let incumbent = incumbent(of: exercise, answers)
    // The paper's rule knows no incumbent.
    let limit = method == .replaceAlways ? .infinity : incumbent ?? -.infinity
    let best = curation.replacement(for: limit, among: answers.responses)
    let parts = best.map { domain.parts(of: $0.response.writing) }
    return SamplingRecord(
      round: round, exerciseID: exercise.id, tally: answers.tally, incumbentLength: incumbent,
      bestAttempt: best?.attempt, bestTrace: parts.map { domain.text(of: $0.trace) },
      bestAnswer: parts.map { domain.text(of: $0.answer) }, bestLength: best?.response.traceLength,
      bestSound: best?.response.judgement.trace.isSound, bestLegal: best?.response.judgement.trace.isLegal)
  }

  /// What a sample must beat; nil: there is nothing to beat, as no answer was right yet.
  private func incumbent(of exercise: ExerciseRecord, _ answers: Answers) -> Double? {
    if let length = kept[exercise.id] ?? exercise.traceLength { return Double(length) }
    return firstIncumbents[exercise.id] ?? Curation.firstIncumbent(of: answers.responses.prefix(samples))
  }
}
