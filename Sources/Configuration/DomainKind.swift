import Search

/// A kind of domain as a configuration sees it: its keys under `domain` and what must hold between them.
///
/// It is made of values. A further kind is one more of them in `DomainKind.all`, a case of
/// `DomainConfiguration` and its settings in `Search`.
public struct DomainKind: Sendable {
  /// As in `domain.kind`.
  public let name: String
  /// A board has its smallest size, which must be given.
  let defaults: DomainConfiguration
  /// The keys under `domain` in addition to `kind`.
  let fields: [Setting<DomainConfiguration>]
  /// What an evaluation set must pass too, with its domain instead of the run's.
  let checks: [DomainCheck]
  /// What only the run itself must pass.
  let trainingChecks: [DomainCheck]
  /// What a run must pass when it begins, and need not when it is read or continued.
  let beginningChecks: [DomainCheck]
  /// A small configuration file.
  let starter: String
  /// Reads the files that the settings name, and looks for the programs if asked to; relative paths start
  /// from `directory`. What is wrong with them, and its key. nil if the kind names no files.
  let load: (@Sendable (inout DomainConfiguration, _ directory: String, Bool) -> SettingProblem?)?

  init<Settings>(
    name: String, defaults: Settings, in part: Part<DomainConfiguration, Settings>,
    fields: [Setting<Settings>], checks: [KindCheck<Settings>], trainingChecks: [KindCheck<Settings>],
    beginningChecks: [KindCheck<Settings>] = [], starter: String,
    load: (@Sendable (inout Settings, String, Bool) -> SettingProblem?)? = nil
  ) {
    var configuration = DomainConfiguration.maze(MazeSettings(width: 3, height: 3))
    part.put(&configuration, defaults)
    self.name = name
    self.defaults = configuration
    self.fields = fields.map { $0.lifted(to: part) }
    self.checks = checks.map { $0.lifted(to: part) }
    self.trainingChecks = trainingChecks.map { $0.lifted(to: part) }
    self.beginningChecks = beginningChecks.map { $0.lifted(to: part) }
    self.starter = starter
    guard let load else {
      self.load = nil
      return
    }
    self.load = { configuration, directory, looksForPrograms in
      guard var settings = part.get(configuration) else { return nil }
      let problem = load(&settings, directory, looksForPrograms)
      part.put(&configuration, settings)
      return problem
    }
  }

  func has(_ key: String) -> Bool { fields.contains { $0.key == key } }
}

/// A condition on the settings of one kind.
struct KindCheck<Settings: Sendable>: Sendable {
  /// The keys involved, first the one where a problem without a key is reported.
  let keys: [String]
  let problem: @Sendable (Settings, DomainTrial) -> SettingProblem?

  init(keys: [String], _ problem: @escaping @Sendable (Settings, DomainTrial) -> String?) {
    self.keys = keys
    self.problem = { problem($0, $1).map { SettingProblem(text: $0) } }
  }

  /// What the domain itself says of its settings, at the key that it names.
  init(ofDomainWith keys: [String]) {
    self.keys = keys
    problem = { _, trial in
      guard case .failure(SearchError.invalidSetting(let key, let value, let requirement)) = trial.result,
        keys.contains("domain.\(key)")
      else { return nil }
      return SettingProblem(key: "domain.\(key)", text: "\"\(key)\" is \(value); \(requirement)")
    }
  }

  func lifted(to part: Part<DomainConfiguration, Settings>) -> DomainCheck {
    DomainCheck(keys: keys) { trial in
      part.get(trial.settings).flatMap { problem($0, trial) }
    }
  }
}
