import Testing

@testable import Kernels
@testable import Model

/// The network against PyTorch: `Goldens/make_goldens.py` wrote the values, in double precision.
@Suite struct NetworkGoldenTests {
  @Test(arguments: Golden.names) func logitsEqualPyTorchs(_ name: String) throws {
    let golden = try Golden(name)
    let model = golden.model()
    for (index, example) in golden.examples.enumerated() {
      let logits = model.logits(prompt: example.prompt, response: example.response)
      #expect(logits.count == example.response.count - 1)
      #expect(logits.allSatisfy { $0.count == golden.configuration.vocabularySize })
      #expect(relativeDistance(logits.flatMap { $0 }, golden["logits.\(index)"]) < 3e-6, "example \(index)")
    }
  }

  @Test(arguments: Golden.names) func lossEqualsPyTorchs(_ name: String) throws {
    let golden = try Golden(name)
    #expect(abs(golden.model().loss(of: golden.examples) - Double(golden["loss"][0])) < 1e-6)
  }

  @Test(arguments: Golden.names) func everyGradientEqualsPyTorchs(_ name: String) throws {
    let golden = try Golden(name)
    let model = golden.model()
    let gradients = Gradients(layout: model.parameters.layout)
    gradients.reset()
    model.weights.keepTransposed()
    model.weights.packAll(of: model.parameters)
    let batch = PackedBatch(
      golden.examples, architecture: golden.configuration.architecture,
      sequenceWeight: 1 / Double(golden.examples.count))
    let loss = Network(Pass(model)).lossAndGradients(batch, addingTo: gradients)
    #expect(abs(loss - Double(golden["loss"][0])) < 1e-6)
    for tensor in gradients.sums.tensors {
      let found = gradients.sums.values(of: tensor)
      #expect(relativeDistance(found, golden["gradient." + tensor.name]) < 1e-5, "\(tensor.name)")
    }
  }

  @Test(arguments: Golden.names) func tenClippedStepsOfAdamWGoThroughPyTorchsLosses(_ name: String) throws {
    let golden = try Golden(name)
    let trainer = Trainer(model: golden.model(), optimizer: OptimizerSettings(), threads: 2)
    for step in 0..<10 {
      let report = try trainer.step(golden.examples, learningRate: 3e-3)
      #expect(abs(report.loss - Double(golden["losses"][step])) < 2e-5, "step \(step)")
      #expect(abs(report.gradientNorm / Double(golden["norms"][step]) - 1) < 2e-4, "step \(step)")
    }
  }

  /// `torch.optim.Muon` takes its factors in bfloat16: its losses are met less closely than those of the same
  /// steps in double precision.
  @Test(arguments: Golden.names) func tenClippedStepsOfMuonGoThroughPyTorchsLosses(_ name: String) throws {
    let golden = try Golden(name)
    let trainer = Trainer(model: golden.model(), optimizer: OptimizerSettings(kind: .muon), threads: 2)
    for step in 0..<10 {
      let report = try trainer.step(golden.examples, learningRate: 3e-3)
      let (exact, peer) = (golden["muon.losses"][step], golden["torch-muon.losses"][step])
      #expect(abs(report.loss - Double(exact)) < 1e-4, "step \(step)")
      #expect(abs(report.loss - Double(peer)) < 5e-3, "step \(step)")
      #expect(abs(report.gradientNorm / Double(golden["muon.norms"][step]) - 1) < 1e-3, "step \(step)")
    }
  }

  @Test(arguments: Golden.names.filter { $0.hasSuffix("shift") })
  func gradientsWithHeadsAheadEqualPyTorchs(_ name: String) throws {
    let golden = try Golden(name)
    let model = golden.model(headsAhead: 2)
    let gradients = Gradients(layout: model.parameters.layout)
    gradients.reset()
    model.weights.keepTransposed()
    model.weights.packAll(of: model.parameters)
    let batch = PackedBatch(
      golden.examples, architecture: golden.configuration.architecture,
      sequenceWeight: 1 / Double(golden.examples.count))
    let loss = Network(Pass(model), aheadWeight: 0.3).lossAndGradients(batch, addingTo: gradients)
    #expect(abs(loss - Double(golden["loss"][0])) < 1e-6)
    for tensor in gradients.sums.tensors {
      let found = gradients.sums.values(of: tensor)
      #expect(relativeDistance(found, golden["with-ahead." + tensor.name]) < 1e-5, "\(tensor.name)")
    }
  }
}
