import Configuration
import ExpertIteration
import JSON
import Search
import Store
import Text

/// How short reasoning gets at which depth: runs that differ in domain, layers, method, stride and seed, put
/// together by problem and depth.
///
///     let study = try DepthStudy(of: ["runs/sums-1", "runs/sums-2"])
///     study.cells[0].reached?.share.value       // percent of the full chain
public struct DepthStudy: Sendable, Equatable {
  /// The shortest traces of rounds that answer about as well as round 0.
  public struct Reached: Sendable, Equatable {
    /// Mean trace in percent of the reference's on the tasks solved optimally. The interval is that over
    /// tasks; of several seeds from the lowest end to the highest.
    public let share: Estimate
    /// Mean trace, in tokens.
    public let tokens: Double
    public let optimalPercent: Double
    /// Of the correct samples.
    public let soundPercent: Double?
    /// One for each seed.
    public let rounds: [Int]
  }

  /// Models of one depth on one problem, means over the seeds.
  public struct Cell: Sendable, Equatable {
    /// The domain's kind, with the settings in which its problems differ.
    public let problem: String
    /// Layers of the decoder.
    public let depth: Int
    public let seeds: [UInt64]
    /// pass@1 in percent of models that answer at once, that were also taught by hints, and of round 0.
    public let base: Double?
    public let hint: Double?
    public let chain: Double?
    /// Mean trace of round 0, in tokens: it skips as its references do.
    public let start: Double?
    public let reached: Reached?
    /// Every accepted round of expert iteration: what each further cut costs.
    public let course: [Step]
    /// pass@1 of models taught each so-manieth step only, by stride.
    public let strides: [Stride]
  }

  /// A round, mean over the seeds that have it.
  public struct Step: Sendable, Equatable {
    public let round: Int
    /// Mean trace in percent of the reference's on the tasks solved optimally.
    public let share: Double
    public let optimalPercent: Double
  }

  public struct Stride: Sendable, Equatable {
    public let stride: Int
    public let optimalPercent: Double
  }

  /// A reference line of a problem, mean over its test tasks and runs.
  public struct Line: Sendable, Equatable {
    public let problem: String
    public let line: ReferenceLine
    public let tokens: Double
  }

  /// By problem, then depth.
  public let cells: [Cell]
  /// By problem, the longest first.
  public let lines: [Line]

  /// A round counts as answering as well as round 0 when its pass@1 is at most so many points below.
  public static let tolerance = 0.5

  /// Throws `StoreError` and `ReadingError`; runs without an evaluated round are left out.
  public init(of readers: [RunReader]) throws {
    let readings = try readers.compactMap(DepthReading.init)
    let names = Self.problemNames(of: readings.map(\.settings))
    let problems = Dictionary(grouping: zip(names, readings)) { $0.0 }.mapValues { $0.map(\.1) }
    let order = problems.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    cells = order.flatMap { problem in
      Dictionary(grouping: problems[problem] ?? [], by: \.depth).sorted { $0.key < $1.key }
        .map { Cell(problem: problem, depth: $0.key, of: $0.value) }
    }
    lines = order.flatMap { problem in Self.lines(of: problems[problem] ?? [], problem) }
  }

  /// Each run's kind, with those of its settings that other runs of the kind have otherwise; one alone, the
  /// first by name, where it tells them all apart.
  private static func problemNames(of settings: [[String: String]]) -> [String] {
    settings.map { own in
      let kind = own["kind"] ?? ""
      let alike = settings.filter { $0["kind"] == kind }
      let differing = own.keys.filter { key in alike.contains { $0[key] != own[key] } }.sorted()
      let one = differing.first { key in Set(alike.map { $0[key] }).count == Set(alike).count }
      let telling = one.map { [$0] } ?? differing
      return ([kind] + telling.map { "\($0) \(own[$0] ?? "")" }).joined(separator: " ")
    }
  }

  private static func lines(of readings: [DepthReading], _ problem: String) -> [Line] {
    let all = readings.filter { $0.stride == 1 }.flatMap(\.references)
    return Dictionary(grouping: all, by: \.line.name).values.compactMap { same in
      same.first.map {
        Line(problem: problem, line: $0.line, tokens: (same.map(\.summary.tokens)).mean ?? 0)
      }
    }.sorted { ($1.tokens, $0.line.name) < ($0.tokens, $1.line.name) }
  }
}

extension DepthStudy.Cell {
  fileprivate init(problem: String, depth: Int, of readings: [DepthReading]) {
    self.problem = problem
    self.depth = depth
    func first(_ method: TraceMethod) -> [DepthReading] {
      readings.filter { $0.method == method && $0.stride == 1 }
    }
    let shortened = first(.expertIteration)
    seeds = Set(readings.map(\.seed)).sorted()
    base = first(.solutionOnly).map(\.optimalPercent).mean
    hint = first(.hint).map(\.optimalPercent).mean
    chain = (shortened + first(.continued)).map(\.optimalPercent).mean
    start = shortened.compactMap { $0.rounds.first { $0.round == 0 }?.tokens }.mean
    reached = DepthStudy.Reached(of: shortened.compactMap(\.shortest))
    course = Dictionary(grouping: shortened.flatMap(\.rounds), by: \.round).map { round, seeds in
      DepthStudy.Step(
        round: round, share: (seeds.map(\.share)).mean ?? 0,
        optimalPercent: (seeds.map(\.optimalPercent)).mean ?? 0)
    }.sorted { $0.round < $1.round }
    strides = Dictionary(grouping: readings.filter { $0.stride > 1 }, by: \.stride)
      .map { DepthStudy.Stride(stride: $0.key, optimalPercent: ($0.value.map(\.optimalPercent)).mean ?? 0) }
      .sorted { $0.stride < $1.stride }
  }
}

extension DepthStudy.Reached {
  /// nil without a seed that solved anything.
  fileprivate init?(of seeds: [DepthReading.Round]) {
    guard let share = seeds.map(\.share).mean, let tokens = seeds.map(\.tokens).mean,
      let optimal = seeds.map(\.optimalPercent).mean
    else { return nil }
    let lows = seeds.compactMap(\.interval?.low)
    let highs = seeds.compactMap(\.interval?.high)
    var interval: Interval?
    if let low = lows.min(), let high = highs.max() { interval = Interval(low: low, high: high) }
    self.share = Estimate(value: share, interval: interval)
    self.tokens = tokens
    optimalPercent = optimal
    soundPercent = seeds.compactMap(\.soundPercent).mean
    rounds = seeds.map(\.round)
  }
}

/// What is read of a run.
private struct DepthReading {
  struct Round {
    let round: Int
    let share: Double
    let interval: Interval?
    let tokens: Double
    let optimalPercent: Double
    let soundPercent: Double?
  }

  /// The domain's, texts bare and others as JSON, but for what its reference leaves out.
  let settings: [String: String]
  let depth: Int
  let method: TraceMethod
  /// Between the steps that the reference writes; 1: all of them.
  let stride: Int
  let seed: UInt64
  /// Of round 0.
  let optimalPercent: Double
  /// Those that solved a task.
  let rounds: [Round]
  let references: [ReferenceComparison]

  /// nil: no round is evaluated.
  init?(_ reader: RunReader) throws {
    let configuration = try reader.configuration()
    let rounds = try reader.rounds().filter { $0.state == .accepted && $0.optimalPercent != nil }
    guard let first = rounds.first?.optimalPercent else { return nil }
    var settings = configuration.domain.values
    stride = settings.removeValue(forKey: "stride").flatMap { Int($0) } ?? 1
    settings.removeValue(forKey: "skipPercent")
    settings["kind"] = configuration.domain.kind.name
    self.settings = settings
    depth = configuration.model.decoderLayers
    method = configuration.method
    seed = configuration.seed
    optimalPercent = first
    references = try reader.references()
    let lengths = try reader.store.roundsAgainstReferences().filter { $0.name == ReferenceLine.reference }
    self.rounds = rounds.compactMap { round in
      guard let length = lengths.first(where: { $0.round == round.round }),
        let shorter = length.shorterPercent, let optimal = round.optimalPercent
      else { return nil }
      var interval: Interval?
      if let low = length.shorterPercentLow, let high = length.shorterPercentHigh {
        interval = Interval(low: 100 - high, high: 100 - low)
      }
      return Round(
        round: round.round, share: 100 - shorter, interval: interval,
        tokens: length.traceTokens, optimalPercent: optimal, soundPercent: round.soundPercent)
    }
  }

  var shortest: Round? {
    rounds.filter { $0.optimalPercent >= optimalPercent - DepthStudy.tolerance }
      .min { ($0.share, $0.round) < ($1.share, $1.round) }
  }
}

extension DepthStudy.Cell {
  /// pass@1 by stride, `2: 100.0, 4: 98.5`; nil: none was taught.
  public var taught: String? {
    let texts = strides.map { "\($0.stride): \($0.optimalPercent.fixed(decimals: 1))" }
    return texts.isEmpty ? nil : texts.joined(separator: ", ")
  }

  /// One line of JSON with sorted keys.
  public var json: String {
    func number(_ value: Double?) -> JSONTree {
      value.map { .number(($0 * 1000).rounded() / 1000) } ?? .null
    }
    return JSONTree.object([
      "problem": .text(problem), "depth": .number(depth), "seeds": .array(seeds.map { .leaf(String($0)) }),
      "base_optimal_pct": number(base), "hint_optimal_pct": number(hint), "chain_optimal_pct": number(chain),
      "start_tokens": number(start),
      "share_pct": number(reached?.share.value), "share_pct_low": number(reached?.share.interval?.low),
      "share_pct_high": number(reached?.share.interval?.high), "tokens": number(reached?.tokens),
      "optimal_pct": number(reached?.optimalPercent), "sound_pct": number(reached?.soundPercent),
      "rounds": .array((reached?.rounds ?? []).map(JSONTree.number)),
      "course": .array(
        course.map {
          .object([
            "round": .number($0.round), "share_pct": number($0.share),
            "optimal_pct": number($0.optimalPercent),
          ])
        }),
      "strides": .array(
        strides.map { .object(["stride": .number($0.stride), "optimal_pct": number($0.optimalPercent)]) }),
    ]).line()
  }
}
