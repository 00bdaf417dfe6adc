import Search

/// Which problems a run is about, with their settings: the one switch from a config's name to a `Domain`.
public enum DomainConfiguration: Sendable, Equatable {
  case maze(MazeSettings)

  /// The names that `domain.kind` may have.
  public static let kinds = ["maze"]

  public var kind: String {
    switch self {
    case .maze: "maze"
    }
  }

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
