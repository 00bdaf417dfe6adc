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

  /// Bytes that are no UTF-8 become U+FFFD; such a response is judged as it then reads.
  public func writing(of tokens: [Token]) -> Writing {
    switch self {
    case .words: .words(tokens)
    case .bytes: .text(String(decoding: tokens.map { UInt8(truncatingIfNeeded: $0 - 2) }, as: UTF8.self))
    }
  }

  /// Between `bos` and `eos`, as the network reads it.
  func framed(_ writing: Writing) -> [Token] {
    [Vocabulary.bos] + tokens(of: writing) + [Vocabulary.eos]
  }
}
