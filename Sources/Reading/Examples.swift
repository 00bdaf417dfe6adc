import ExpertIteration
import Learning
import Search
import Store
import Words

public typealias Replay = Search.Replay
public typealias TraceEntry = Search.TraceEntry
public typealias Diagram = Search.Diagram

/// A test task with the reference's response and those of round 0 and of the newest accepted round.
public struct ExampleTask: Sendable, Equatable {
  public struct Response: Sendable, Equatable {
    /// The reference by its name, `round 0`, `round 10`.
    public let origin: String
    /// Which of the evaluation's samples it is, from 0, and how many there were; nil: the reference's.
    public let sample: Int?
    public let samples: Int?
    public let trace: String
    public let answer: String
    public let verdict: ShownVerdict
    /// nil: the domain has no board.
    public let replay: Replay?
    /// nil: the domain has no other names for the pieces of a trace than their words.
    public let entries: [TraceEntry]?

    /// The trace in the pieces that it is compared by: clauses, entries, or else words.
    public var pieces: [String] {
      replay?.clauses ?? entries?.map(\.text) ?? trace.split(whereSeparator: \.isWhitespace).map(String.init)
    }
  }

  /// Why it is shown: `the median saving`.
  public let reason: String
  public let exercise: Int64
  public let prompt: String
  /// nil: answers have no cost.
  public let optimalCost: Int?
  public let references: [ReferenceLength]
  /// The task drawn; nil: the domain has no such drawing.
  public let diagram: Diagram?
  public let responses: [Response]
}

/// Why a report has no examples.
public enum ExamplesMissing: Error, Sendable, Equatable, CustomStringConvertible {
  case noRound
  case whileRunning
  case noCheckpoint(detail: String)
  case noVerdict(detail: String)
  case otherResponses(round: Int, exercise: Int64)

  public var description: String {
    switch self {
    case .noRound: "Two accepted rounds are needed."
    case .whileRunning: "The run works; its weights are sampled once it stands still."
    case .noCheckpoint(let detail): "The weights cannot be read: \(detail)"
    case .noVerdict(let detail): "The verifier does not answer: \(detail)"
    case .otherResponses(let round, let exercise):
      "Sampling exercise \(exercise) again with the weights of round \(round) does not give the evaluation's "
        + "tally, so this program or processor computes other numbers than the run's."
    }
  }
}

/// A sample of an evaluated task, drawn again or read from the store.
struct ExampleSample: Sendable {
  let attempt: Int
  let writing: Writing
  let isTerminated: Bool
  let isCorrect: Bool
  let isOptimal: Bool
  let isSound: Bool
}

extension RunReader {
  /// Test tasks chosen by what became of them, at most one for each reason. If the learner promises to draw
  /// again, their responses are drawn from the checkpoints with the evaluation's own keys, and must give
  /// the tallies that are stored; otherwise they are those that the evaluation kept. Throws `Stopped` if
  /// `shouldStop` says so, `ExamplesMissing`, and `StoreError` if the database cannot be read.
  public func examples(
    threads: Int, shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> [ExampleTask] {
    guard let last = try store.rounds().last(where: { $0.state == .accepted })?.round, last > 0 else {
      throw ExamplesMissing.noRound
    }
    let before = try store.evaluations(round: 0)
    let now = try store.evaluations(round: last)
    let choices = ExampleChoice.choices(before, now, regressed: try store.regressedExerciseIDs())
    let exercises = try choices.compactMap { try store.exercise(id: $0.exercise) }
    do {
      let samples = try [(0, before), (last, now)].map { round, rows in
        try self.samples(of: exercises, round: round, rows, threads: threads, shouldStop)
      }
      return try zip(choices, exercises).map { choice, exercise in
        try task(choice, exercise, [(0, before, samples[0]), (last, now, samples[1])])
      }
    } catch let failure as JudgeFailure {
      throw ExamplesMissing.noVerdict(detail: "\(failure)")
    }
  }

  /// `rounds`: number, evaluation and samples of round 0 and of the newest one.
  private func task(
    _ choice: ExampleChoice, _ exercise: ExerciseRecord,
    _ rounds: [(Int, [EvaluationRecord], [Int64: [ExampleSample]])]
  ) throws -> ExampleTask {
    let domain = try experiment().domain
    let prompt = try domain.writing(of: exercise.prompt)
    var responses: [ExampleTask.Response] = []
    if exercise.trace != nil {
      responses.append(
        try response(
          ExampleSample(
            attempt: 0, writing: try domain.response(exercise.trace, exercise.answer), isTerminated: true,
            isCorrect: true, isOptimal: true, isSound: true), to: prompt, origin: domain.terms.reference))
    }
    for (round, rows, samples) in rounds {
      guard let sample = choice.pick(samples[exercise.id] ?? [], isNewest: round > 0) else { continue }
      let count = rows.first { $0.exerciseID == exercise.id }?.tally.samples
      responses.append(try response(sample, to: prompt, origin: "round \(round)", of: count))
    }
    return ExampleTask(
      reason: choice.reason, exercise: exercise.id, prompt: exercise.prompt,
      optimalCost: exercise.optimalCost, references: try references(of: exercise.id),
      diagram: domain.pictures?.diagram(of: prompt), responses: responses)
  }

  /// `samples` nil: the response is the reference's.
  private func response(
    _ sample: ExampleSample, to prompt: Writing, origin: String, of samples: Int? = nil
  ) throws -> ExampleTask.Response {
    let experiment = try experiment()
    let domain = experiment.domain
    let parts = domain.parts(of: sample.writing)
    let judgement = try domain.judge(sample.writing, isTerminated: sample.isTerminated, to: prompt)
    return ExampleTask.Response(
      origin: origin, sample: samples.map { _ in sample.attempt }, samples: samples,
      trace: domain.text(of: parts.trace), answer: domain.text(of: parts.answer),
      verdict: ShownVerdict(judgement, traceLength: try experiment.learner.measured([parts.trace])[0]),
      replay: domain.pictures?.replay(of: sample.writing, isTerminated: sample.isTerminated, to: prompt),
      entries: domain.pictures?.entries(of: sample.writing, to: prompt))
  }
}

// MARK: - Samples

extension RunReader {
  private func samples(
    of exercises: [ExerciseRecord], round: Int, _ rows: [EvaluationRecord], threads: Int,
    _ shouldStop: @escaping @Sendable () -> Bool
  ) throws -> [Int64: [ExampleSample]] {
    let experiment = try experiment()
    guard experiment.learner.identity.promise.drawsAgain else {
      return try Dictionary(
        uniqueKeysWithValues: exercises.map {
          ($0.id, try keptSamples(of: $0, round: round, experiment.domain))
        })
    }
    let answering = Answering(
      domain: experiment.domain, learner: experiment.learner,
      writer: try writer(ofRound: round, experiment.learner),
      settings: WritingSettings(
        temperature: experiment.configuration.evaluation.temperature,
        maximumLength: experiment.configuration.sampler.maximumLength),
      threads: threads)
    let keys = SampleKeys(seed: experiment.configuration.seed, round: round)
    return try drawnAgain(exercises, rows, keys, answering, AnsweringWatch(shouldStop: shouldStop))
  }

  private func keptSamples(
    of exercise: ExerciseRecord, round: Int, _ domain: any Domain
  ) throws -> [ExampleSample] {
    try store.responses(round: round, exerciseID: exercise.id).map { row in
      ExampleSample(
        attempt: row.attempt, writing: try domain.response(row.trace, row.answer),
        isTerminated: row.terminated, isCorrect: row.correct, isOptimal: row.optimal, isSound: row.sound)
    }
  }

  /// The evaluation's samples of `exercises`, drawn again; they must give the tallies of `rows`.
  private func drawnAgain(
    _ exercises: [ExerciseRecord], _ rows: [EvaluationRecord], _ keys: SampleKeys, _ answering: Answering,
    _ watch: AnsweringWatch
  ) throws -> [Int64: [ExampleSample]] {
    let stored = Dictionary(rows.map { ($0.exerciseID, $0.tally) }) { first, _ in first }
    let questions = try exercises.map {
      Question(
        prompt: try answering.domain.writing(of: $0.prompt),
        keys: keys.keys(of: $0, samples: stored[$0.id]?.samples ?? 0))
    }
    let answers = try answering.answers(to: questions, watch)
    return try Dictionary(
      uniqueKeysWithValues: zip(exercises, answers).map { exercise, answers in
        guard answers.tally == stored[exercise.id] else {
          throw ExamplesMissing.otherResponses(round: keys.round, exercise: exercise.id)
        }
        return (exercise.id, answers.responses.enumerated().map { ExampleSample($1, attempt: $0) })
      })
  }

  private func writer(ofRound round: Int, _ learner: any Learner) throws -> any Writer {
    guard let id = try store.round(round)?.checkpoint, let record = try store.checkpoint(id: id) else {
      throw ExamplesMissing.noCheckpoint(detail: "round \(round) has none.")
    }
    do {
      return try learner.writer(of: artifact(of: record))
    } catch {
      throw ExamplesMissing.noCheckpoint(detail: "\(record.path) is missing or damaged.")
    }
  }
}

extension ExampleSample {
  fileprivate init(_ response: JudgedResponse, attempt: Int) {
    self.init(
      attempt: attempt, writing: response.writing, isTerminated: response.judgement.isTerminated,
      isCorrect: response.judgement.answer.isCorrect, isOptimal: response.judgement.answer.isOptimal,
      isSound: response.judgement.trace.isSound)
  }
}
