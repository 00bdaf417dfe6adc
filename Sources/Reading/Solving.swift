import Determinism
import ExpertIteration
import JSON
import Learning
import Search
import Store
import Text
import Words

/// What the newest accepted model answers to a prompt.
public struct SolvedPrompt: Sendable {
  public struct Attempt: Sendable {
    public let trace: String
    public let answer: String
    public let isTerminated: Bool
    public let verdict: ShownVerdict
  }

  public let terms: DomainTerms
  /// What trace lengths count.
  public let unit: LengthUnit
  /// As the model read it: its words in the order of the exercises.
  public let prompt: String
  public let drawing: String
  /// The accepted round whose weights answered, and their file.
  public let round: Int
  public let checkpoint: String
  /// False: the task has no solution, so no answer can be right.
  public let isSolvable: Bool
  public let attempts: [Attempt]

  /// The shortest of the optimal ones, or else of the correct ones; nil: nothing correct was found.
  public var best: Attempt? {
    func shortest(_ attempts: [Attempt]) -> Attempt? {
      attempts.min { $0.verdict.traceLength < $1.verdict.traceLength }
    }
    return shortest(attempts.filter(\.verdict.isOptimal)) ?? shortest(attempts.filter(\.verdict.isCorrect))
  }

  /// One line of JSON with sorted keys. `plan` repeats `answer`, under its name in earlier versions.
  public var json: String {
    func tree(_ attempt: Attempt) -> JSONTree {
      var members = attempt.verdict.members
      members["trace"] = .text(attempt.trace)
      members["answer"] = .text(attempt.answer)
      members["plan"] = .text(attempt.answer)
      members["terminated"] = .flag(attempt.isTerminated)
      return .object(members)
    }
    return JSONTree.object([
      "prompt": .text(prompt), "round": .number(round), "checkpoint": .text(checkpoint),
      "solvable": .flag(isSolvable), "attempts": .array(attempts.map(tree)),
      "best": best.map(tree) ?? .null,
    ]).line()
  }
}

/// What `shorten solve` is asked for.
public struct SolvingRequest: Sendable {
  public var prompt: String
  public var samples: Int
  /// 0 is greedy.
  public var temperature: Double
  public var threads: Int

  public init(prompt: String, samples: Int = 1, temperature: Double = 0, threads: Int) {
    self.prompt = prompt
    self.samples = samples
    self.temperature = temperature
    self.threads = threads
  }
}

extension RunReader {
  /// Answers a prompt. The draws follow from the run's seed, so the same call gives the same answers,
  /// whatever the order of the prompt's words. Throws `Stopped` if `shouldStop` says so, and
  /// `ReadingError.badPrompt` for words or a task that the run's domain does not have.
  public func solve(
    _ request: SolvingRequest, shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> SolvedPrompt {
    let experiment = try experiment()
    let (configuration, domain) = (experiment.configuration, experiment.domain)
    let (prompt, isSolvable) = try read(request.prompt, experiment)
    let record = try finalCheckpoint()
    let answering = Answering(
      domain: domain, learner: experiment.learner,
      writer: try experiment.learner.writer(of: artifact(of: record)),
      settings: WritingSettings(
        temperature: request.temperature, maximumLength: configuration.sampler.maximumLength),
      threads: request.threads)
    let keys = (0..<UInt64(request.samples)).map {
      CounterRandom.key(seed: configuration.seed, stream: .sampling, UInt64.max, $0)
    }
    let answers = try answering.answers(
      to: [Question(prompt: prompt, keys: keys)], AnsweringWatch(shouldStop: shouldStop))
    return SolvedPrompt(
      terms: domain.terms, unit: experiment.learner.identity.unit, prompt: domain.text(of: prompt),
      drawing: domain.pictures?.drawing(of: prompt) ?? domain.text(of: prompt), round: record.round,
      checkpoint: record.path, isSolvable: isSolvable,
      attempts: answers.flatMap(\.responses).map { response in
        let parts = domain.parts(of: response.writing)
        return SolvedPrompt.Attempt(
          trace: domain.text(of: parts.trace), answer: domain.text(of: parts.answer),
          isTerminated: response.judgement.isTerminated, verdict: ShownVerdict(response))
      })
  }

  /// The prompt as the domain writes it, and whether its reference finds an answer.
  private func read(
    _ text: String, _ experiment: Experiment
  ) throws -> (prompt: Writing, isSolvable: Bool) {
    do {
      let prompt = try experiment.domain.prompt(of: text)
      guard let reference = experiment.domain.reference else { return (prompt, true) }
      var random = CounterRandom(seed: experiment.configuration.seed, stream: .search, 0)
      return (prompt, try reference.solve(prompt, using: &random).answer != nil)
    } catch {
      throw ReadingError.badPrompt("\(error)")
    }
  }
}
