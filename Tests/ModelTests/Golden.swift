import Foundation
import Testing

@testable import Model

/// A file of `Goldens/`: a configuration with its numbers, examples, and what PyTorch makes of them.
struct Golden {
  static let names = ["encoder-decoder", "encoder-decoder-shift", "decoder-only", "decoder-only-shift"]

  let configuration: TransformerConfiguration
  let examples: [Example]
  private let values: [String: [Float]]

  init(_ name: String) throws {
    let file = Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Goldens")
    let url = try #require(file)
    let bytes = [UInt8](try Data(contentsOf: url))
    let header = try SafeTensorsHeader(of: bytes)
    let text = try #require(header.metadata["configuration"])
    configuration = try JSONDecoder().decode(TransformerConfiguration.self, from: Data(text.utf8))
    var values: [String: [Float]] = [:]
    for entry in header.entries { values[entry.name] = SafeTensors.values(of: entry, in: bytes) }
    self.values = values
    var examples: [Example] = []
    while let prompt = values["prompt.\(examples.count)"],
      let response = values["response.\(examples.count)"]
    {
      examples.append(Example(prompt: prompt.map { Int32($0) }, response: response.map { Int32($0) }))
    }
    self.examples = examples
  }

  subscript(name: String) -> [Float] { values[name] ?? [] }

  /// A model with the golden's numbers.
  func model(headsAhead: Int = 0) -> Transformer {
    let model = Transformer(configuration, seed: 0, headsAhead: headsAhead)
    model.replaceValues(model.parameters.tensors.map { self[$0.name] })
    return model
  }
}
