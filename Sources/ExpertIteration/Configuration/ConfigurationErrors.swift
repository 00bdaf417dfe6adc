import Search

/// One mistake in a configuration: its place and what to do about it.
public struct ConfigurationMistake: Error, Sendable, Equatable {
  /// Counted from 1; 0: the command line's `--set`, `--seed` or `--rounds`.
  public let line: Int
  public let column: Int
  public let message: String

  init(_ position: TextPosition, _ message: String) {
    line = position.line
    column = position.column
    self.message = message
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

/// The candidate nearest to `word` by `editDistance`, letter case and underscores aside, or the first
/// that contains it; nil: none is near.
func nearest(to word: String, among candidates: [String]) -> String? {
  func plain(_ text: String) -> [Character] { text.lowercased().filter { $0 != "_" && $0 != "-" } }
  let target = plain(String(word.prefix(64)))
  let ranked = candidates.map { (distance: editDistance(target, plain($0)), candidate: $0) }
  guard let best = ranked.min(by: { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }) else {
    return nil
  }
  if best.distance <= max(1, target.count / 3) { return best.candidate }
  guard target.count >= 4 else { return nil }
  return candidates.first { String(plain($0)).contains(String(target)) }
}
