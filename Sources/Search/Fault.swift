/// The first thing wrong with a response and where: `token 17: the plan enters the wall at 2 0`.
public struct Fault: Sendable, Equatable, CustomStringConvertible {
  /// A kind of fault by the word that is stored for it. The kinds of each domain are in its folder.
  public struct Kind: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// Where a fault is in a response. Where something is missing at the end, one past the last.
  public enum Place: Sendable, Equatable {
    /// Counted from 0, as are characters.
    case word(Int)
    case character(Int)
    /// Of what a verifier from outside says.
    case unknown
  }

  public let kind: Kind
  public let place: Place
  /// What is wrong, for people.
  public let detail: String

  public init(kind: Kind, place: Place, detail: String) {
    self.kind = kind
    self.place = place
    self.detail = detail
  }

  public var description: String {
    switch place {
    case .word(let index): "token \(index): \(detail)"
    case .character(let index): "character \(index): \(detail)"
    case .unknown: detail
    }
  }
}

/// Faults that a response to any task can have.
extension Fault.Kind {
  /// The task itself cannot be read; nothing answers it.
  public static let badPrompt = Self(rawValue: "badPrompt")
  public static let notTerminated = Self(rawValue: "notTerminated")
  public static let missingAnswer = Self(rawValue: "missingAnswer")
}

// MARK: - Faults at words

extension Fault {
  init(kind: Kind, word: Int, detail: String) {
    self.init(kind: kind, place: .word(word), detail: detail)
  }

  /// Of a prompt that cannot be read.
  static func badPrompt(_ error: SearchError) -> Fault {
    Fault(kind: .badPrompt, word: 0, detail: "prompt, \(error)")
  }

  /// Of a response of `count` words that was cut.
  static func cut(after count: Int) -> Fault {
    Fault(kind: .notTerminated, word: count, detail: "the response was cut before its end")
  }

  func isAt(_ words: some RangeExpression<Int>) -> Bool {
    if case .word(let index) = place { words.contains(index) } else { false }
  }
}
