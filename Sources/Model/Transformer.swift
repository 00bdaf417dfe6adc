import Determinism
import Kernels
import Synchronization

/// A transformer: its shape, its numbers, and what it says about a sequence.
///
///     let model = Transformer(configuration, seed: 1)
///     let logits = model.logits(prompt: [0, 5, 1], response: [0, 7, 1])   // 2 rows: for 7, then for eos
///
/// The same configuration and seed give the same numbers everywhere. Reading from several threads at once is
/// safe; while a `Trainer` takes a step, nobody else uses the model.
public final class Transformer: @unchecked Sendable {
  public let configuration: TransformerConfiguration
  public let parameters: Parameters
  /// The weights as products read them; always those of `parameters`.
  let weights: PackedWeights
  private let sharedRotation: Mutex<RotationTable>

  /// `configuration` has been validated: an impossible one traps. `headsAhead` heads beside the output layer
  /// predict later tokens in training; nothing else reads them.
  public init(_ configuration: TransformerConfiguration, seed: UInt64, headsAhead: Int = 0) {
    do { try configuration.validate() } catch { preconditionFailure("\(error)") }
    self.configuration = configuration
    let layout = ParameterLayout(configuration, headsAhead: headsAhead)
    parameters = Parameters(layout: layout)
    weights = PackedWeights(layout: layout)
    sharedRotation = Mutex(RotationTable(positions: 256, headWidth: configuration.headWidth))
    parameters.initialize(seed: seed)
    weights.packAll(of: parameters)
  }

  /// The teacher-forced logits: row t, of `vocabularySize` numbers, predicts `response[t + 1]`; one row fewer
  /// than the response has tokens. Bit for bit those of any batch, and of cached decoding.
  public func logits(prompt: [Int32], response: [Int32]) -> [[Float]] {
    let example = Example(prompt: prompt, response: response)
    if let problem = example.problem(configuration) {
      preconditionFailure(problem)
    }
    let batch = PackedBatch([example], architecture: configuration.architecture, sequenceWeight: 1)
    return Network(Pass(self)).logits(batch)
  }

  /// Mean over the examples of the mean cross entropy, in nats, of each one's targets.
  public func loss(of examples: [Example]) -> Double {
    let network = Network(Pass(self))
    var loss = 0.0
    for (index, example) in examples.enumerated() {
      if let problem = example.problem(configuration) {
        preconditionFailure("example \(index): \(problem)")
      }
      let batch = PackedBatch(
        [example], architecture: configuration.architecture, sequenceWeight: 1 / Double(examples.count))
      loss += network.loss(batch)
    }
    return loss
  }

  /// Replaces the numbers, given in the order of `Parameters.tensors`; a tensor without any stays.
  func replaceValues(_ values: [[Float]?]) {
    precondition(values.count == parameters.tensors.count, "one array for each tensor")
    for (tensor, values) in zip(parameters.tensors, values) {
      if let values { parameters.setValues(values, of: tensor) }
    }
    weights.packAll(of: parameters)
  }

  /// Rotary positions 0 ..< `positions` or more; the table grows by doubling.
  func rotation(positions: Int) -> RotationTable {
    sharedRotation.withLock { table in
      if table.positions < positions {
        table = RotationTable(
          positions: max(positions, 2 * table.positions), headWidth: configuration.headWidth)
      }
      return table
    }
  }
}

extension Parameters {
  /// Embeddings N(0, 1), shift tables N(0, 0.5^2), gains 1, weights U(-1/sqrt(inputs), 1/sqrt(inputs)): the
  /// paper's start. Each tensor draws from its own generator, so its start does not depend on the others.
  func initialize(seed: UInt64) {
    for (index, tensor) in tensors.enumerated() {
      var random = CounterRandom(seed: seed, stream: .initialization, UInt64(index))
      let place = buffer.vector(at: tensor.offset, count: tensor.count)
      switch tensor.kind {
      case .embedding: for i in 0..<tensor.count { place[i] = Self.normal(using: &random) }
      case .shift: for i in 0..<tensor.count { place[i] = 0.5 * Self.normal(using: &random) }
      case .gain: for i in 0..<tensor.count { place[i] = 1 }
      case .linear, .output:
        let bound = 1 / Float(tensor.shape[1]).squareRoot()
        for i in 0..<tensor.count { place[i] = bound * (2 * random.unit() - 1) }
      }
    }
  }

  /// Box-Muller, one of the pair.
  private static func normal(using random: inout CounterRandom) -> Float {
    let radius = (-2 * naturalLogarithm(1 - random.unitDouble())).squareRoot()
    return Float(radius * sineAndCosine(6.283_185_307_179_586 * random.unitDouble()).cosine)
  }
}
