import Outside

/// Reads the file that `base.weights` names. A configuration can be read without the network, so whoever has
/// one passes this to the parser.
public protocol StartingWeightsInspector: Sendable {
  /// The absolute path and the SHA-256 of the file that `base.weights` names; relative paths start from
  /// `directory`. Throws why the file cannot be used with this configuration: it is gone, it is no weights,
  /// or the weights are of another network or of other words. nil: the file may be gone (`mayBeGone`), and
  /// is.
  func inspect(
    _ configuration: RunConfiguration, in directory: String, mayBeGone: Bool
  ) throws(Refusal) -> StartingWeightsFile?
}

/// The file that `base.weights` names, as it was found.
public struct StartingWeightsFile: Sendable, Equatable {
  /// Absolute.
  public let path: String
  public let sha256: String

  public init(path: String, sha256: String) {
    self.path = path
    self.sha256 = sha256
  }
}

/// Refuses every file: for readers that have no network.
public struct NoStartingWeights: StartingWeightsInspector {
  public init() {}

  public func inspect(
    _ configuration: RunConfiguration, in directory: String, mayBeGone: Bool
  ) throws(Refusal) -> StartingWeightsFile? {
    throw Refusal("\(configuration.base.weights) cannot be read here, where there is no network")
  }
}

/// Which of the files that a configuration names are read with it.
public enum LoadedFiles: Sendable {
  /// All of them: a run is to begin.
  case all(weights: any StartingWeightsInspector)
  /// All of them, but `base.weights` may be gone: an existing run is to continue.
  case further(weights: any StartingWeightsInspector)
  /// Only those that its domain needs: a run is to be read.
  case tasks
  /// None: the configuration is only compared.
  case nothing

  /// Whether programs that it names are looked up.
  var looksForPrograms: Bool { weights != nil }

  /// Whether nothing has been done with this configuration yet.
  var begins: Bool { if case .all = self { true } else { false } }

  var readsTasks: Bool { if case .nothing = self { false } else { true } }

  var weights: (any StartingWeightsInspector)? {
    switch self {
    case .all(let weights), .further(let weights): weights
    case .tasks, .nothing: nil
    }
  }
}
