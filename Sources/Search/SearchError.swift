import Words

/// What is wrong with words, prompts or settings from outside. A wrong response is no error: see `Fault`.
public enum SearchError: Error, Equatable, Sendable, CustomStringConvertible {
  /// `position` counts the words of the text from 0.
  case unknownWord(word: String, position: Int, nearest: String?)
  /// `position` counts the tokens of the prompt from 0.
  case badPrompt(position: Int, reason: String)
  /// `line` and `column` count the characters of a drawn level from 1.
  case badLevel(line: Int, column: Int, reason: String)
  case unsolvable
  case invalidSetting(name: String, value: String, requirement: String)

  public init(_ unknown: UnknownWord) {
    self = .unknownWord(word: unknown.word, position: unknown.position, nearest: unknown.nearest)
  }

  public var description: String {
    switch self {
    case .unknownWord(let word, let position, let nearest):
      UnknownWord(word: word, position: position, nearest: nearest).description
    case .badPrompt(let position, let reason): "token \(position): \(reason)"
    case .badLevel(let line, let column, let reason): "line \(line), column \(column): \(reason)"
    case .unsolvable: "no way leads from the start to the goal"
    case .invalidSetting(let name, let value, let requirement): "\(name): \(value), but \(requirement)"
    }
  }
}
