import Configuration
import Search

extension DomainConfiguration {
  /// The kinds that a command line names by their size; the others are read from a configuration.
  public static var boards: [String] { DomainKind.boards }

  /// A domain by the words of a command line. Throws `ReadingError.unknownName` with the known names.
  public init(kind: String, width: Int, height: Int, grammar: String?) throws {
    switch Self(kind: kind) {
    case .maze(var settings):
      (settings.width, settings.height) = (width, height)
      if let grammar { settings.grammar = try Self.value(grammar, option: "--grammar") }
      self = .maze(settings)
    case .sokoban(var settings):
      // Boxes and inner walls decide what is drawn, not what a prompt may hold.
      (settings.width, settings.height) = (width, height)
      self = .sokoban(settings)
    default: throw ReadingError.unknownName(option: "--domain", name: kind, known: Self.boards)
    }
  }

  /// With another order of A* among equally promising nodes; nil: as it is. Throws
  /// `ReadingError.unknownName`.
  public func ordered(_ order: String?) throws -> DomainConfiguration {
    guard let order else { return self }
    let tieBreak: TieBreak = try Self.value(order, option: "--order")
    switch self {
    case .maze(var settings):
      settings.tieBreak = tieBreak
      return .maze(settings)
    case .sokoban(var settings):
      settings.tieBreak = tieBreak
      return .sokoban(settings)
    default: return self
    }
  }

  public static var grammars: [String] { MazeGrammar.allCases.map(\.rawValue) }

  /// Orders of A* among equally promising nodes.
  public static var orders: [String] { TieBreak.allCases.map(\.rawValue) }

  private static func value<Value: RawRepresentable & CaseIterable>(
    _ name: String, option: String
  ) throws -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: name) else {
      throw ReadingError.unknownName(option: option, name: name, known: Value.allCases.map(\.rawValue))
    }
    return value
  }
}
