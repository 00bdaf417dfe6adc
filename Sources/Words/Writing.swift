/// A prompt, a trace or an answer: as text, or as the numbers of a domain's words.
///
///     Writing.text("3 + 5 = 8\n") + .text("Answer: 8")
///     Writing.words([4, 7]) + .words([9])                  // .words([4, 7, 9])
///
/// Two texts are equal only if their UTF-8 bytes are: "é" as one scalar and as two are different texts.
public enum Writing: Sendable {
  case text(String)
  case words([Token])
}

extension Writing: Hashable {
  public static func == (one: Self, other: Self) -> Bool {
    switch (one, other) {
    case (.text(let one), .text(let other)): one.utf8.elementsEqual(other.utf8)
    case (.words(let one), .words(let other)): one == other
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .text(let text):
      hasher.combine(0)
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    case .words(let words):
      hasher.combine(1)
      hasher.combine(words)
    }
  }
}

extension Writing {
  /// One after the other, nothing between them. Both are texts, or both are words; traps otherwise.
  public static func + (one: Self, other: Self) -> Self {
    switch (one, other) {
    case (.text(let one), .text(let other)): return .text(one + other)
    case (.words(let one), .words(let other)): return .words(one + other)
    default: preconditionFailure("a text and numbers of words cannot be joined")
    }
  }

  public var isEmpty: Bool {
    switch self {
    case .text(let text): text.utf8.isEmpty
    case .words(let words): words.isEmpty
    }
  }

  /// Traps if this is a text.
  public var words: [Token] {
    guard case .words(let words) = self else { preconditionFailure("a text has no numbers of words") }
    return words
  }

  /// Traps if this is made of words: only a vocabulary can spell them.
  public var text: String {
    guard case .text(let text) = self else { preconditionFailure("numbers of words are no text") }
    return text
  }
}

extension Vocabulary {
  /// The numbers of a writing's words. A text may come from anywhere, so its unknown words become -1.
  public func tokens(of writing: Writing) -> [Token] {
    switch writing {
    case .words(let words): words
    case .text(let text): tokens(of: text, replacingUnknownBy: -1)
    }
  }

  /// The text of a writing; a text is its own, byte for byte.
  public func text(of writing: Writing) -> String {
    switch writing {
    case .words(let words): text(of: words)
    case .text(let text): text
    }
  }
}
