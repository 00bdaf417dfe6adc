import Testing

@testable import Model

@Suite struct TransformerConfigurationTests {
  /// Trainable parameters of the paper's networks, instantiated from its reference code.
  @Test(arguments: [
    ("s", 118, 6_304_128), ("s", 428, 6_482_688), ("s", 938, 6_776_448), ("s", 40_016, 29_285_376),
    ("m", 118, 33_329_664), ("m", 938, 34_274_304), ("m", 40_016, 79_292_160),
    ("l", 118, 149_533_440), ("l", 938, 151_422_720), ("l", 40_016, 241_458_432),
    ("xl", 40_016, 734_259_456),
  ])
  func namedSizesHaveThePapersParameters(_ name: String, _ vocabulary: Int, _ count: Int) throws {
    let configuration = try #require(TransformerConfiguration.named(name, vocabularySize: vocabulary))
    try configuration.validate()
    #expect(configuration.parameterCount == count)
    #expect(ParameterLayout(configuration).tensors.reduce(0) { $0 + $1.count } == count)
  }

  @Test func thereIsNoOtherName() { #expect(TransformerConfiguration.named("xs", vocabularySize: 9) == nil) }

  @Test func theHiddenWidthIsTheReferences() {
    #expect(
      [64, 128, 192, 384, 768, 1152].map(TransformerConfiguration.defaultHiddenWidth) == [
        256, 512, 512, 1024, 2048, 3072,
      ])
  }

  @Test func theCountIsThatOfTheTensors() {
    for architecture in TransformerConfiguration.Architecture.allCases {
      for shift in 0...2 {
        let configuration = TransformerConfiguration(
          architecture: architecture, vocabularySize: 21, width: 48,
          encoderLayers: architecture == .encoderDecoder ? 2 : 0, decoderLayers: 3, heads: 2,
          hiddenWidth: 80, tokenShift: shift)
        let layout = ParameterLayout(configuration)
        #expect(layout.tensors.reduce(0) { $0 + $1.count } == configuration.parameterCount)
        #expect(Set(layout.tensors.map(\.name)).count == layout.tensors.count)
      }
    }
  }

  @Test func tensorsAreNamedByTheirPlace() {
    let decoderOnly = TransformerConfiguration(
      architecture: .decoderOnly, vocabularySize: 5, width: 16, decoderLayers: 1, heads: 2, hiddenWidth: 32,
      tokenShift: 1)
    #expect(
      ParameterLayout(decoderOnly).tensors.map { "\($0.name) \($0.shape)" } == [
        "decoder.embedding [5, 16]", "decoder.shift.1.embedding [5, 16]", "decoder.layers.0.norm1 [16]",
        "decoder.layers.0.attention.query [16, 16]", "decoder.layers.0.attention.key [16, 16]",
        "decoder.layers.0.attention.value [16, 16]", "decoder.layers.0.attention.output [16, 16]",
        "decoder.layers.0.norm2 [16]", "decoder.layers.0.feedForward.gate [32, 16]",
        "decoder.layers.0.feedForward.up [32, 16]", "decoder.layers.0.feedForward.down [16, 32]",
        "decoder.norm [16]", "decoder.output [5, 16]",
      ])
  }

  @Test func shapesThatCannotBeBuiltAreNamed() {
    let good = TransformerConfiguration(
      architecture: .decoderOnly, vocabularySize: 20, width: 64, decoderLayers: 1, heads: 4)
    func refusal(_ change: (inout TransformerConfiguration) -> Void) -> String? {
      var configuration = good
      change(&configuration)
      do {
        try configuration.validate()
        return nil
      } catch { return "\(error)" }
    }
    #expect(refusal { _ in } == nil)
    #expect(refusal { $0.width = 40 } == "model: width is 40; use a multiple of 16")
    #expect(
      refusal { $0.heads = 3 }
        == "model: heads is 3; heads of width 64 must be a multiple of 8 wide: use one of 1, 2, 4, 8")
    #expect(refusal { $0.heads = 16 }?.contains("use one of 1, 2, 4, 8") == true)
    #expect(refusal { $0.hiddenWidth = 100 } == "model: hiddenWidth is 100; use a multiple of 16")
    #expect(refusal { $0.encoderLayers = 2 } == "model: encoderLayers is 2; a decoderOnly model has 0")
    #expect(refusal { $0.decoderLayers = 0 } == "model: decoderLayers is 0; use 1 to 256")
    #expect(refusal { $0.architecture = .encoderDecoder } == "model: encoderLayers is 0; use 1 to 256")
    #expect(refusal { $0.vocabularySize = 1 } == "model: vocabularySize is 1; use 2 to 1000000")
    #expect(refusal { $0.tokenShift = -1 } == "model: tokenShift is -1; use 0 to 8")
  }
}
