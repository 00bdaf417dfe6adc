import Determinism

/// The number of a word in a `Vocabulary`.
public typealias Token = Int32

/// The words a domain writes in and their numbers: `bos` is 0, `eos` is 1, the rest follow in byte order.
///
///     let vocabulary = Vocabulary(words: ["wall", "c10", "c2"])
///     try vocabulary.tokens(of: "c2 wall")        // [3, 4]: bos eos c10 c2 wall
///     vocabulary.text(of: [3, 4])                 // "c2 wall"
public struct Vocabulary: Sendable, Equatable {
  public static let bos: Token = 0
  public static let eos: Token = 1

  /// The word of each token, `bos` and `eos` included.
  public let words: [String]
  /// SHA-256 of the words, joined by newlines. Two vocabularies with the same digest number alike.
  public let digest: String
  private let numbers: [String: Token]

  /// `words` without `bos` and `eos`, in any order, each once. Traps on a repeated word and on white space.
  public init(words: some Sequence<String>) {
    let sorted = words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let isPlain = sorted.allSatisfy { !$0.isEmpty && !$0.contains(where: \.isWhitespace) }
    precondition(isPlain, "a word is empty or has white space")
    self.words = ["bos", "eos"] + sorted
    digest = SHA256.hexDigest(of: self.words.joined(separator: "\n"))
    numbers = Dictionary(uniqueKeysWithValues: zip(self.words, Token(0)...))
  }

  public var count: Int { words.count }

  /// nil: the word is unknown.
  public func token(_ word: String) -> Token? { numbers[word] }

  /// The word of a token; `<n>` for a number outside the vocabulary.
  public func word(_ token: Token) -> String {
    words.indices.contains(Int(token)) ? words[Int(token)] : "<\(token)>"
  }

  public static func == (one: Vocabulary, other: Vocabulary) -> Bool { one.digest == other.digest }
}

// MARK: - Texts

extension Vocabulary {
  /// The tokens of words separated by white space. Throws at the first unknown word.
  public func tokens(of text: some StringProtocol) throws(UnknownWord) -> [Token] {
    var tokens: [Token] = []
    for (position, word) in Self.pieces(of: text).enumerated() {
      guard let token = numbers[word] else { throw unknown(word, at: position) }
      tokens.append(token)
    }
    return tokens
  }

  /// The same for text that is to be judged, not trusted: an unknown word becomes `replacement`.
  public func tokens(of text: some StringProtocol, replacingUnknownBy replacement: Token) -> [Token] {
    Self.pieces(of: text).map { numbers[$0] ?? replacement }
  }

  /// The error that `tokens(of:)` would throw for the word at `position` of a text; nil: the word is known,
  /// or the text ends before it.
  public func unknownWord(in text: some StringProtocol, at position: Int) -> UnknownWord? {
    let pieces = Self.pieces(of: text)
    guard pieces.indices.contains(position), numbers[pieces[position]] == nil else { return nil }
    return unknown(pieces[position], at: position)
  }

  /// The words of `tokens`, joined by one space.
  public func text(of tokens: some Sequence<Token>) -> String {
    var text = ""
    for token in tokens {
      if !text.isEmpty { text += " " }
      text += word(token)
    }
    return text
  }

  /// The pieces of a text between spaces, tabs and line ends.
  public static func pieces(of text: some StringProtocol) -> [String] {
    String(text).utf8.split { $0 == UInt8(ascii: " ") || (9...13).contains($0) }.map { String(Substring($0)) }
  }

  private func unknown(_ word: String, at position: Int) -> UnknownWord {
    UnknownWord(word: word, position: position, nearest: nearest(to: word))
  }

  /// The word with the fewest edits to `word`, the first of equals; nil: no word is near.
  private func nearest(to word: String) -> String? {
    guard word.utf8.count <= 40 else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in words.dropFirst(2) {
      let distance = editDistance(Array(word.utf8), Array(candidate.utf8))
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(1, word.utf8.count / 2) else { return nil }
    return best.word
  }
}

/// A word that a vocabulary does not have.
public struct UnknownWord: Error, Sendable, Equatable, CustomStringConvertible {
  public let word: String
  /// Counts the words of the text from 0.
  public let position: Int
  /// The word of the vocabulary that was probably meant; nil: none is near.
  public let nearest: String?

  public init(word: String, position: Int, nearest: String?) {
    self.word = word
    self.position = position
    self.nearest = nearest
  }

  public var description: String {
    "token \(position): \"\(word)\" is not a word of this vocabulary"
      + (nearest.map { "; the nearest is \"\($0)\"" } ?? "")
  }
}
