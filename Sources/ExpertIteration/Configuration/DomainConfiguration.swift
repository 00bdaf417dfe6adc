import Search

/// Which problems a run is about, with their settings: the one place that knows the kinds of `Domain`. A
/// further kind is a case here, its settings in `Search` and its rows in `ConfigurationField`.
public enum DomainConfiguration: Sendable, Equatable {
  case maze(MazeSettings)

  /// Each kind with its defaults; the smallest board stands in for a size that must be given.
  private static let defaults: [Self] = [.maze(MazeSettings(width: 3, height: 3))]

  /// The names that `domain.kind` may have.
  public static let kinds = defaults.map(\.kind)

  /// The kind a configuration is read from before its own is known.
  static let first = defaults[0]

  /// A kind with its defaults; nil: no such kind.
  init?(kind: String) {
    guard let known = Self.defaults.first(where: { $0.kind == kind }) else { return nil }
    self = known
  }

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

  /// A small configuration file of this kind.
  var starter: String {
    switch self {
    case .maze: Self.mazeStarter
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
