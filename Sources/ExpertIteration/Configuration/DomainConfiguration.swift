import Search

/// Which problems a run is about, with their settings: with `DomainKind` the one place that knows the kinds of
/// `Domain`.
public enum DomainConfiguration: Sendable, Equatable {
  case maze(MazeSettings)
  case sokoban(SokobanSettings)
  case serial(SerialSettings)
  case external(ExternalSettings)

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
    case .sokoban: .sokoban
    case .serial(let settings): SerialKind.family(of: settings.problem)
    case .external: .external
    }
  }

  public var kind: String { family.name }

  public func makeDomain() throws -> any Domain {
    switch self {
    case .maze(let settings): try MazeDomain(settings)
    case .sokoban(let settings): try SokobanDomain(settings)
    case .serial(let settings): try settings.makeDomain()
    case .external(let settings): settings.makeDomain()
    }
  }

  /// Tokens that hold every usual response of the reference: a default for `sampler.maximumLength`.
  var longestUsualResponse: Int {
    switch self {
    case .maze(let settings): settings.longestUsualResponse
    case .sokoban(let settings): settings.longestUsualResponse
    case .serial(let settings): settings.longestUsualResponse
    case .external(let settings): settings.list?.longestResponse ?? 1
    }
  }

  /// Which of several equally promising states the reference closes first; nil: it does not search.
  var tieBreak: TieBreak? {
    switch self {
    case .maze(let settings): settings.tieBreak
    case .sokoban(let settings): settings.tieBreak
    case .serial, .external: nil
    }
  }
}

extension RunConfiguration {
  /// The words in which one speaks of the run's domain.
  public func terms() throws -> DomainTerms { try domain.makeDomain().terms }
}

/// For the rows of each kind, which are used with that kind only.
extension DomainConfiguration {
  var maze: MazeSettings {
    get {
      guard case .maze(let settings) = self else { preconditionFailure("a maze's key on \(kind)") }
      return settings
    }
    set { self = .maze(newValue) }
  }

  var sokoban: SokobanSettings {
    get {
      guard case .sokoban(let settings) = self else { preconditionFailure("a level's key on \(kind)") }
      return settings
    }
    set { self = .sokoban(newValue) }
  }

  var serial: SerialSettings {
    get {
      guard case .serial(let settings) = self else { preconditionFailure("a serial task's key on \(kind)") }
      return settings
    }
    set { self = .serial(newValue) }
  }

  var external: ExternalSettings {
    get {
      guard case .external(let settings) = self else { preconditionFailure("an external key on \(kind)") }
      return settings
    }
    set { self = .external(newValue) }
  }
}
