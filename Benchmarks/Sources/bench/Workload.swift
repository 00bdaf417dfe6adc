import Foundation
import Model

/// What both sides are given: examples to train on, prompts with the lengths of the responses to draw.
///
/// Lengths are those of maze tasks: prompts about 100 tokens (60 to 140), responses lognormal around the mean
/// with sigma 0.5, between a quarter and three times of it; or, when fixed, all of them 100 and the mean.
struct Workload {
  let size: Size
  let examples: [Example]
  let requests: [SampleRequest]
  let batchSize: Int

  var batches: [[Example]] {
    stride(from: 0, to: examples.count, by: batchSize).map {
      Array(examples[$0..<min($0 + batchSize, examples.count)])
    }
  }

  /// Tokens of prompts and responses.
  var trainingTokens: Int { examples.reduce(0) { $0 + $1.prompt.count + $1.response.count - 1 } }
  var sampledTokens: Int { requests.reduce(0) { $0 + $1.limits.reduce(0, +) } }

  var trainingWork: Double {
    let work = UsefulWork(configuration: size.configuration)
    return examples.reduce(0) {
      $0 + work.training(prompt: $1.prompt.count, response: $1.response.count - 1)
    }
  }

  var samplingWork: Double {
    let work = UsefulWork(configuration: size.configuration)
    return requests.reduce(0) { sum, request in
      sum + request.limits.reduce(0) { $0 + work.sampling(prompt: request.prompt.count, response: $1) }
    }
  }

  init(
    size: Size, length: Int, examples: Int, batchSize: Int = 16, prompts: Int, samplesPerPrompt: Int,
    isFixed: Bool = false
  ) {
    var random = Draws(state: UInt64(length))
    let vocabulary = size.configuration.vocabularySize
    self.size = size
    self.batchSize = batchSize
    func promptLength() -> Int { isFixed ? 100 : random.promptLength() }
    func responseLength() -> Int { isFixed ? length : random.responseLength(mean: length) }
    self.examples = (0..<examples).map { _ in
      Example(
        prompt: random.words(promptLength(), below: vocabulary),
        response: random.words(responseLength() + 1, below: vocabulary))
    }
    requests = (0..<prompts).map { prompt in
      SampleRequest(
        prompt: random.words(promptLength(), below: vocabulary),
        keys: (0..<samplesPerPrompt).map { UInt64(prompt) << 32 | UInt64($0) },
        limits: (0..<samplesPerPrompt).map { _ in responseLength() })
    }
  }

  /// A model that never ends a response by itself, so that the lengths are the workload's: one channel is the
  /// same for every token, nothing writes to it, and the last layer turns it into a logit of eos that is
  /// never drawn.
  func model() throws -> Transformer {
    let start = Transformer(size.configuration, seed: 1)
    let width = size.configuration.width
    let tensors = start.parameters.tensors.map { tensor in
      var values = start.parameters.values(of: tensor)
      let isWriter = tensor.name.hasPrefix("decoder.layers.") && tensor.shape.count == 2
      switch tensor.name {
      case "decoder.embedding":
        for token in 0..<tensor.shape[0] { values[token * width] = 4 }
      case "decoder.output":
        for token in 0..<tensor.shape[0] { values[token * width] = 0 }
        for channel in 0..<width { values[width + channel] = channel == 0 ? -1000 : 0 }
      case let name where isWriter && (name.hasSuffix("ttention.output") || name.hasSuffix(".down")):
        for channel in 0..<tensor.shape[1] { values[channel] = 0 }
      default: break
      }
      return Tensor(name: tensor.name, shape: tensor.shape, values: values)
    }
    return try Checkpoint(
      configuration: size.configuration, vocabularyDigest: "", step: 0, metadata: [:], tensors: tensors
    ).model()
  }

  /// Writes the workload and the model for the peer; returns the workload's file.
  func write(_ model: Transformer, threads: Int, to folder: URL) throws -> URL {
    let tensors = model.parameters.tensors.map {
      Tensor(name: $0.name, shape: $0.shape, values: model.parameters.values(of: $0))
    }
    let weights = folder.appending(path: "model.safetensors")
    let checkpoint = Checkpoint(
      configuration: size.configuration, vocabularyDigest: "", step: 0, metadata: [:], tensors: tensors)
    try Data(checkpoint.encoded()).write(to: weights)
    let content = Content(
      size: size.configuration, threads: threads,
      longest: (examples.map(\.response.count) + requests.flatMap(\.limits) + [160]).max() ?? 0,
      batchSize: batchSize, weights: weights.path,
      training: examples.map { .init(prompt: $0.prompt, response: $0.response) },
      sampling: requests.map { .init(prompt: $0.prompt, lengths: $0.limits) })
    let file = folder.appending(path: "workload.json")
    try JSONEncoder().encode(content).write(to: file)
    return file
  }

  /// What pytorch/peer.py reads.
  private struct Content: Encodable {
    struct Training: Encodable {
      let prompt: [Int32]
      let response: [Int32]
    }
    struct Sampling: Encodable {
      let prompt: [Int32]
      let lengths: [Int]
    }
    let size: TransformerConfiguration
    let threads: Int
    let longest: Int
    let batchSize: Int
    let weights: String
    let training: [Training]
    let sampling: [Sampling]
  }
}

/// Draws that are the same in every run (SplitMix64).
private struct Draws {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func normal() -> Double {
    (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
  }

  mutating func promptLength() -> Int { min(140, max(60, Int(100 + 15 * normal()))) }

  mutating func responseLength(mean: Int) -> Int {
    while true {
      let length = Int(exp(log(Double(mean)) - 0.125 + 0.5 * normal()))
      if length >= mean / 4, length <= 3 * mean { return length }
    }
  }

  mutating func words(_ count: Int, below vocabulary: Int) -> [Int32] {
    (0..<count).map { _ in Int32(2 + next() % UInt64(vocabulary - 2)) }
  }
}
