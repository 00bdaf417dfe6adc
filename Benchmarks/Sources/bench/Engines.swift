import Dispatch
import Model
import Search
import Synchronization

/// One side's work, to be repeated.
protocol Engine {
  /// Real tokens of one run, prompt and response; sampling: tokens drawn.
  var tokens: Int { get }
  /// Useful floating point operations of one run.
  var work: Double { get }
  func run() throws
}

extension Engine {
  /// Tokens per second of as many runs as take three seconds, the peer's measure too: just after the other
  /// side's turn the first second is up to a fifth slower.
  func timed() throws -> Double {
    let start = ContinuousClock.now
    var (done, seconds) = (0, 0.0)
    repeat {
      try run()
      done += tokens
      seconds = (ContinuousClock.now - start) / .seconds(1)
    } while seconds < 3
    return Double(done) / seconds
  }
}

/// A pass over the examples: forward, backward, optimiser, in batches as they come.
struct TrainingEngine: Engine {
  let tokens: Int
  let work: Double
  private let trainer: Trainer
  private let batches: [[Example]]

  init(
    _ workload: Workload, model: Transformer, threads: Int, optimizer: OptimizerSettings = OptimizerSettings()
  ) {
    trainer = Trainer(model: model, optimizer: optimizer, threads: threads)
    batches = workload.batches
    tokens = workload.trainingTokens
    work = workload.trainingWork
  }

  func run() throws { for batch in batches { _ = try trainer.step(batch, learningRate: 1e-4) } }
}

/// All samples of all prompts, each of its own length.
struct SamplingEngine: Engine {
  let tokens: Int
  let work: Double
  private let sampler: Sampler
  private let requests: [SampleRequest]

  init(_ workload: Workload, model: Transformer, threads: Int, options: Options) {
    let longest = workload.requests.flatMap(\.limits).max() ?? 1
    var settings = SamplerSettings(maximumLength: longest, threads: threads)
    if let rows = options.rows { settings.rowsPerThread = rows }
    settings.halfPrecisionCache = options.usesHalfPrecision
    sampler = Sampler(model: model, settings: settings)
    requests = workload.requests
    tokens = workload.sampledTokens
    work = workload.samplingWork
  }

  func run() throws {
    let drawn = sampler.sample(requests)?.joined().reduce(0) { $0 + $1.tokens.count }
    guard drawn == tokens else { throw BenchError(text: "drew \(drawn ?? 0) tokens, not \(tokens)") }
  }
}

/// Drawing 10x10 mazes and solving them with A*, a coin per tie.
enum SearchEngine {
  /// Accepted 10x10 coin tasks/s of the reference implementation (Searchformer, Python) on one thread.
  static let referenceTasksPerSecond = 284.0

  /// Accepted exercises per second over about `seconds`.
  static func tasksPerSecond(threads: Int, seconds: Double) -> Double {
    guard let domain = try? MazeDomain(MazeSettings(width: 10, height: 10)) else { return 0 }
    let next = Atomic(0)
    let accepted = Atomic(0)
    let start = ContinuousClock.now
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while (ContinuousClock.now - start) / .seconds(1) < seconds {
        let first = next.add(64, ordering: .relaxed).oldValue
        for index in first..<first + 64 where domain.exercise(seed: 1, index: index, split: .train) != nil {
          accepted.add(1, ordering: .relaxed)
        }
      }
    }
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    return Double(accepted.load(ordering: .relaxed)) / elapsed
  }
}
