import Search

extension DomainConfiguration {
  /// A domain by the words of a command line. Throws `ReadingError.unknownName` with the known names.
  public init(kind: String, width: Int, height: Int, grammar: String?, order: String?) throws {
    guard let domain = Self(kind: kind) else {
      throw ReadingError.unknownName(option: "--domain", name: kind, known: Self.drawnKinds)
    }
    switch domain {
    case .maze(var settings):
      (settings.width, settings.height) = (width, height)
      if let grammar { settings.grammar = try Self.value(grammar, option: "--grammar") }
      if let order { settings.tieBreak = try Self.value(order, option: "--order") }
      self = .maze(settings)
    case .sokoban(var settings):
      (settings.width, settings.height) = (width, height)
      // Boxes and inner walls decide what is drawn, not what a prompt may hold.
      if let order { settings.tieBreak = try Self.value(order, option: "--order") }
      self = .sokoban(settings)
    case .external:
      throw ReadingError.unknownName(option: "--domain", name: kind, known: Self.drawnKinds)
    }
  }

  /// The kinds that need no files.
  public static var drawnKinds: [String] { DomainKind.all.filter { $0.load == nil }.map(\.name) }

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
