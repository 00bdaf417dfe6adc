import Determinism
import Model
import Search
import Store

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
    public let plan: String
    public let verdict: Verdict
    /// nil: the domain has no board.
    public let replay: Replay?
    /// nil: the domain has no other names for the pieces of a trace than their words.
    public let entries: [TraceEntry]?

    /// The trace in the pieces that it is compared by: clauses, entries, or else words.
    public var pieces: [String] {
      replay?.clauses ?? entries?.map(\.text) ?? trace.split(separator: " ").map(String.init)
    }
  }

  /// Why it is shown: `the median saving`.
  public let reason: String
  public let exercise: Int64
  public let prompt: String
  public let optimalCost: Int
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

extension RunReader {
  /// Test tasks chosen by what became of them, at most one for each reason. Their responses are drawn again
  /// from the checkpoints with the evaluation's own keys, and must give the tallies that are stored. Throws
  /// `Stopped` if `shouldStop` says so, `ExamplesMissing`, and `StoreError` where the database cannot be read.
  public func examples(
    threads: Int, shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> [ExampleTask] {
    guard let last = try store.rounds().last(where: { $0.state == "accepted" })?.round, last > 0 else {
      throw ExamplesMissing.noRound
    }
    let configuration = try configuration()
    let domain = try configuration.domain.makeDomain()
    let before = try store.evaluations(round: 0)
    let now = try store.evaluations(round: last)
    let choices = choose(before, now, regressed: try store.regressedExerciseIDs())
    let exercises = try choices.compactMap { try store.exercise(id: $0.exercise) }
    let answers = try [(0, before), (last, now)].map { round, rows in
      let answering = Answering(
        domain: domain,
        sampler: Sampler(
          model: try model(ofRound: round, domain),
          settings: configuration.sampler.settings(configuration.evaluation.temperature, threads)),
        threads: threads)
      return try drawnAgain(
        exercises, rows, SampleKeys(seed: configuration.seed, round: round), answering,
        AnsweringWatch(shouldStop: shouldStop))
    }
    let tasks = try zip(choices, exercises).map { choice, exercise in
      let prompt = try domain.vocabulary.tokens(of: exercise.prompt)
      let reference = try domain.vocabulary.tokens(of: "\(exercise.trace) \(exercise.answer)")
      var responses = [
        response(
          reference, isTerminated: true, to: prompt, origin: domain.terms.reference, sample: nil, of: nil,
          domain)
      ]
      for (round, samples) in [(0, answers[0]), (last, answers[1])] {
        let all = samples[exercise.id] ?? []
        guard let index = choice.pick(all, isNewest: round == last) else { continue }
        responses.append(
          response(
            all[index].tokens, isTerminated: all[index].judgement.isTerminated, to: prompt,
            origin: "round \(round)", sample: index, of: all.count, domain))
      }
      return ExampleTask(
        reason: choice.reason, exercise: exercise.id, prompt: exercise.prompt,
        optimalCost: exercise.optimalCost, references: try references(of: exercise.id, configuration, domain),
        diagram: domain.diagram(of: prompt), responses: responses)
    }
    try requireVerdicts(of: domain)
    return tasks
  }

  private func requireVerdicts(of domain: any Domain) throws {
    if let failure = domain.verifier?.failure { throw ExamplesMissing.noVerdict(detail: "\(failure)") }
  }

  private func response(
    _ tokens: [Token], isTerminated: Bool, to prompt: [Token], origin: String, sample: Int?, of samples: Int?,
    _ domain: any Domain
  ) -> ExampleTask.Response {
    let parts = domain.split(tokens)
    return ExampleTask.Response(
      origin: origin, sample: sample, samples: samples, trace: domain.vocabulary.text(of: parts.trace),
      plan: domain.vocabulary.text(of: parts.answer),
      verdict: Verdict(domain.judge(tokens, isTerminated: isTerminated, to: prompt)),
      replay: domain.replay(of: tokens, isTerminated: isTerminated, to: prompt),
      entries: domain.entries(of: tokens, to: prompt))
  }

  /// The evaluation's samples of `exercises`, drawn again; they must give the tallies of `rows`.
  private func drawnAgain(
    _ exercises: [ExerciseRecord], _ rows: [EvaluationRecord], _ keys: SampleKeys, _ answering: Answering,
    _ watch: AnsweringWatch
  ) throws -> [Int64: [JudgedResponse]] {
    let stored = Dictionary(rows.map { ($0.exerciseID, $0.tally) }) { first, _ in first }
    let questions = try exercises.map {
      Question(
        prompt: try answering.domain.vocabulary.tokens(of: $0.prompt),
        keys: keys.keys(of: $0, samples: stored[$0.id]?.samples ?? 0))
    }
    let answers: [Answers]
    do {
      answers = try answering.answers(to: questions, watch)
    } catch let failure as VerifierFailure {
      throw ExamplesMissing.noVerdict(detail: "\(failure)")
    }
    return try Dictionary(
      uniqueKeysWithValues: zip(exercises, answers).map { exercise, answers in
        guard answers.tally == stored[exercise.id] else {
          throw ExamplesMissing.otherResponses(round: keys.round, exercise: exercise.id)
        }
        return (exercise.id, answers.responses)
      })
  }

  private func model(ofRound round: Int, _ domain: any Domain) throws -> Transformer {
    guard let id = try store.round(round)?.checkpoint, let record = try store.checkpoint(id: id) else {
      throw ExamplesMissing.noCheckpoint(detail: "round \(round) has none.")
    }
    do {
      return try CheckpointFiles(directory: directory).checkpoint(record, vocabulary: domain.vocabulary)
        .model()
    } catch {
      throw ExamplesMissing.noCheckpoint(detail: "\(record.path) is missing or damaged.")
    }
  }
}
