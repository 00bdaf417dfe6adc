import JSON
import Outside
import Words

/// Turns a JSON document into a configuration and collects what is wrong with it.
struct ConfigurationReader {
  private let root: JSONNode
  /// The keys that a configuration of its kind may have.
  private let fields: [ConfigurationField]
  private let domainFields: [ConfigurationField]
  private let kind: DomainKind
  var mistakes: [ConfigurationMistake]
  /// The places of each given key and of its value.
  private(set) var given: [String: (key: TextPosition, value: TextPosition)] = [:]
  /// Keys whose value could not be used; checks that involve them are left out.
  private(set) var failed: Set<String> = []
  /// `evaluation.sets` as it was given; it is read once the rest of the domain is known.
  private(set) var sets: JSONNode?
  /// Where relative paths of files start.
  private let directory: String
  private let loading: LoadedFiles

  init(
    _ document: JSONDocument, setting overrides: [ConfigurationOverride] = [], in directory: String = ".",
    loading: LoadedFiles = .nothing
  ) {
    root = overrides.reduce(document.root) { $0.setting($1) }
    (self.directory, self.loading) = (directory, loading)
    kind = Self.kind(in: root)
    domainFields = ConfigurationTable.domain(of: kind)
    fields = ConfigurationTable.all(of: kind)
    mistakes = document.repeatedKeys.map(ConfigurationMistake.init)
  }

  /// The kind named by `domain.kind`. If it is missing or unknown, the first kind; the error is reported when
  /// the key itself is read.
  private static func kind(in root: JSONNode) -> DomainKind {
    guard case .string(let name) = root["domain"]?["kind"]?.value else { return .first }
    return DomainKind.all.first { $0.name == name } ?? .first
  }

  mutating func configuration() -> RunConfiguration? {
    guard case .object(let members) = root.value else {
      mistakes.append(.init(root.position, "expected an object of settings, found \(root.summary)"))
      return nil
    }
    var values: [String: ConfigurationValue] = [:]
    read(members, section: [], into: &values)
    reportMissing()
    reportShorthands()
    var configuration = RunConfiguration(domain: kind.defaults)
    for field in fields {
      if let value = values[field.name] { field.write(&configuration, value) }
    }
    load(into: &configuration)
    derive(domainFields, into: &configuration)
    configuration.evaluation.sets = readSets(of: configuration)
    derive(ConfigurationTable.common, into: &configuration)
    loadWeights(into: &configuration)
    let trial = DomainTrial(of: configuration)
    for check in ConfigurationCheck.all(of: kind, beginning: loading.begins)
    where failed.isDisjoint(with: check.keys) {
      guard let problem = check.problem(configuration, trial) else { continue }
      let keys = [problem.key].compactMap(\.self) + check.keys
      mistakes.append(.init(place(of: keys), problem.text))
    }
    return configuration
  }

  private mutating func load(into configuration: inout RunConfiguration) {
    guard loading.readsTasks, let load = kind.load, failed.isDisjoint(with: kind.fields.map(\.name)),
      let problem = load(&configuration.domain, directory, loading.looksForPrograms)
    else { return }
    refuse(problem.key ?? "domain.kind", problem.text)
  }

  /// Looks at `base.weights` if network and domain are right so far.
  private mutating func loadWeights(into configuration: inout RunConfiguration) {
    let involved =
      kind.fields.map(\.name) + ConfigurationTable.common.map(\.name).filter { $0.hasPrefix("model.") }
    guard let inspector = loading.weights, !configuration.base.weights.isEmpty, mistakes.isEmpty,
      failed.isDisjoint(with: involved)
    else { return }
    do throws(Refusal) {
      let found = try inspector.inspect(configuration, in: directory, mayBeGone: !loading.begins)
      guard let found else { return }
      (configuration.base.weights, configuration.base.weightsSHA256) = (found.path, found.sha256)
    } catch {
      refuse("base.weights", error.text)
    }
  }

  private mutating func refuse(_ key: String, _ problem: String) {
    failed.insert(key)
    mistakes.append(.init(place(of: [key]), "\"\(keyPath(key).last ?? key)\": \(problem)"))
  }

  /// Sets the `fields` that are not given but follow from others. One that is out of its range is reported at
  /// the key that it follows from.
  mutating func derive(_ fields: [ConfigurationField], into configuration: inout RunConfiguration) {
    for field in fields where given[field.name] == nil {
      guard case .derived(let rule, let sources, let value) = field.defaultRule else { continue }
      let derived = value(configuration)
      field.write(&configuration, .integer(derived))
      guard case .integer(let range) = field.kind, !range.contains(derived) else { continue }
      failed.insert(field.name)
      guard failed.isDisjoint(with: sources) else { continue }
      let keys = sources.filter { given[$0] != nil }.map { "\"\($0)\"" }.joined(separator: ", ")
      let message =
        "\"\(field.name)\", which follows from \(keys.isEmpty ? "defaults" : keys) (\(rule)), is \(derived); "
        + "allowed: \(range.lowerBound) to \(range.upperBound); change these keys or give it"
      mistakes.append(.init(place(of: sources), message))
    }
  }

  // MARK: - Keys

  private mutating func read(
    _ members: [JSONNode.Member], section: [String], into values: inout [String: ConfigurationValue]
  ) {
    for member in members {
      let path = section + [member.key]
      let name = path.joined(separator: ".")
      if let field = fields.first(where: { $0.path == path }) {
        given[name] = (member.position, member.value.position)
        if case .sets = field.kind {
          sets = member.value
        } else if let value = value(of: member, for: field) {
          values[name] = value
        } else {
          failed.insert(name)
        }
      } else if ConfigurationTable.sections.contains(where: { $0.name == name }) {
        given[name] = (member.position, member.value.position)
        if case .object(let inner) = member.value.value {
          read(inner, section: path, into: &values)
        } else {
          mistakes.append(
            .init(member.value.position, "\"\(member.key)\" must be an object, found \(member.value.summary)")
          )
          failed.formUnion(fields.lazy.map(\.name).filter { $0.hasPrefix(name + ".") })
        }
      } else if path != ["$schema"] {
        mistakes.append(.init(member.position, unknownKey(member.key, in: section)))
      }
    }
  }

  private func unknownKey(_ key: String, in section: [String]) -> String {
    let place = section.isEmpty ? "" : " in \"\(section.joined(separator: "."))\""
    let sections = ConfigurationTable.sections.map { keyPath($0.name) }
    let known = (fields.map(\.path) + sections).filter { $0.dropLast() == section[...] }.compactMap(\.last)
    var hint = ""
    if let elsewhere = fields.first(where: { $0.key == key }) {
      hint = " (did you mean \"\(elsewhere.name)\"?)"
    } else if section == ["domain"], let other = DomainKind.all.first(where: { $0.has(key) }) {
      hint = ", which is a key of the kind \(other.name)"
    } else if let near = key.nearest(among: known) {
      hint = " (did you mean \"\(near)\"?)"
    }
    return "unknown key \(String(key.prefix(60)).jsonQuoted)\(place)\(hint)"
  }

  private mutating func reportMissing() {
    for field in fields where given[field.name] == nil && !failed.contains(field.name) {
      guard case .required = field.defaultRule else { continue }
      let section = field.section.joined(separator: ".")
      let place = given[section].map(\.key) ?? root.position
      mistakes.append(.init(place, "the key \"\(field.name)\" is missing; \(field.kind.expectation)"))
      failed.insert(field.name)
    }
  }

  /// A shorthand and a key that it replaces contradict each other.
  private mutating func reportShorthands() {
    for field in fields where field.isShorthand {
      guard given[field.name] != nil else { continue }
      for key in field.replaces {
        let name = (field.section + [key]).joined(separator: ".")
        guard let position = given[name]?.key else { continue }
        mistakes.append(
          .init(position, "\"\(key)\" cannot stand beside \"\(field.key)\", which sets it; remove one"))
        failed.insert(name)
      }
    }
  }

  /// The place where a check is reported: its first key, or the last given one of the others, or their
  /// section.
  private func place(of keys: [String]) -> TextPosition {
    if let first = given[keys[0]] { return first.value }
    let positions = keys.compactMap { given[$0]?.value }
    if let last = positions.max(by: { ($0.line, $0.column) < ($1.line, $1.column) }) { return last }
    let section = keyPath(keys[0]).dropLast().joined(separator: ".")
    return given[section]?.key ?? root.position
  }

  // MARK: - Values

  private mutating func value(of member: JSONNode.Member, for field: ConfigurationField)
    -> ConfigurationValue?
  {
    do {
      return try field.kind.value(of: member.value, aliases: field.aliases)
    } catch {
      mistakes.append(error.mistake(in: member.value, of: field.key))
      return nil
    }
  }
}
