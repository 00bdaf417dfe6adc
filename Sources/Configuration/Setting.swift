/// One key of the configuration: its name, meaning and range, and where `Root` has its value.
///
/// The list of all keys, `ConfigurationTable`, drives the parser, the JSON Schema and the resolved JSON, so
/// that none of the three can know a key that the others do not know.
struct Setting<Root: Sendable>: Sendable {
  enum Default: Sendable {
    /// The value of the structs.
    case constant
    case required
    /// Another way to write keys of the list; never written out.
    case shorthand
    /// Follows from other keys, in words and in code.
    case derived(String, from: [String], @Sendable (Root) -> Int)
    /// Set by the `load` of the kind; in words.
    case loaded(String)
  }

  /// From the outermost section to the key.
  let path: [String]
  let kind: SettingKind
  let unit: String?
  let summary: String
  var defaultRule = Default.constant
  /// The keys that a shorthand replaces.
  var replaces: [String] = []
  /// Earlier words of a choice and the words of today; they are read and never written.
  var aliases: [String: String] = [:]
  /// False for a key that only changes speed or says where something is. Such a key is not part of the digest
  /// and may change within a run.
  var affectsResults = true
  /// True if the value may grow on an existing run.
  var mayBeRaised = false
  /// True for a key of the domain that an evaluation set may have of its own.
  var mayVaryBySet = false
  let read: @Sendable (Root) -> ConfigurationValue
  let write: @Sendable (inout Root, ConfigurationValue) -> Void

  /// `rounds.samples`.
  var name: String { path.joined(separator: ".") }
  var key: String { path[path.count - 1] }
  var section: [String] { Array(path.dropLast()) }

  var isShorthand: Bool {
    if case .shorthand = defaultRule { true } else { false }
  }

  var isRequired: Bool {
    if case .required = defaultRule { true } else { false }
  }
}

/// A key as the parser, the schema and the resolved JSON see it.
typealias ConfigurationField = Setting<RunConfiguration>

/// The path of a key's name: `rounds.samples` is `["rounds", "samples"]`.
func keyPath(_ name: String) -> [String] { name.split(separator: ".").map(String.init) }

// MARK: - Keys of a part

/// Where a larger value has a part, if it has it: the settings of one kind in `DomainConfiguration`.
struct Part<Whole: Sendable, Value: Sendable>: Sendable {
  let get: @Sendable (Whole) -> Value?
  let put: @Sendable (inout Whole, Value) -> Void
  /// Read where the whole has another part instead; no key is used there.
  let fallback: Value
}

extension Setting {
  /// The key of a part as a key of the whole.
  func lifted<Whole>(to part: Part<Whole, Root>) -> Setting<Whole> {
    let (own, change) = (read, write)
    var setting = Setting<Whole>(
      path: path, kind: kind, unit: unit, summary: summary,
      read: { own(part.get($0) ?? part.fallback) },
      write: { whole, value in
        guard var inner = part.get(whole) else { return }
        change(&inner, value)
        part.put(&whole, inner)
      })
    setting.defaultRule = defaultOfWhole(part)
    setting.replaces = replaces
    setting.aliases = aliases
    setting.affectsResults = affectsResults
    setting.mayBeRaised = mayBeRaised
    setting.mayVaryBySet = mayVaryBySet
    return setting
  }

  private func defaultOfWhole<Whole>(_ part: Part<Whole, Root>) -> Setting<Whole>.Default {
    switch defaultRule {
    case .constant: .constant
    case .required: .required
    case .shorthand: .shorthand
    case .derived(let rule, let names, let value):
      .derived(rule, from: names) { value(part.get($0) ?? part.fallback) }
    case .loaded(let rule): .loaded(rule)
    }
  }
}
