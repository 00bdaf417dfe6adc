import JSON

/// One mistake in a configuration: its place and what to do about it.
public struct ConfigurationMistake: Error, Sendable, Equatable {
  /// Counted from 1; 0 for a setting of the command line (`--set`, `--seed`, `--rounds`).
  public let line: Int
  public let column: Int
  public let message: String

  init(_ position: TextPosition, _ message: String) {
    line = position.line
    column = position.column
    self.message = message
  }

  init(_ mistake: JSONMistake) {
    self.init(mistake.position, mistake.message)
  }

  init(_ repeated: JSONDocument.RepeatedKey) {
    self.init(
      repeated.position,
      "the key \"\(repeated.key)\" is already on line \(repeated.first.line); remove one of the two")
  }
}

/// Every mistake of one configuration file, in the order of the text.
///
///     maze.json:14:9: error: unknown key "learing_rate" in "base" (did you mean "learningRate"?)
///     maze.json:17:15: error: "temperature" is 0; allowed: greater than 0, at most 10
public struct ConfigurationErrors: Error, Sendable, Equatable, CustomStringConvertible {
  public let file: String
  public let mistakes: [ConfigurationMistake]

  init(file: String, mistakes: [ConfigurationMistake]) {
    self.file = file
    self.mistakes = mistakes.enumerated().sorted {
      ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
    }.map(\.element)
  }

  public var description: String {
    mistakes.map {
      let place = $0.line == 0 ? "with the command line's settings" : "\($0.line):\($0.column)"
      return "\(file):\(place): error: \($0.message)"
    }.joined(separator: "\n")
  }
}
