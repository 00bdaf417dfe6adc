import Determinism
import Words

/// How the network's numbers become a domain's writing and back: the only place beside a domain of words
/// where the two meet.
///
/// A domain of words is read word by word. Free text is read byte by byte: its tokens are `bos`, `eos` and
/// the 256 bytes.
public enum Codec: Sendable {
  case words(Vocabulary)
  case bytes

  /// `vocabulary` is the domain's; nil: its writing is free text.
  public init(_ vocabulary: Vocabulary?) {
    self = vocabulary.map { .words($0) } ?? .bytes
  }

  /// Tokens the network must have, `bos` and `eos` included.
  public var vocabularySize: Int {
    switch self {
    case .words(let vocabulary): vocabulary.count
    case .bytes: 258
    }
  }

  /// SHA-256 of the words: weights fit a codec of the same digest only.
  public var digest: String {
    switch self {
    case .words(let vocabulary): vocabulary.digest
    case .bytes: SHA256.hexDigest(of: "bos\neos\nbytes 0 to 255")
    }
  }

  /// Words in the order of their tokens, joined by spaces, as an export of the weights names them.
  public var words: String {
    switch self {
    case .words(let vocabulary): vocabulary.text(of: 0..<Token(vocabulary.count))
    case .bytes: (["bos", "eos"] + (0..<256).map { "byte\($0)" }).joined(separator: " ")
    }
  }

  /// Without `bos` and `eos`. Text of unknown words has -1 where one stands.
  public func tokens(of writing: Writing) -> [Token] {
    switch (self, writing) {
    case (.words(let vocabulary), _): vocabulary.tokens(of: writing)
    case (.bytes, .text(let text)): text.utf8.map { Token($0) + 2 }
    case (.bytes, .words): preconditionFailure("free text was expected, not words of a domain")
    }
  }

  /// A byte that is no part of UTF-8, and NUL, which the store cannot hold, becomes U+001A (substitute). That
  /// is one byte too, so a text is as long as what was drawn. Such a response is judged as it then reads.
  public func writing(of tokens: [Token]) -> Writing {
    switch self {
    case .words: .words(tokens)
    case .bytes: .text(Self.text(of: tokens.map { UInt8(truncatingIfNeeded: $0 - 2) }))
    }
  }

  private static func text(of bytes: [UInt8]) -> String {
    if !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) { return text }
    var kept: [UInt8] = []
    var rest = bytes[...]
    while let first = rest.first {
      // As many bytes as the first one announces; whether they are a scalar is asked below.
      let scalar = rest.prefix(first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4)
      let isScalar = first != 0 && String(validating: scalar, as: UTF8.self)?.unicodeScalars.count == 1
      kept += isScalar ? Array(scalar) : [0x1A]
      rest = rest.dropFirst(isScalar ? scalar.count : 1)
    }
    return String(decoding: kept, as: UTF8.self)
  }

  /// Between `bos` and `eos`, as the network reads it.
  func framed(_ writing: Writing) -> [Token] {
    [Vocabulary.bos] + tokens(of: writing) + [Vocabulary.eos]
  }
}
