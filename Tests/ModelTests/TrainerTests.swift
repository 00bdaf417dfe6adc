import Foundation
import Testing

@testable import Kernels
@testable import Model

@Suite struct TrainerTests {
  private static let configurations = [
    TransformerConfiguration(
      architecture: .encoderDecoder, vocabularySize: 23, width: 32, encoderLayers: 1, decoderLayers: 2,
      heads: 2, hiddenWidth: 48),
    TransformerConfiguration(
      architecture: .decoderOnly, vocabularySize: 14, width: 48, decoderLayers: 2, heads: 3,
      hiddenWidth: 64, tokenShift: 2),
  ]

  /// Sequences of many lengths, from the shortest possible to several blocks.
  private func batch(_ configuration: TransformerConfiguration, count: Int, seed: Int) -> [Example] {
    var numbers = Numbers(seed: seed)
    return (0..<count).map { index in
      let (prompt, response) = (1 + numbers.integer(below: 40), 2 + numbers.integer(below: 90))
      return Example(
        prompt: (0..<(index == 0 ? 1 : prompt)).map { _ in token(configuration, &numbers) },
        response: (0..<(index == 0 ? 2 : response)).map { _ in token(configuration, &numbers) })
    }
  }

  private func token(_ configuration: TransformerConfiguration, _ numbers: inout Numbers) -> Int32 {
    Int32(numbers.integer(below: configuration.vocabularySize))
  }

  private func everything(_ trainer: Trainer) -> [Float] {
    [trainer.model.parameters, trainer.moment1, trainer.moment2].flatMap { numbers in
      numbers.tensors.flatMap(numbers.values)
    }
  }

  @Test(arguments: configurations, OptimizerSettings.Kind.allCases)
  func theNumberOfThreadsChangesNoBit(
    _ configuration: TransformerConfiguration, _ kind: OptimizerSettings.Kind
  ) throws {
    var results: [[Float]] = []
    var reports: [[StepReport]] = []
    for threads in 1...3 {
      let trainer = Trainer(
        model: Transformer(configuration, seed: 3), optimizer: OptimizerSettings(kind: kind), threads: threads
      )
      reports.append(
        try (0..<4).map { step in
          try trainer.step(batch(configuration, count: [16, 3, 1, 11][step], seed: step), learningRate: 0.01)
        })
      results.append(everything(trainer))
    }
    #expect(results[0] == results[1] && results[0] == results[2])
    #expect(reports[0] == reports[1] && reports[0] == reports[2])
  }

  /// Where the processor has no wide registers, this compares a training with itself.
  @Test func theWidthOfTheRegistersChangesNoBit() throws {
    defer { Processor.usesWideRegisters = true }
    for configuration in Self.configurations {
      let results = try [true, false].map { isWide in
        Processor.usesWideRegisters = isWide
        let trainer = Trainer(
          model: Transformer(configuration, seed: 6), optimizer: OptimizerSettings(kind: .muon), threads: 2)
        for step in 0..<3 {
          _ = try trainer.step(batch(configuration, count: 7, seed: step), learningRate: 0.01)
        }
        return everything(trainer)
      }
      #expect(results[0] == results[1])
    }
  }

  @Test(arguments: configurations)
  func logitsDoNotDependOnTheBatch(_ configuration: TransformerConfiguration) {
    let model = Transformer(configuration, seed: 4)
    let examples = batch(configuration, count: 12, seed: 9)
    let packed = PackedBatch(examples, architecture: configuration.architecture, sequenceWeight: 1)
    let together = Network(Pass(model)).logits(packed)
    let apart = examples.flatMap { model.logits(prompt: $0.prompt, response: $0.response) }
    #expect(together == apart)
  }

  @Test(arguments: configurations)
  func theWholeNetworksGradientEqualsCentralDifferences(_ configuration: TransformerConfiguration) {
    expectTrueGradient(of: batch(configuration, count: 3, seed: 12), configuration)
    guard configuration.architecture == .decoderOnly else { return }
    expectTrueGradient(of: hinted(batch(configuration, count: 3, seed: 13)), configuration)
  }

  /// A label at two of three tokens of each prompt.
  private func hinted(_ examples: [Example]) -> [Example] {
    examples.map { example in
      let hints = example.prompt.indices.map { index in
        index % 3 == 0 ? Example.noHint : (example.prompt[index] + Int32(index)) % 14
      }
      return Example(prompt: example.prompt, response: example.response, hints: hints)
    }
  }

  @Test func hintsAreLearntAtTheTokensOfThePrompt() {
    let model = Transformer(Self.configurations[1], seed: 8)
    for example in hinted(batch(model.configuration, count: 6, seed: 14)) {
      // The same rows, as those of a response that begins at the second token of the prompt.
      let tokens = example.prompt + example.response
      let rows = model.logits(prompt: [tokens[0]], response: Array(tokens.dropFirst()))
      let labels = example.hints.dropFirst() + example.response.dropFirst()
      var entropies: [Double] = []
      for (row, label) in zip([nil] + rows.map(Optional.some), [Example.noHint] + labels) {
        guard let row, label != Example.noHint else { continue }
        let total = row.reduce(0.0) { $0 + exp(Double($1)) }
        entropies.append(log(total) - Double(row[Int(label)]))
      }
      let mean = entropies.reduce(0, +) / Double(entropies.count)
      #expect(abs(model.loss(of: [example]) - mean) < 1e-4)
      #expect(entropies.count > example.response.count - 1 || example.prompt.count < 2)
    }
  }

  private func expectTrueGradient(of examples: [Example], _ configuration: TransformerConfiguration) {
    let model = Transformer(configuration, seed: 6)
    model.weights.keepTransposed()
    model.weights.packAll(of: model.parameters)
    let gradients = Gradients(layout: model.parameters.layout)
    gradients.reset()
    _ = Network(Pass(model)).lossAndGradients(
      PackedBatch(examples, architecture: configuration.architecture, sequenceWeight: 1 / 3),
      addingTo: gradients)
    for tensor in model.parameters.tensors {
      // The derivative along the tensor's own gradient is the gradient's squared length.
      let direction = gradients.sums.values(of: tensor)
      let square = direction.reduce(0.0) { $0 + Double($1) * Double($1) }
      let start = model.parameters.values(of: tensor)
      let step = 2e-3 / max(square.squareRoot(), 1e-6)
      func loss(_ sign: Double) -> Double {
        model.parameters.setValues(
          zip(start, direction).map { $0 + Float(sign * step) * $1 }, of: tensor)
        model.weights.packAll(of: model.parameters)
        return model.loss(of: examples)
      }
      let slope = (loss(1) - loss(-1)) / (2 * step)
      model.parameters.setValues(start, of: tensor)
      #expect(abs(slope - square) < 0.01 * square + 2e-6, "\(tensor.name): \(slope), \(square)")
    }
  }

  @Test(arguments: OptimizerSettings.Kind.allCases)
  func lossFallsOnWhatIsRepeated(_ kind: OptimizerSettings.Kind) throws {
    for configuration in Self.configurations {
      let trainer = Trainer(
        model: Transformer(configuration, seed: 1), optimizer: OptimizerSettings(kind: kind, matrixRate: 2),
        threads: 2)
      let examples = batch(configuration, count: 4, seed: 2)
      let first = try trainer.step(examples, learningRate: 0.01)
      #expect(abs(first.loss - trainer.model.loss(of: examples)) > 0.01)
      #expect(first.tokens == examples.reduce(0) { $0 + $1.prompt.count + $1.response.count - 1 })
      for _ in 0..<60 { _ = try trainer.step(examples, learningRate: 0.01) }
      #expect(try trainer.step(examples, learningRate: 0).loss < first.loss / 4)
      #expect(trainer.step == 62)
    }
  }

  @Test func theReportedLossIsTheModels() throws {
    let model = Transformer(Self.configurations[0], seed: 1)
    let examples = batch(model.configuration, count: 9, seed: 3)
    let loss = model.loss(of: examples)
    let trainer = Trainer(model: model, optimizer: OptimizerSettings(), threads: 2)
    #expect(abs(try trainer.step(examples, learningRate: 0.1).loss - loss) < 1e-12)
  }

  @Test(arguments: OptimizerSettings.Kind.allCases)
  func aGradientThatIsNotFiniteChangesNothing(_ kind: OptimizerSettings.Kind) throws {
    for bad in [Float.nan, .infinity] {
      let model = Transformer(Self.configurations[0], seed: 1)
      let trainer = Trainer(model: model, optimizer: OptimizerSettings(kind: kind), threads: 2)
      let examples = batch(model.configuration, count: 5, seed: 4)
      _ = try trainer.step(examples, learningRate: 0.01)
      var values = model.parameters.tensors.map(model.parameters.values)
      values[3][0] = bad
      model.replaceValues(values)
      let before = everything(trainer).map(\.bitPattern)
      #expect(throws: ModelError.nonFinite(step: 1)) { try trainer.step(examples, learningRate: 0.01) }
      #expect(everything(trainer).map(\.bitPattern) == before)
      #expect(trainer.step == 1)
    }
  }

  @Test func examplesThatCannotBeReadAreNamed() throws {
    let trainer = Trainer(
      model: Transformer(Self.configurations[1], seed: 1), optimizer: OptimizerSettings(), threads: 1)
    let good = Example(prompt: [0, 1], response: [0, 1])
    func refusal(_ bad: Example) -> String? {
      do {
        _ = try trainer.step([good, bad], learningRate: 0.1)
        return nil
      } catch { return "\(error)" }
    }
    #expect(refusal(good) == nil)
    #expect(refusal(Example(prompt: [], response: [0, 1])) == "example 1 of the batch: its prompt is empty")
    #expect(
      refusal(Example(prompt: [0], response: [0]))
        == "example 1 of the batch: its response has 1 tokens; needed are bos and one more")
    #expect(
      refusal(Example(prompt: [0], response: [0, 14]))
        == "example 1 of the batch: token 1 of its response is 14; the vocabulary ends at 13")
    #expect(
      refusal(Example(prompt: [0, 1], response: [0, 1], hints: [2]))
        == "example 1 of the batch: it has 1 hints for a prompt of 2 tokens")
    #expect(
      refusal(Example(prompt: [0, 1], response: [0, 1], hints: [-1, 14]))
        == "example 1 of the batch: hint 1 is 14; the vocabulary ends at 13")
    #expect(throws: ModelError.self) { try trainer.step([], learningRate: 0.1) }
    let encoder = Transformer(Self.configurations[0], seed: 1)
    #expect(throws: ModelError.self) {
      try Trainer(model: encoder, optimizer: OptimizerSettings(), threads: 1)
        .step([Example(prompt: [0], response: [0, 1], hints: [1])], learningRate: 0.1)
    }
  }

  @Test(arguments: configurations, OptimizerSettings.Kind.allCases)
  func aRestoredTrainerGoesOnAsIfItHadNeverStopped(
    _ configuration: TransformerConfiguration, _ kind: OptimizerSettings.Kind
  ) throws {
    func trainer(seed: UInt64) -> Trainer {
      Trainer(
        model: Transformer(configuration, seed: seed), optimizer: OptimizerSettings(kind: kind), threads: 2)
    }
    func run(_ trainer: Trainer, _ steps: Range<Int>) throws {
      for step in steps {
        _ = try trainer.step(batch(configuration, count: 6, seed: step), learningRate: 0.01)
      }
    }
    let straight = trainer(seed: 1)
    try run(straight, 0..<6)
    let first = trainer(seed: 1)
    try run(first, 0..<3)
    let bytes = first.checkpoint(vocabularyDigest: "d", metadata: [:]).encoded()
    let second = trainer(seed: 2)
    try second.restore(Checkpoint(decoding: bytes))
    try run(second, 3..<6)
    #expect(everything(second) == everything(straight))
    #expect(second.step == 6)
  }

  @Test func muonMovesTheHiddenMatricesAndAdamWAllElse() throws {
    for configuration in Self.configurations {
      let examples = batch(configuration, count: 6, seed: 5)
      func moved(_ optimizer: OptimizerSettings) throws -> [[Float]] {
        let model = Transformer(configuration, seed: 2)
        _ = try Trainer(model: model, optimizer: optimizer, threads: 2).step(examples, learningRate: 0.01)
        return model.parameters.tensors.map(model.parameters.values)
      }
      let (adamW, muon) = (try moved(OptimizerSettings()), try moved(OptimizerSettings(kind: .muon)))
      let start = Transformer(configuration, seed: 2).parameters
      for (index, tensor) in start.tensors.enumerated() {
        let isHidden =
          tensor.shape.count == 2 && !tensor.name.hasSuffix("embedding") && tensor.name != "decoder.output"
        #expect((adamW[index] != muon[index]) == isHidden, "\(tensor.name)")
        #expect(muon[index] != start.values(of: tensor), "\(tensor.name)")
      }
    }
  }

  @Test func momentsAreKeptAsTheOptimiserNeedsThem() throws {
    let configuration = Self.configurations[0]
    let trainers = OptimizerSettings.Kind.allCases.map {
      Trainer(model: Transformer(configuration, seed: 1), optimizer: OptimizerSettings(kind: $0), threads: 1)
    }
    let checkpoints = trainers.map { $0.checkpoint(vocabularyDigest: "d", metadata: [:]) }
    let names = checkpoints.map { Set($0.tensors.map(\.name)) }
    let missing = names[0].subtracting(names[1])
    #expect(missing.contains("moment2.decoder.layers.1.crossAttention.key"))
    #expect(missing.contains("moment2.encoder.output") && !missing.contains("moment2.decoder.output"))
    #expect(missing.allSatisfy { $0.hasPrefix("moment2.") } && names[1].isSubset(of: names[0]))
    for (index, other) in [1, 0].enumerated() {
      #expect(throws: InvalidSetting.self) { try trainers[index].restore(checkpoints[other]) }
    }
    // The parameters alone are anybody's.
    let plain = Checkpoint(
      configuration: configuration, vocabularyDigest: "d", step: 3, metadata: [:],
      tensors: checkpoints[0].tensors.filter { !$0.name.hasPrefix("moment") })
    try trainers[1].restore(plain)
    #expect(trainers[1].step == 3)
    let bytes = checkpoints[1].encoded()
    #expect(try Checkpoint(decoding: bytes).optimizer == .muon)
    var other = bytes
    other[try #require(other.firstRange(of: Array("\"muon\"".utf8))).lowerBound + 1] = UInt8(ascii: "w")
    #expect(throws: CheckpointError.self) { try Checkpoint(decoding: other) }
  }

  /// Training goes on with the heads; what samples has none.
  @Test(arguments: configurations)
  func headsAheadAreTrainedKeptAndLeftOut(_ configuration: TransformerConfiguration) throws {
    func trainer(threads: Int) -> Trainer {
      Trainer(
        model: Transformer(configuration, seed: 1, headsAhead: 2), optimizer: OptimizerSettings(kind: .muon),
        aheadWeight: 0.3, threads: threads)
    }
    func run(_ trainer: Trainer, _ steps: Range<Int>) throws {
      for step in steps {
        _ = try trainer.step(batch(configuration, count: 6, seed: step), learningRate: 0.01)
      }
    }
    let straight = trainer(threads: 1)
    try run(straight, 0..<4)
    let first = trainer(threads: 3)
    try run(first, 0..<2)
    let bytes = first.checkpoint(vocabularyDigest: "d", metadata: [:]).encoded()
    let checkpoint = try Checkpoint(decoding: bytes)
    #expect(checkpoint.headsAhead == 2)
    let second = Trainer(
      model: try checkpoint.model(headsAhead: 2), optimizer: OptimizerSettings(kind: .muon), aheadWeight: 0.3,
      threads: 2)
    try second.restore(checkpoint)
    try run(second, 2..<4)
    #expect(everything(second) == everything(straight))

    let bare = checkpoint.withoutTraining
    #expect(bare.tensors.count == Transformer(configuration, seed: 1).parameters.tensors.count)
    #expect(try Checkpoint(decoding: bare.encoded()).headsAhead == 0)
    let models = try [checkpoint.model(), bare.model(), checkpoint.model(headsAhead: 1)]
    let logits = models.map { $0.logits(prompt: [0, 1], response: [0, 2, 3]) }
    #expect(logits[0] == logits[1] && logits[0] == logits[2])
    // Heads that were not stored begin as the seed's.
    let fresh = try bare.model(headsAhead: 2, seed: 1)
    let start = Transformer(configuration, seed: 1, headsAhead: 2).parameters
    for tensor in start.tensors.suffix(2) {
      #expect(
        tensor.name.hasPrefix("ahead.") && fresh.parameters.values(of: tensor) == start.values(of: tensor))
    }
  }

  /// Without a weight the heads change nothing, not even by being there.
  @Test func headsAheadChangeTheOtherTensorsThroughTheirLossAlone() throws {
    let configuration = Self.configurations[1]
    let results = try [(0, 0.3), (2, 0), (2, 0.3)].map { heads, weight in
      let trainer = Trainer(
        model: Transformer(configuration, seed: 1, headsAhead: heads),
        optimizer: OptimizerSettings(clipNorm: 0),
        aheadWeight: weight, threads: 2)
      _ = try trainer.step(batch(configuration, count: 6, seed: 1), learningRate: 0.01)
      let parameters = trainer.model.parameters
      return parameters.tensors.filter { !$0.name.hasPrefix("ahead.") }.map(parameters.values)
    }
    #expect(results[0] == results[1] && results[0] != results[2])
  }

  @Test func aCheckpointOfAnotherNetworkIsRefused() {
    let trainers = Self.configurations.map {
      Trainer(model: Transformer($0, seed: 1), optimizer: OptimizerSettings(), threads: 1)
    }
    let checkpoint = trainers[0].checkpoint(vocabularyDigest: "d", metadata: [:])
    #expect(throws: InvalidSetting.self) { try trainers[1].restore(checkpoint) }
  }
}

@Suite struct LanesTests {
  private let configuration = TransformerConfiguration(
    architecture: .decoderOnly, vocabularySize: 9, width: 16, decoderLayers: 1, heads: 2, hiddenWidth: 32)

  private func example(_ tokens: Int) -> Example {
    Example(prompt: [0], response: [Int32](repeating: 1, count: tokens))
  }

  @Test func theLongestComeFirstAndLanesWeighTheSame() {
    let lengths = [900, 100, 100, 100, 100, 100, 100, 100, 100, 100]
    let members = Lanes(lengths.map(example), configuration: configuration).members
    #expect(members == [[0], [1, 8], [2, 9], [3], [4], [5], [6], [7]])
  }

  @Test func everySequenceHasOnePlace() {
    for count in [1, 2, 7, 8, 9, 40] {
      let batch = (0..<count).map { example(2 + ($0 * 37) % 50) }
      let members = Lanes(batch, configuration: configuration).members
      #expect(members.count == min(count, Lanes.count))
      #expect(members.joined().sorted() == Array(0..<count))
    }
  }

  @Test func passesHoldAsManyTokensAsFitButNeverNone() {
    let batch = [3000, 500, 500, 100, 900].map(example)
    let passes = Lanes.passes(of: [0, 1, 2, 3, 4], in: batch)
    #expect(passes.map { $0.map(\.tokenCount) } == [[3000], [500, 500], [100, 900]])
  }
}

@Suite struct LearningRateTests {
  @Test func itClimbsAndDecays() {
    let linear = LearningRate(peak: 1, warmupSteps: 4, decay: .linear, decayShare: 0.5, finalShare: 0.2)
    let values = [0, 1, 3, 4, 9, 10, 15, 20, 30].map { linear.value(step: $0, of: 20) }
    let expected = [0.25, 0.5, 1, 1, 1, 1, 0.6, 0.2, 0.2]
    #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func thePapersScheduleIsACosineToATenth() {
    let rate = LearningRate(peak: 2.5e-4, warmupSteps: 2000)
    #expect(rate.value(step: 1999, of: 400_000) == 2.5e-4)
    #expect(abs(rate.value(step: 201_000, of: 400_000) - 2.5e-4 * 0.55) < 1e-12)
    #expect(abs(rate.value(step: 400_000, of: 400_000) - 2.5e-5) < 1e-12)
  }

  @Test func aConstantRateStaysAndNoStepsAreNoTrouble() {
    let constant = LearningRate(peak: 3, decay: .constant)
    #expect([0, 5, 100].map { constant.value(step: $0, of: 10) } == [3, 3, 3])
    #expect(LearningRate(peak: 3).value(step: 0, of: 0) == 3)
  }
}
