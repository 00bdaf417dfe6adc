import Outside
import Search
import Words

/// Which tasks a run is about, with their settings.
///
/// A further kind of domain is a case here, a `DomainKind` with its keys, and its settings in `Search`.
/// The kinds from outside, `external` and `text`, have theirs in `Outside`.
public enum DomainConfiguration: Sendable, Equatable {
  case maze(MazeSettings)
  case sokoban(SokobanSettings)
  case serial(SerialSettings)
  case external(ExternalSettings)
  case text(TextSettings)

  /// The domain. One from outside gets the given verifier, or by default a verifier of its own; the others
  /// need none. Throws `SearchError` for settings that cannot be used.
  public func makeDomain(verifier: (any Verifier)? = nil) throws -> any Domain {
    switch self {
    case .maze(let settings): try MazeDomain(settings)
    case .sokoban(let settings): try SokobanDomain(settings)
    case .serial(let settings): try settings.makeDomain()
    case .external(let settings): settings.makeDomain(verifier: verifier)
    case .text(let settings): settings.makeDomain(verifier: verifier)
    }
  }

  /// The verifier that a domain from outside needs, not started yet: make one and give it to the domain of
  /// the run and of each of its sets. nil for the other domains. `onNotice` hears of each restart of its
  /// process.
  public func makeVerifier(
    environment: ProcessEnvironment = .current, onNotice: @escaping @Sendable (String) -> Void = { _ in }
  ) -> (any Verifier)? {
    switch self {
    case .external(let settings): settings.makeVerifier(environment: environment, onNotice: onNotice)
    case .text(let settings): settings.makeVerifier(environment: environment, onNotice: onNotice)
    case .maze, .sokoban, .serial: nil
    }
  }

  /// Whether answers are judged by a program outside this one, which can be slow, wrong or gone.
  public var hasVerifier: Bool {
    switch self {
    case .external, .text: true
    case .maze, .sokoban, .serial: false
    }
  }

  /// Where the task of a domain from outside with this prompt is: `tasks.jsonl:12`; nil if there is none.
  public func place(of prompt: Writing) -> String? {
    switch self {
    case .external(let settings): settings.place(of: prompt)
    case .text(let settings): settings.place(of: prompt)
    case .maze, .sokoban, .serial: nil
    }
  }

  /// Tokens that hold every usual response of the reference: the default of `sampler.maximumLength`.
  public var longestUsualResponse: Int {
    switch self {
    case .maze(let settings): settings.longestUsualResponse
    case .sokoban(let settings): settings.longestUsualResponse
    case .serial(let settings): settings.longestUsualResponse
    case .external(let settings): settings.longestResponse
    case .text(let settings): settings.longestResponse
    }
  }

  /// Which of several equally promising states the reference closes first; nil if it does not search.
  var tieBreak: TieBreak? {
    switch self {
    case .maze(let settings): settings.tieBreak
    case .sokoban(let settings): settings.tieBreak
    case .serial, .external, .text: nil
    }
  }
}

/// The settings of each kind; nil for a domain of another kind. Setting them to nil changes nothing.
extension DomainConfiguration {
  public var maze: MazeSettings? {
    get { if case .maze(let settings) = self { settings } else { nil } }
    set { if let newValue { self = .maze(newValue) } }
  }

  public var sokoban: SokobanSettings? {
    get { if case .sokoban(let settings) = self { settings } else { nil } }
    set { if let newValue { self = .sokoban(newValue) } }
  }

  public var serial: SerialSettings? {
    get { if case .serial(let settings) = self { settings } else { nil } }
    set { if let newValue { self = .serial(newValue) } }
  }

  public var external: ExternalSettings? {
    get { if case .external(let settings) = self { settings } else { nil } }
    set { if let newValue { self = .external(newValue) } }
  }

  public var text: TextSettings? {
    get { if case .text(let settings) = self { settings } else { nil } }
    set { if let newValue { self = .text(newValue) } }
  }
}
