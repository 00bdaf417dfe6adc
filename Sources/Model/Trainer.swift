import Dispatch
import Kernels
import Synchronization

/// What one step saw.
public struct StepReport: Sendable, Equatable {
  /// Before the step, in nats per token: mean over sequences of the mean over their targets.
  public let loss: Double
  /// Global norm of the gradient before clipping.
  public let gradientNorm: Double
  /// Tokens read, prompts and responses.
  public let tokens: Int
}

/// Trains a model: one step of the optimiser on the mean loss of each batch.
///
/// The same batches give the same parameters bit for bit whatever the number of threads, and a trainer
/// restored from a checkpoint goes on as if it had never stopped. While a step runs, nobody else uses the
/// model.
public final class Trainer {
  public let model: Transformer
  public let optimizer: OptimizerSettings
  /// What the loss of each of the model's heads ahead counts, beside 1 for the output layer's.
  public let aheadWeight: Double
  /// Steps taken.
  public private(set) var step = 0
  /// Running means of the gradient and, where AdamW moves a tensor, of its square.
  let moment1: Parameters
  let moment2: Parameters
  private let threads: Int
  private let passes: [Pass]
  private var lanes: [Gradients] = []
  private let chunks: [Range<Int>]
  private let plan: UpdatePlan
  /// One for each thread.
  private let scratch: [FloatBuffer]

  /// `threads` share the work; `Processor.availableThreads` is a good number.
  public init(model: Transformer, optimizer: OptimizerSettings, aheadWeight: Double = 0, threads: Int) {
    precondition(threads >= 1, "training needs a thread")
    self.model = model
    self.optimizer = optimizer
    self.aheadWeight = aheadWeight
    self.threads = threads
    let layout = model.parameters.layout
    moment1 = Parameters(layout: layout)
    moment2 = Parameters(layout: layout)
    passes = (0..<threads).map { _ in Pass(model) }
    chunks = UpdatePlan.chunks(0..<layout.count)
    let plan = UpdatePlan(layout, optimizer.kind)
    self.plan = plan
    scratch = (0..<threads).map { _ in FloatBuffer(count: plan.scratchCount) }
    model.weights.keepTransposed()
    model.weights.packAll(of: model.parameters)
  }

  /// One step on the mean loss of `batch`. Throws `ModelError.nonFinite`, with parameters and moments as they
  /// were, when loss or gradient is not finite, and `ModelError.invalidExample` for one it cannot read.
  public func step(_ batch: [Example], learningRate: Double) throws -> StepReport {
    try check(batch)
    let members = Lanes(batch, configuration: model.configuration).members
    while lanes.count < members.count { lanes.append(Gradients(layout: model.parameters.layout)) }
    let loss = gradients(of: batch, members)
    let sums = lanes[0..<members.count].map(\.sums.buffer)
    let norm = sum(sums)
    guard loss.isFinite, norm.isFinite else { throw ModelError.nonFinite(step: step) }
    update(gradient: sums[0], learningRate: learningRate, gradientNorm: norm)
    step += 1
    return StepReport(loss: loss, gradientNorm: norm, tokens: batch.reduce(0) { $0 + $1.tokenCount })
  }

  /// Counts on from `step`.
  func resume(at step: Int) { self.step = step }

  private func check(_ batch: [Example]) throws {
    guard !batch.isEmpty else { throw ModelError.invalidExample(index: 0, problem: "the batch is empty") }
    for (index, example) in batch.enumerated() {
      if let problem = example.problem(model.configuration) {
        throw ModelError.invalidExample(index: index, problem: problem)
      }
    }
  }

  /// The batch's loss; each lane's gradients lie in `lanes`.
  private func gradients(of batch: [Example], _ members: [[Int]]) -> Double {
    let losses = Results<Double>(repeating: 0, count: members.count)
    perform(members.count) { lane, thread in
      let network = Network(self.passes[thread], aheadWeight: Float(self.aheadWeight))
      self.lanes[lane].reset()
      for examples in Lanes.passes(of: members[lane], in: batch) {
        let packed = PackedBatch(
          examples, architecture: self.model.configuration.architecture,
          sequenceWeight: 1 / Double(batch.count))
        losses[lane] += network.lossAndGradients(packed, addingTo: self.lanes[lane])
      }
    }
    return (0..<members.count).reduce(0) { $0 + losses[$1] }
  }

  /// Adds all lanes to the first, in order; returns the norm of the total.
  private func sum(_ sums: [FloatBuffer]) -> Double {
    let squares = Results<Double>(repeating: 0, count: chunks.count)
    perform(chunks.count) { chunk, _ in
      squares[chunk] = sumLanes(sums, into: sums[0], range: self.chunks[chunk])
    }
    return (0..<chunks.count).reduce(0) { $0 + squares[$1] }.squareRoot()
  }

  private func update(gradient: FloatBuffer, learningRate: Double, gradientNorm: Double) {
    let adamW = optimizer.adamWStep(step, learningRate: learningRate, gradientNorm: gradientNorm)
    let muon = optimizer.muonStep(learningRate: learningRate, gradientNorm: gradientNorm)
    perform(plan.parts.count) { part, thread in
      switch self.plan.parts[part] {
      case .stretch(let range):
        applyAdamW(
          adamW, gradient: gradient, parameters: self.model.parameters.buffer,
          moment1: self.moment1.buffer, moment2: self.moment2.buffer, range: range)
      case .matrix(let tensor):
        let scratch = self.scratch[thread]
        applyMuon(
          muon, gradient: gradient.matrix(tensor), parameters: self.model.parameters.buffer.matrix(tensor),
          moment: self.moment1.buffer.matrix(tensor), scratch: scratch.vector(count: scratch.count))
      }
    }
    perform(model.parameters.layout.linears.count) { index, _ in
      self.model.weights.pack(index, of: self.model.parameters)
    }
  }

  /// Runs `body(task, thread)` for every task, each on one of the threads, whichever is free.
  private func perform(_ tasks: Int, _ body: (Int, Int) -> Void) {
    let next = Atomic(0)
    func work(_ thread: Int) {
      while true {
        let task = next.add(1, ordering: .relaxed).oldValue
        if task >= tasks { return }
        body(task, thread)
      }
    }
    if threads == 1 || tasks == 1 { return work(0) }
    withoutActuallyEscaping(work) { work in
      nonisolated(unsafe) let work = work
      DispatchQueue.concurrentPerform(iterations: threads) { work($0) }
    }
  }
}

extension FloatBuffer {
  /// A tensor of two dimensions in a buffer of the parameters' layout.
  fileprivate func matrix(_ tensor: Parameters.Tensor) -> Matrix {
    matrix(at: tensor.offset, rows: tensor.shape[0], columns: tensor.shape[1])
  }
}

/// Results of tasks that run at the same time, each written by one of them.
private final class Results<Value: BitwiseCopyable>: @unchecked Sendable {
  private let values: UnsafeMutableBufferPointer<Value>

  init(repeating value: Value, count: Int) {
    values = .allocate(capacity: count)
    values.initialize(repeating: value)
  }

  deinit { values.deallocate() }

  subscript(index: Int) -> Value {
    get { values[index] }
    set { values[index] = newValue }
  }
}
