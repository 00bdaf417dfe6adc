import NetworkSettings

/// The network's sizes, before the domain's vocabulary is known.
///
///     ModelSettings(width: 64, layers: 3, heads: 4).configuration(vocabularySize: 40)
public struct ModelSettings: Sendable, Equatable {
  public var architecture: TransformerConfiguration.Architecture
  public var width: Int
  /// 0 for `decoderOnly`.
  public var encoderLayers: Int
  public var decoderLayers: Int
  public var heads: Int
  /// Inside the gated feed-forward layer.
  public var hiddenWidth: Int
  /// Previous tokens whose own embeddings are added to a token's; 0: none, as in the paper.
  public var tokenShift: Int

  /// `layers` each in the encoder (if there is one) and in the decoder; `hiddenWidth` is by default the
  /// paper's.
  public init(
    architecture: TransformerConfiguration.Architecture = .decoderOnly, width: Int = 64, layers: Int = 3,
    heads: Int = 4, hiddenWidth: Int? = nil, tokenShift: Int = 2
  ) {
    self.architecture = architecture
    self.width = width
    encoderLayers = architecture == .encoderDecoder ? layers : 0
    decoderLayers = layers
    self.heads = heads
    self.hiddenWidth = hiddenWidth ?? TransformerConfiguration.defaultHiddenWidth(of: width)
    self.tokenShift = tokenShift
  }

  /// The paper's networks that `size` may name.
  static let sizes = ["s", "m", "l", "xl"]

  /// Becomes one of the paper's networks, an encoder-decoder without token shift; `encoderLayers` and
  /// `hiddenWidth` follow.
  mutating func adopt(size: String) {
    guard let named = TransformerConfiguration.named(size, vocabularySize: 2) else { return }
    architecture = .encoderDecoder
    width = named.width
    decoderLayers = named.decoderLayers
    heads = named.heads
    tokenShift = 0
  }

  public func configuration(vocabularySize: Int) -> TransformerConfiguration {
    TransformerConfiguration(
      architecture: architecture, vocabularySize: vocabularySize, width: width, encoderLayers: encoderLayers,
      decoderLayers: decoderLayers, heads: heads, hiddenWidth: hiddenWidth, tokenShift: tokenShift)
  }
}
