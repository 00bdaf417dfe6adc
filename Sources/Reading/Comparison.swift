import Configuration
import Determinism
import ExpertIteration
import JSON
import Search
import Store
import Words

/// A figure with its 95 % bootstrap interval over tasks.
public struct Estimate: Sendable, Equatable {
  public let value: Double
  /// nil where no resampling gave a number.
  public let interval: Interval?

  public init(value: Double, interval: Interval?) {
    self.value = value
    self.interval = interval
  }
}

/// Runs side by side, task by task: what is said of two of them is said of the test tasks both have.
///
///     let comparison = try Comparison(of: ["runs/maze", "runs/continued"])
///     comparison.runs[1].shorter?.value       // percent, against the first run
public struct Comparison: Sendable {
  public struct ComparedRun: Sendable, Equatable {
    public let directory: String
    public let method: TraceMethod
    public let curation: TraceDemand
    public let seed: UInt64
    /// The round compared, and the tasks it has in common with the first run.
    public let round: Int
    public let tasks: Int
    /// Percent of samples on these tasks that are correct and optimal.
    public let optimalPercent: Double
    /// Points of `optimalPercent` above the first run's.
    public let above: Estimate
    /// Tasks that both this run and the first solved optimally, and this run's mean trace length on them.
    public let pairs: Int
    public let tokens: Double?
    /// Percent by which its traces are shorter than the first run's on these; nil without a trace.
    public let shorter: Estimate?
    /// Of the correct samples.
    public let soundPercent: Double?
    public let legalPercent: Double?
    /// Up to this round, all rounds together.
    public let trainTokens: Int
    public let sampledTokens: Int
    public let seconds: Int

    public init(
      directory: String, method: TraceMethod, curation: TraceDemand, seed: UInt64, round: Int, tasks: Int,
      optimalPercent: Double, above: Estimate, pairs: Int, tokens: Double?, shorter: Estimate?,
      soundPercent: Double?, legalPercent: Double?, trainTokens: Int, sampledTokens: Int, seconds: Int
    ) {
      self.directory = directory
      self.method = method
      self.curation = curation
      self.seed = seed
      self.round = round
      self.tasks = tasks
      self.optimalPercent = optimalPercent
      self.above = above
      self.pairs = pairs
      self.tokens = tokens
      self.shorter = shorter
      self.soundPercent = soundPercent
      self.legalPercent = legalPercent
      self.trainTokens = trainTokens
      self.sampledTokens = sampledTokens
      self.seconds = seconds
    }
  }

  /// The words of the first run's domain.
  public let terms: DomainTerms
  public let runs: [ComparedRun]

  /// `round` nil: each run's newest accepted round. Throws `StoreError` and `ReadingError`, as where two runs
  /// have no test task in common.
  public init(of readers: [RunReader], round: Int? = nil) throws {
    let readings = try readers.map { try ComparedReading($0, round: round) }
    guard let first = readings.first else {
      (terms, runs) = (DomainTerms(), [])
      return
    }
    terms = try first.reader.terms()
    runs = try readings.map { try $0.compared(with: first) }
  }
}

/// What is read of a run: its figures and the tally of each task, by prompt.
private struct ComparedReading {
  let reader: RunReader
  let configuration: RunConfiguration
  let round: Int
  let summaries: [RoundSummary]
  /// In order of the exercises.
  let tasks: [(prompt: String, tally: Tally)]

  init(_ reader: RunReader, round: Int?) throws {
    self.reader = reader
    configuration = try reader.configuration()
    let all = try reader.rounds()
    if let round { try reader.requireRound(round) }
    guard let chosen = round ?? all.last(where: { $0.state == .accepted })?.round else {
      throw ReadingError.noModel(directory: reader.path)
    }
    self.round = chosen
    summaries = all.filter { $0.round <= chosen }
    var prompts: [Int64: String] = [:]
    for exercise in try reader.store.exercises(split: SetName.test) { prompts[exercise.id] = exercise.prompt }
    tasks = try reader.store.evaluations(round: chosen).compactMap { row in
      prompts[row.exerciseID].map { ($0, row.tally) }
    }
  }

  func compared(with first: ComparedReading) throws -> Comparison.ComparedRun {
    // By bytes: texts that look alike can be different prompts.
    var known: [Writing: Tally] = [:]
    for task in tasks { known[.text(task.prompt)] = task.tally }
    let common = first.tasks.compactMap { task in
      known[.text(task.prompt)].map { (before: task.tally, now: $0) }
    }
    guard !common.isEmpty else {
      throw ReadingError.noCommonTasks(first.reader.path, reader.path)
    }
    let pairs = common.compactMap { task -> LengthPair? in
      guard let before = task.before.meanOptimalLength, let now = task.now.meanOptimalLength else {
        return nil
      }
      return LengthPair(before: before, now: now)
    }
    let correct = common.reduce(0) { $0 + $1.now.correct }
    func percent(_ count: (Tally) -> Int) -> Double? {
      correct > 0 ? 100 * Double(common.reduce(0) { $0 + count($1.now) }) / Double(correct) : nil
    }
    return Comparison.ComparedRun(
      directory: reader.path, method: configuration.method, curation: configuration.rounds.curation,
      seed: configuration.seed, round: round, tasks: common.count,
      optimalPercent: 100 * common.reduce(0) { $0 + $1.now.optimalShare } / Double(common.count),
      above: Self.above(common), pairs: pairs.count,
      tokens: pairs.isEmpty ? nil : pairs.reduce(0) { $0 + $1.now } / Double(pairs.count),
      shorter: Self.shorter(pairs), soundPercent: percent(\.sound), legalPercent: percent(\.legal),
      trainTokens: summaries.reduce(0) { $0 + $1.trainTokens },
      sampledTokens: summaries.reduce(0) { $0 + $1.sampledTokens },
      seconds: summaries.reduce(0) { $0 + $1.seconds })
  }

  private static func above(_ tasks: [(before: Tally, now: Tally)]) -> Estimate {
    let differences = tasks.map { $0.now.optimalShare - $0.before.optimalShare }
    var random = CounterRandom(seed: 0, stream: .bootstrap, 0)
    return Estimate(
      value: 100 * differences.reduce(0, +) / Double(differences.count),
      interval: bootstrapInterval(tasks: differences.count, using: &random) { weights in
        var sum = 0.0
        for (difference, weight) in zip(differences, weights) { sum += difference * Double(weight) }
        return 100 * sum / Double(differences.count)
      })
  }

  private static func shorter(_ pairs: [LengthPair]) -> Estimate? {
    guard let relative = pairs.relativeLength else { return nil }
    var random = CounterRandom(seed: 0, stream: .bootstrap, 1)
    return Estimate(value: 100 * (1 - relative), interval: pairs.shorterInterval(using: &random))
  }
}

extension Tally {
  /// Of the samples, those that are optimal.
  fileprivate var optimalShare: Double { Double(optimal) / Double(max(1, samples)) }
}

extension Comparison.ComparedRun {
  /// One line of JSON with sorted keys.
  public var json: String {
    var members: [String: JSONTree] = [
      "run": .text(directory), "method": .text(method.rawValue), "curation": .text(curation.rawValue),
      "seed": .leaf(String(seed)), "round": .number(round), "tasks": .number(tasks), "pairs": .number(pairs),
      "optimal_pct": Self.number(optimalPercent), "tokens": Self.number(tokens),
      "sound_pct": Self.number(soundPercent), "legal_pct": Self.number(legalPercent),
      "train_tokens": .number(trainTokens), "sampled_tokens": .number(sampledTokens),
      "seconds": .number(seconds),
    ]
    for (name, estimate) in [("optimal_points_above_first", above), ("shorter_than_first_pct", shorter)] {
      members[name] = Self.number(estimate?.value)
      members[name + "_low"] = Self.number(estimate?.interval?.low)
      members[name + "_high"] = Self.number(estimate?.interval?.high)
    }
    return JSONTree.object(members).line()
  }

  private static func number(_ value: Double?) -> JSONTree { value.map { .number($0) } ?? .null }
}
