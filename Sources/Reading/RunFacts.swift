import Configuration
import ExpertIteration
import Learning
import Search
import Store
import Text
import Words

public typealias RoundAgainstReference = Store.RoundAgainstReference
public typealias FailureCount = Store.FailureCount
public typealias LengthBin = Store.LengthBin
public typealias Ancestor = Store.Ancestor
public typealias DifficultyBin = Store.DifficultyBin
public typealias DifficultyMeasure = Store.DifficultyMeasure

/// What a report tells of a run: its rows, as the views have them, and nothing of the machine it ran on.
public struct RunFacts: Sendable, Equatable {
  /// A round's part in what can be reproduced.
  public struct RoundOrigin: Sendable, Equatable {
    public let round: Int
    public let state: RoundState
    /// Why it was rejected.
    public let reason: String?
    public let trainSetSHA256: String?
    /// Relative to the run directory; nil while the round trains.
    public let checkpoint: String?
    public let checkpointSHA256: String?
  }

  public struct Difficulty: Sendable, Equatable {
    public let measure: DifficultyMeasure
    public let bins: [DifficultyBin]
    /// That gave the bins, for `sqlite3`.
    public let query: String
  }

  /// How often the traces kept in a round go so many steps at once.
  public struct StrideCount: Sendable, Equatable {
    public let round: Int
    public let stride: Int
    public let count: Int
  }

  public struct Generation: Sendable, Equatable {
    public let ancestor: Ancestor
    /// `round 3`, or the reference by its name.
    public let origin: String
    /// Of the reference's own what the judge says; nil where that would ask a verifier from outside.
    public let isSound: Bool?
    public let isLegal: Bool?
    /// The trace in the pieces that it is compared by: clauses, entries, or else words.
    public let clauses: [String]
  }

  public let name: String
  public let domain: String
  public let terms: DomainTerms
  public let codeVersion: String
  public let createdAt: String
  public let configuration: RunConfiguration
  public let configurationSHA256: String
  /// Who trained and answered, the SHA-256 of what its weights fit, what lengths count, and what the run
  /// promises.
  public let learner: String
  public let learnerSHA256: String
  public let unit: LengthUnit
  public let promise: Promise
  /// As `shorten digest` prints it; nil: not asked for.
  public let digest: String?
  public let state: RunStatus
  public let finishedReason: String?
  public let rounds: [RoundSummary]
  public let origins: [RoundOrigin]
  public let sets: [SetSummary]
  /// Of the test tasks, in round 0 and in the newest accepted round.
  public let budgets: [Budget]
  public let references: [ReferenceComparison]
  public let againstReferences: [RoundAgainstReference]
  public let failures: [FailureCount]
  public let histogram: [LengthBin]
  /// Of the traces that each round kept; empty where the domain has none.
  public let strides: [StrideCount]
  public let chanceLevel: ChanceLevel?
  /// Of the newest accepted round; empty before round 1.
  public let difficulties: [Difficulty]
  /// Test tasks that round 0 and the newest accepted round both solved optimally.
  public let pairs: Int
  /// Of the trace with the most ancestors, the newest first.
  public let lineage: [Generation]

  /// Round 0, once it is evaluated.
  public var first: RoundSummary? { rounds.first { $0.round == 0 && $0.optimalPercent != nil } }

  /// The newest accepted round.
  public var last: RoundSummary? { rounds.last { $0.state == .accepted && $0.optimalPercent != nil } }
}

extension RunReader {
  /// `withDigest`: hashes every row, about a second for each 100 MB. `now`: UTC, ISO 8601.
  public func facts(withDigest: Bool, now: String) throws -> RunFacts {
    let state = try state(now: now)
    let learner = try experiment().learner.identity
    let rounds = try rounds()
    let last = rounds.last { $0.state == .accepted }?.round
    return RunFacts(
      name: run.name, domain: run.domain, terms: try terms(), codeVersion: run.codeVersion,
      createdAt: run.createdAt,
      configuration: try configuration(), configurationSHA256: run.configurationSHA256,
      learner: learner.name, learnerSHA256: run.learnerSHA256, unit: learner.unit,
      promise: learner.promise, digest: withDigest ? try digest() : nil, state: state.state,
      finishedReason: state.finishedReason, rounds: rounds, origins: try origins(),
      sets: try sets(), budgets: try budgets(), references: try references(),
      againstReferences: try store.roundsAgainstReferences(), failures: try store.failuresByReason(),
      histogram: try store.lengthHistogram(), strides: try strides(),
      chanceLevel: try chanceLevel(),
      difficulties: try last.map { last in last > 0 ? try difficulties(round: last) : [] } ?? [],
      pairs: try last.map(pairs) ?? 0, lineage: try lineage())
  }

  private func pairs(round: Int) throws -> Int {
    let before = Set(try store.evaluations(round: 0).filter { $0.tally.optimal > 0 }.map(\.exerciseID))
    return try store.evaluations(round: round).count {
      $0.tally.optimal > 0 && before.contains($0.exerciseID)
    }
  }

  private func strides() throws -> [RunFacts.StrideCount] {
    let domain = try experiment().domain
    guard let chains = domain.chains else { return [] }
    return try store.rounds().map(\.round).flatMap { round -> [RunFacts.StrideCount] in
      let prompts = try store.promptsOfKeptTraces(rounds: round...round)
      var counts: [Int: Int] = [:]
      for trace in try store.keptTraces(round: round) {
        guard let prompt = prompts[trace.exerciseID] else { continue }
        let response = try domain.response(trace.trace, trace.answer)
        let strides = chains.strides(of: response, to: try domain.writing(of: prompt)) ?? []
        for stride in strides { counts[stride, default: 0] += 1 }
      }
      return counts.sorted { $0.key < $1.key }.map {
        RunFacts.StrideCount(round: round, stride: $0.key, count: $0.value)
      }
    }
  }

  private func lineage() throws -> [RunFacts.Generation] {
    let ancestors = try store.longestLineage()
    guard let first = ancestors.first, let exercise = try store.exercise(id: first.exerciseID) else {
      return []
    }
    let experiment = try experiment()
    let domain = experiment.domain
    let prompt = try domain.writing(of: exercise.prompt)
    return try ancestors.map { ancestor in
      let isReference = ancestor.attempt == nil
      let trace = try domain.writing(of: ancestor.trace)
      let pieces =
        domain.pictures?.replay(of: trace, isTerminated: true, to: prompt)?.clauses
        ?? domain.pictures?.entries(of: trace, to: prompt)?.map(\.text)
      let judged =
        isReference && !experiment.configuration.domain.hasVerifier
        ? try domain.judge(
          trace + domain.writing(of: exercise.answer), isTerminated: true, to: prompt
        ).trace : nil
      return RunFacts.Generation(
        ancestor: ancestor, origin: isReference ? domain.terms.reference : ancestor.origin,
        isSound: isReference ? judged?.isSound : ancestor.sound,
        isLegal: isReference ? judged?.isLegal : ancestor.legal,
        clauses: pieces ?? ancestor.trace.split(whereSeparator: \.isWhitespace).map(String.init))
    }
  }

  private func origins() throws -> [RunFacts.RoundOrigin] {
    try store.rounds().map { round in
      let checkpoint = try round.checkpoint.flatMap { try store.checkpoint(id: $0) }
      return RunFacts.RoundOrigin(
        round: round.round, state: round.state, reason: round.reason, trainSetSHA256: round.trainSetSHA256,
        checkpoint: checkpoint?.path, checkpointSHA256: checkpoint?.sha256)
    }
  }

  /// By each measure that says something of the tasks: those without costs have none above 0.
  private func difficulties(round: Int) throws -> [RunFacts.Difficulty] {
    try DifficultyMeasure.allCases.map { measure in
      RunFacts.Difficulty(
        measure: measure, bins: try store.difficulty(by: measure, round: round),
        query: measure.query(round: round))
    }.filter { $0.bins.contains { $0.to > 0 } }
  }
}
