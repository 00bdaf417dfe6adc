/// What one comparison runs on, and how often.
struct Plan {
  let size: Size
  let length: Int
  let workload: Workload
  let runs: Int
  let showsReference: Bool
}

/// The command line.
struct Options {
  var isQuick = false
  var usesTorch = true
  var only: String?
  var sizes = Set(Size.allCases)
  var lengths = [200, 1000]
  var threads: Int?
  /// Rows that each sampling thread advances together; nil: the sampler's own choice.
  var rows: Int?
  /// Every sequence as long as the mean: what the peer does best, having nothing to pad.
  var isFixed = false
  /// Products in registers of eight floats, also where AVX-512 offers sixteen.
  var avoidsWideRegisters = false
  /// Keys and values in 16 bits.
  var usesHalfPrecision = false

  private static let parts = ["training", "sampling", "astar", "growth", "memory", "muon"]

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--quick": isQuick = true
      case "--no-torch": usesTorch = false
      case "--half": usesHalfPrecision = true
      case "--fixed": isFixed = true
      case "--avx2": avoidsWideRegisters = true
      case "--only":
        only = rest.popFirst()
        guard let only, Self.parts.contains(only) else {
          throw BenchError(text: "--only takes one of " + Self.parts.joined(separator: ", "))
        }
      case "--threads":
        threads = rest.popFirst().flatMap { Int($0) }
        guard let threads, threads >= 1 else { throw BenchError(text: "--threads takes a number from 1 on") }
      case "--rows":
        rows = rest.popFirst().flatMap { Int($0) }
        guard let rows, rows >= 1 else { throw BenchError(text: "--rows takes a number from 1 on") }
      case "--length":
        lengths = [200, 1000].filter { "\($0)" == rest.first }
        guard rest.popFirst() != nil, !lengths.isEmpty else {
          throw BenchError(text: "--length takes 200 or 1000")
        }
      case "--sizes":
        sizes = Set((rest.popFirst() ?? "").compactMap { Size(rawValue: String($0)) })
        guard !sizes.isEmpty else { throw BenchError(text: "--sizes takes letters of ABC") }
      default:
        throw BenchError(
          text: "unknown option \(argument); bench [--quick] [--no-torch] "
            + "[--only training|sampling|astar|growth|memory|muon] [--sizes ABC] [--length 200|1000] "
            + "[--threads N] "
            + "[--rows N] [--fixed] [--half] [--avx2]"
        )
      }
    }
  }

  func selects(_ what: Measurement.What) -> Bool { only == nil || only == what.rawValue }

  /// The comparison: every size at mean lengths of 200 and of 1,000. The pool of examples is large enough for
  /// batches of like lengths, and the prompts for the peer's largest batch.
  var comparison: [Plan] {
    guard only == nil || only == "training" || only == "sampling" else { return [] }
    return Size.allCases.filter(sizes.contains).flatMap { size in
      lengths.map { length in
        let isShort = length == 200
        let (examples, prompts) =
          isQuick
          ? (isShort ? 64 : 16, isShort ? 4 : 1)
          : size == .c ? (isShort ? 128 : 32, isShort ? 8 : 1) : (isShort ? 256 : 64, isShort ? 16 : 4)
        return Plan(
          size: size, length: length,
          workload: Workload(
            size: size, length: length, examples: examples, prompts: prompts, samplesPerPrompt: 32,
            isFixed: isFixed),
          runs: isQuick ? 1 : isShort && size != .c ? 5 : 3, showsReference: isShort)
      }
    }
  }

  /// How time and memory grow: size B, every sequence of one length, about 20,000 tokens a step.
  var growth: [Plan] {
    guard only == "growth" else { return [] }
    return [200, 1000, 3000, 10_000].map { length in
      let count = 20_000 / length
      return Plan(
        size: .b, length: length,
        workload: Workload(
          size: .b, length: length, examples: count, batchSize: count, prompts: 2,
          samplesPerPrompt: max(2, count / 2), isFixed: true),
        runs: 3, showsReference: false)
    }
  }

  /// What Muon costs: steps of about 2,400 tokens, then as long as the comparison's.
  var muon: [Plan] {
    guard only == "muon" else { return [] }
    return Size.allCases.filter(sizes.contains).flatMap { size in
      [(8, 200), (16, 200), (16, 1000)].filter { lengths.contains($0.1) }.map { batchSize, length in
        Plan(
          size: size, length: length,
          workload: Workload(
            size: size, length: length, examples: batchSize * (length == 200 ? 4 : 1), batchSize: batchSize,
            prompts: 1, samplesPerPrompt: 1, isFixed: true),
          runs: isQuick ? 1 : 5, showsReference: false)
      }
    }
  }

  /// 64 samples of 3,000 tokens at size C.
  var memory: [Plan] {
    guard only == "memory" else { return [] }
    return [
      Plan(
        size: .c, length: 3000,
        workload: Workload(
          size: .c, length: 3000, examples: 1, prompts: 2, samplesPerPrompt: 32, isFixed: true),
        runs: 1, showsReference: false)
    ]
  }
}
