import Search

/// Which problems a run is about, with their settings: with `DomainKind` the one place that knows the kinds of
/// `Domain`.
public enum DomainConfiguration: Sendable, Equatable {
  case maze(MazeSettings)

  /// The names that `domain.kind` may have.
  public static let kinds = DomainKind.all.map(\.name)

  /// A kind with its defaults; nil: no such kind.
  init?(kind: String) {
    guard let known = DomainKind.all.first(where: { $0.name == kind }) else { return nil }
    self = known.defaults
  }

  var family: DomainKind {
    switch self {
    case .maze: .maze
    }
  }

  public var kind: String { family.name }

  public func makeDomain() throws -> any Domain {
    switch self {
    case .maze(let settings): try MazeDomain(settings)
    }
  }

  /// Tokens that hold every usual response of A*: a default for `sampler.maximumLength`.
  var longestUsualResponse: Int {
    switch self {
    case .maze(let settings): settings.longestUsualResponse
    }
  }

  /// For the fields of the table, which are only used with this kind.
  var maze: MazeSettings {
    get {
      switch self {
      case .maze(let settings): settings
      }
    }
    set { self = .maze(newValue) }
  }
}
