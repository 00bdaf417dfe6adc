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
  var threads: Int?
  /// Rows that each sampling thread advances together; nil: the sampler's own choice.
  var rows: Int?

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--quick": isQuick = true
      case "--no-torch": usesTorch = false
      case "--only":
        only = rest.popFirst()
        guard let only, ["training", "sampling", "astar"].contains(only) else {
          throw BenchError(text: "--only takes training, sampling or astar")
        }
      case "--threads":
        threads = rest.popFirst().flatMap { Int($0) }
        guard let threads, threads >= 1 else { throw BenchError(text: "--threads takes a number from 1 on") }
      case "--rows":
        rows = rest.popFirst().flatMap { Int($0) }
        guard let rows, rows >= 1 else { throw BenchError(text: "--rows takes a number from 1 on") }
      case "--sizes":
        sizes = Set((rest.popFirst() ?? "").compactMap { Size(rawValue: String($0)) })
        guard !sizes.isEmpty else { throw BenchError(text: "--sizes takes letters of ABC") }
      default:
        throw BenchError(
          text: "unknown option \(argument); bench [--quick] [--no-torch] "
            + "[--only training|sampling|astar] [--sizes ABC] [--threads N] [--rows N]")
      }
    }
  }

  func selects(_ what: Measurement.What) -> Bool { only == nil || only == what.rawValue }

  /// Sizes A, B and C at a mean length of 200, B at 1,000. The pool of examples is large enough for batches of like
  /// lengths, and the prompts for the peer's largest batch.
  var plans: [Plan] {
    guard only != "astar" else { return [] }
    var plans: [Plan] = []
    for size in Size.allCases where sizes.contains(size) {
      let prompts = isQuick ? 4 : size == .c ? 8 : 16
      plans.append(plan(size, length: 200, examples: isQuick ? 64 : 256, prompts: prompts))
      if size == .b {
        plans.append(plan(size, length: 1000, examples: isQuick ? 16 : 64, prompts: isQuick ? 1 : 4))
      }
    }
    return plans
  }

  private func plan(_ size: Size, length: Int, examples: Int, prompts: Int) -> Plan {
    let workload = Workload(
      size: size, length: length, examples: examples, prompts: prompts, samplesPerPrompt: 32)
    return Plan(
      size: size, length: length, workload: workload, runs: isQuick ? 1 : length == 200 ? 5 : 3,
      showsReference: length == 200)
  }
}
