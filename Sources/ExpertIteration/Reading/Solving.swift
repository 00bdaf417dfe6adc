import Determinism
import Foundation
import Model
import Search
import Store

/// What the newest accepted model answers to a prompt.
public struct SolvedPrompt: Sendable {
  public struct Attempt: Sendable {
    public let trace: String
    public let plan: String
    public let isTerminated: Bool
    public let verdict: Verdict
  }

  public let terms: DomainTerms
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

  /// One line of JSON with sorted keys.
  public var json: String {
    func tree(_ attempt: Attempt) -> JSONTree {
      var members = attempt.verdict.members
      members["trace"] = .text(attempt.trace)
      members["plan"] = .text(attempt.plan)
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

extension RunReader {
  /// Answers a prompt `samples` times; a temperature of 0 is greedy. The draws follow from the run's seed,
  /// so the same call gives the same answers, whatever the order of the prompt's words. Throws `Stopped` if
  /// `shouldStop` says so, and `ReadingError.badPrompt` for words or a task that the run's domain does not have.
  public func solve(
    _ text: String, samples: Int, temperature: Double, threads: Int,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> SolvedPrompt {
    let configuration = try configuration()
    let domain = try configuration.domain.makeDomain()
    let prompt: [Token]
    let solution: Solution
    do {
      prompt = try domain.prompt(of: text)
      var random = CounterRandom(seed: configuration.seed, stream: .search, 0)
      solution = try domain.solve(prompt, using: &random)
    } catch {
      throw ReadingError.badPrompt("\(error)")
    }
    let record = try newestModel()
    let checkpoint = try CheckpointFiles(directory: directory).checkpoint(
      record, vocabulary: domain.vocabulary)
    let answering = Answering(
      domain: domain,
      sampler: Sampler(
        model: try checkpoint.model(), settings: configuration.sampler.settings(temperature, threads)),
      threads: threads)
    let keys = (0..<UInt64(samples)).map {
      CounterRandom.key(seed: configuration.seed, stream: .sampling, UInt64.max, $0)
    }
    let answers = try answering.answers(
      to: [Question(prompt: prompt, keys: keys)], AnsweringWatch(shouldStop: shouldStop))
    return SolvedPrompt(
      terms: domain.terms, prompt: domain.vocabulary.text(of: prompt), drawing: domain.drawing(of: prompt),
      round: record.round,
      checkpoint: record.path, isSolvable: solution.answer != nil,
      attempts: answers.flatMap(\.responses).map { response in
        let parts = domain.split(response.tokens)
        return SolvedPrompt.Attempt(
          trace: domain.vocabulary.text(of: parts.trace), plan: domain.vocabulary.text(of: parts.answer),
          isTerminated: response.judgement.isTerminated, verdict: Verdict(response.judgement))
      })
  }

  func newestModel() throws -> CheckpointRecord {
    guard let record = try store.latestAcceptedCheckpoint() else {
      throw ReadingError.noModel(directory: path)
    }
    return record
  }
}
