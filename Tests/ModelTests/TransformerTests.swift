import Foundation
import Testing

@testable import Model

@Suite struct TransformerTests {
  private let configuration = TransformerConfiguration(
    architecture: .decoderOnly, vocabularySize: 50, width: 64, decoderLayers: 1, heads: 4, tokenShift: 1)

  private func values(_ name: String, seed: UInt64) throws -> [Float] {
    let parameters = Transformer(configuration, seed: seed).parameters
    let tensor = try #require(parameters.tensors.first { $0.name == name })
    return parameters.values(of: tensor)
  }

  @Test func theSeedDecidesTheStart() throws {
    #expect(try values("decoder.output", seed: 1) == values("decoder.output", seed: 1))
    #expect(try values("decoder.output", seed: 1) != values("decoder.output", seed: 2))
    #expect(try values("decoder.embedding", seed: 1) != values("decoder.shift.1.embedding", seed: 1))
  }

  @Test func theStartIsThePapers() throws {
    func spread(_ values: [Float]) -> Double {
      (values.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(values.count)).squareRoot()
    }
    #expect(abs(spread(try values("decoder.embedding", seed: 3)) - 1) < 0.05)
    #expect(abs(spread(try values("decoder.shift.1.embedding", seed: 3)) - 0.5) < 0.03)
    #expect(try Set(values("decoder.norm", seed: 3)) == [1])
    let down = try values("decoder.layers.0.feedForward.down", seed: 3)
    #expect(down.allSatisfy { abs($0) <= 1 / 16 } && abs(spread(down) * 16 - 0.5774) < 0.01)
  }

  @Test func anUntrainedModelKnowsNothing() {
    let loss = Transformer(configuration, seed: 1).loss(of: [
      Example(prompt: [0, 5, 9, 1], response: [0] + (0..<40).map { 2 + ($0 * 7) % 48 } + [1])
    ])
    #expect(abs(loss - log(50)) < 0.5)
  }

  @Test func thePromptMatters() {
    let model = Transformer(configuration, seed: 1)
    let first = model.logits(prompt: [0, 5, 1], response: [0, 7, 8, 1])
    #expect(first.count == 3 && first[0].count == 50)
    #expect(first != model.logits(prompt: [0, 6, 1], response: [0, 7, 8, 1]))
    #expect(first[0] == model.logits(prompt: [0, 5, 1], response: [0, 2, 3, 1])[0], "no look ahead")
  }

  @Test func rotationAnglesHoldAtFarPositions() {
    let table = Transformer(configuration, seed: 1).rotation(positions: 10_001)
    #expect(table.positions >= 10_001)
    for position in [0, 1, 255, 256, 10_000] {
      for pair in 0..<8 {
        let angle = Double(position) * pow(10_000, -Double(pair) / 8)
        #expect(abs(Double(table.rows[position, 2 * pair]) - cos(angle)) < 1e-7)
        #expect(abs(Double(table.rows[position, 16 + 2 * pair + 1]) - sin(angle)) < 1e-7)
        #expect(table.rows[position, 16 + 2 * pair] == -table.rows[position, 16 + 2 * pair + 1])
      }
    }
  }

  @Test func thisProcessorIsSupported() throws {
    try Processor.requireSupported()
    #expect(Processor.availableThreads >= 1)
  }
}
