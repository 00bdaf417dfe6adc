/// Shape of a transformer: everything about the network that is not a number it learns.
///
/// Legend of the shape letters used here and in `Model`: `V` vocabulary, `D` width, `H` hidden width of the
/// feed-forward part, `T` tokens of a response, `P` tokens of a prompt, `C` width of one attention head.
///
///     try TransformerConfiguration(architecture: .decoderOnly, vocabularySize: 38, width: 64,
///       decoderLayers: 3, heads: 4).parameterCount      // 201,920
///
/// The named sizes are those of Searchformer (Lehnert et al. 2024, arXiv:2402.14083).
public struct TransformerConfiguration: Codable, Sendable, Equatable {
  public enum Architecture: String, Codable, Sendable, CaseIterable {
    /// An encoder reads the prompt, a decoder writes the response looking at it (the paper's).
    case encoderDecoder
    /// One causal stack reads prompt and response as one sequence.
    case decoderOnly
  }

  public var architecture: Architecture
  public var vocabularySize: Int
  /// Floats per token (`D`), a multiple of 16.
  public var width: Int
  /// 0 for `decoderOnly`.
  public var encoderLayers: Int
  public var decoderLayers: Int
  /// Attention heads; divides `width` into heads of a multiple of 8.
  public var heads: Int
  /// Width of the SwiGLU feed-forward part (`H`), a multiple of 16.
  public var hiddenWidth: Int
  /// Previous tokens whose own embedding is added to each token's; 0: none.
  public var tokenShift: Int

  /// `hiddenWidth` nil takes the paper's: 8/3 of the width, rounded up to a multiple of 256.
  public init(
    architecture: Architecture, vocabularySize: Int, width: Int, encoderLayers: Int = 0, decoderLayers: Int,
    heads: Int, hiddenWidth: Int? = nil, tokenShift: Int = 0
  ) {
    self.architecture = architecture
    self.vocabularySize = vocabularySize
    self.width = width
    self.encoderLayers = encoderLayers
    self.decoderLayers = decoderLayers
    self.heads = heads
    self.hiddenWidth = hiddenWidth ?? TransformerConfiguration.defaultHiddenWidth(of: width)
    self.tokenShift = tokenShift
  }

  /// Floor of 8/3 of `width`, rounded up to a multiple of 256.
  public static func defaultHiddenWidth(of width: Int) -> Int {
    let hidden = 8 * width / 3
    return (hidden + 255) / 256 * 256
  }

  /// The paper's encoder-decoders: s (width 192), m (384), l (768) and xl (1152); nil for another name.
  public static func named(_ name: String, vocabularySize: Int) -> TransformerConfiguration? {
    let sizes = ["s": (192, 6, 3), "m": (384, 8, 4), "l": (768, 9, 4), "xl": (1152, 16, 12)]
    guard let (width, layers, heads) = sizes[name] else { return nil }
    return TransformerConfiguration(
      architecture: .encoderDecoder, vocabularySize: vocabularySize, width: width, encoderLayers: layers,
      decoderLayers: layers, heads: heads)
  }

  /// Width of one attention head (`C`).
  public var headWidth: Int { width / heads }

  /// Numbers that training changes.
  public var parameterCount: Int {
    let attention = 4 * width * width
    let feedForward = 3 * width * hiddenWidth
    let embedding = (1 + tokenShift) * vocabularySize * width
    let output = vocabularySize * width
    let ownDecoder = decoderLayers * (attention + feedForward + 2 * width) + embedding + width + output
    guard architecture == .encoderDecoder else { return ownDecoder }
    let crossAttention = decoderLayers * (attention + width)
    let encoder = encoderLayers * (attention + feedForward + 2 * width) + embedding + width
    return encoder + width * width + ownDecoder + crossAttention
  }

  /// Throws for the first field whose value cannot be built.
  public func validate() throws(InvalidSetting) {
    try demand(vocabularySize, "vocabularySize", in: 2...1_000_000)
    try demand(width, "width", in: 16...16_384)
    try demand(decoderLayers, "decoderLayers", in: 1...256)
    switch architecture {
    case .encoderDecoder: try demand(encoderLayers, "encoderLayers", in: 1...256)
    case .decoderOnly:
      if encoderLayers != 0 { throw failure("encoderLayers", encoderLayers, "a decoderOnly model has 0") }
    }
    try demand(heads, "heads", in: 1...width)
    try demand(hiddenWidth, "hiddenWidth", in: 16...65_536)
    try demand(tokenShift, "tokenShift", in: 0...8)
    if width % 16 != 0 { throw failure("width", width, "use a multiple of 16") }
    if hiddenWidth % 16 != 0 { throw failure("hiddenWidth", hiddenWidth, "use a multiple of 16") }
    if width % heads != 0 || (width / heads) % 8 != 0 {
      let accepted = (1...width / 8).filter { width % $0 == 0 && (width / $0) % 8 == 0 }.suffix(8)
      let list = accepted.map(String.init).joined(separator: ", ")
      throw failure(
        "heads", heads, "heads of width \(width) must be a multiple of 8 wide: use one of \(list)")
    }
  }

  private func demand(_ value: Int, _ field: String, in range: ClosedRange<Int>) throws(InvalidSetting) {
    if !range.contains(value) {
      throw failure(field, value, "use \(range.lowerBound) to \(range.upperBound)")
    }
  }

  private func failure(_ field: String, _ value: Int, _ fix: String) -> InvalidSetting {
    InvalidSetting(field: field, value: String(value), fix: fix)
  }
}
