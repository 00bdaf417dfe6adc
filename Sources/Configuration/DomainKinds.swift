/// The kinds of domains that there are.
extension DomainKind {
  static let all = [maze, sokoban] + SerialKind.all + [external, text]

  /// The one that a configuration is read as if it names none or an unknown one.
  static let first = maze

  /// The kinds that a command line names by their size; the others are read from a configuration.
  public static let boards = [maze, sokoban].map(\.name)
}

extension DomainConfiguration {
  /// The names that `domain.kind` may have.
  public static let kinds = DomainKind.all.map(\.name)

  /// A kind with its defaults; nil if there is no such kind.
  public init?(kind: String) {
    guard let known = DomainKind.all.first(where: { $0.name == kind }) else { return nil }
    self = known.defaults
  }

  public var kind: DomainKind {
    switch self {
    case .maze: .maze
    case .sokoban: .sokoban
    case .serial(let settings): SerialKind.kind(of: settings.problem)
    case .external: .external
    case .text: .text
    }
  }

  /// The values of the domain's keys by key, as people read them: texts without quotes, the rest as JSON.
  public var values: [String: String] {
    Dictionary(kind.fields.map { ($0.key, $0.read(self).bare) }) { first, _ in first }
  }
}

extension RunConfiguration {
  /// A small complete configuration to start from, for `shorten init`; nil if there is no such kind. The
  /// other keys have defaults.
  public static func starter(kind: String) -> String? {
    DomainKind.all.first { $0.name == kind }?.starter
  }
}
