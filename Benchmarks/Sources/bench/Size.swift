import Model

/// The three sizes that are measured, encoder-decoders over 128 words: A and B for small mazes, C the paper's
/// `s`.
enum Size: String, CaseIterable {
  case a = "A"
  case b = "B"
  case c = "C"

  var configuration: TransformerConfiguration {
    let (width, layers, heads) =
      switch self {
      case .a: (64, 2, 4)
      case .b: (128, 3, 4)
      case .c: (192, 6, 3)
      }
    return TransformerConfiguration(
      architecture: .encoderDecoder, vocabularySize: 128, width: width, encoderLayers: layers,
      decoderLayers: layers, heads: heads)
  }
}

/// Floating point operations of matrix products that the result needs: padding and recomputation do not
/// count, causal attention counts half.
struct UsefulWork {
  let configuration: TransformerConfiguration

  /// Forward and backward pass of one example; the backward pass is two forward passes.
  func training(prompt: Int, response: Int) -> Double {
    3 * (encoding(prompt) + decoding(prompt: prompt, response: response) + promptKeys(prompt))
  }

  /// Drawing a response; the prompt's encoding is shared by its samples and not counted.
  func sampling(prompt: Int, response: Int) -> Double { decoding(prompt: prompt, response: response) }

  private var width: Double { Double(configuration.width) }
  private var hidden: Double { Double(configuration.hiddenWidth) }

  private func encoding(_ prompt: Int) -> Double {
    let tokens = Double(prompt)
    let layer = tokens * 2 * (4 * width * width + 3 * width * hidden) + 4 * tokens * tokens * width
    return Double(configuration.encoderLayers) * layer + tokens * 2 * width * width
  }

  private func promptKeys(_ prompt: Int) -> Double {
    Double(configuration.decoderLayers) * Double(prompt) * 4 * width * width
  }

  private func decoding(prompt: Int, response: Int) -> Double {
    let (prompt, tokens) = (Double(prompt), Double(response))
    let products = tokens * 2 * (6 * width * width + 3 * width * hidden)
    let attention = 2 * tokens * tokens * width + 4 * tokens * prompt * width
    return Double(configuration.decoderLayers) * (products + attention)
      + tokens * 2 * width * Double(configuration.vocabularySize)
  }
}
