/// A family of problems as a configuration sees it: its keys under `domain`, and what must hold between them.
/// A further family is a value here, a case of `DomainConfiguration` and its settings in `Search`.
struct DomainKind: Sendable {
  /// As in `domain.kind`.
  let name: String
  /// The smallest board stands in for a size that must be given.
  let defaults: DomainConfiguration
  /// The keys under `domain` beside `kind`.
  let fields: [ConfigurationField]
  /// What an evaluation set must pass as well, with its domain in place of the run's.
  let checks: [ConfigurationCheck]
  /// What only the run itself must pass.
  let trainingChecks: [ConfigurationCheck]
  /// A small configuration file.
  let starter: String
  /// Reads the files that a configuration names, from the directory it lies in; what is wrong with them, and
  /// the key to say it at. nil: it names none.
  var load:
    (@Sendable (inout RunConfiguration, _ directory: String, LoadedFiles) -> (key: String, problem: String)?)?

  func has(_ key: String) -> Bool { fields.contains { $0.key == key } }

  static let all = [maze, sokoban] + SerialKind.all + [external]

  /// The one that a configuration is read as where it does not say, or says something else.
  static let first = maze
}
