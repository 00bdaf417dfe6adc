/// Turns a JSON document into a configuration and collects what is wrong with it.
struct ConfigurationReader {
  private let root: JSONNode
  /// The keys that a configuration of its kind may have.
  private let fields: [ConfigurationField]
  private let kind: DomainKind
  var mistakes: [ConfigurationMistake]
  /// Where each key given stands, and its value.
  private(set) var given: [String: (key: TextPosition, value: TextPosition)] = [:]
  /// Keys whose value could not be used; checks that involve them are left out.
  private(set) var failed: Set<String> = []
  /// `evaluation.sets` as it was given, read once the rest of the domain is known.
  private(set) var sets: JSONNode?
  /// Where the files that it names lie.
  private let directory: String
  private let loading: LoadedFiles

  init(
    _ document: JSONDocument, setting overrides: [ConfigurationOverride] = [], in directory: String = ".",
    loading: LoadedFiles = .nothing
  ) {
    root = overrides.reduce(document.root) { $0.setting($1) }
    (self.directory, self.loading) = (directory, loading)
    kind = Self.kind(in: root)
    fields = ConfigurationField.all(of: kind)
    mistakes = document.repeatedKeys.map(\.mistake)
  }

  /// What `domain.kind` names; the first kind where it names none, which is told when it is read.
  private static func kind(in root: JSONNode) -> DomainKind {
    func value(_ key: String, in node: JSONNode?) -> JSONNode? {
      guard case .object(let members) = node?.value else { return nil }
      return members.first { $0.key == key }?.value
    }
    guard case .string(let name) = value("kind", in: value("domain", in: root))?.value else { return .first }
    return DomainKind.all.first { $0.name == name } ?? .first
  }

  /// nil, or a configuration that is right only if `mistakes` is empty.
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
    derive(kind.fields, into: &configuration)
    configuration.evaluation.sets = readSets(beside: configuration)
    derive(ConfigurationField.common, into: &configuration)
    loadWeights(into: &configuration)
    for check in ConfigurationCheck.all(of: kind) where failed.isDisjoint(with: check.keys) {
      if let message = check.problem(configuration) { mistakes.append(.init(place(of: check.keys), message)) }
    }
    return configuration
  }

  private mutating func load(into configuration: inout RunConfiguration) {
    guard loading != .nothing, let load = kind.load, failed.isDisjoint(with: kind.fields.map(\.name)),
      let (key, problem) = load(&configuration, directory, loading)
    else { return }
    refuse(key, problem)
  }

  /// Of a network and a domain that are right so far.
  private mutating func loadWeights(into configuration: inout RunConfiguration) {
    let involved =
      kind.fields.map(\.name) + ConfigurationField.common.map(\.name).filter { $0.hasPrefix("model.") }
    guard loading == .all || loading == .further, mistakes.isEmpty, failed.isDisjoint(with: involved) else {
      return
    }
    do throws(StartingWeights.Refusal) {
      try StartingWeights.load(&configuration, from: directory, unlessGone: loading == .further)
    } catch {
      refuse("base.weights", error.text)
    }
  }

  private mutating func refuse(_ key: String, _ problem: String) {
    failed.insert(key)
    mistakes.append(.init(place(of: [key]), "\"\(ConfigurationField.split(key).last ?? key)\": \(problem)"))
  }

  /// Sets the `fields` that are not given but follow from others; one out of its range is reported at the key
  /// it follows from.
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
      } else if ConfigurationField.sections.contains(where: { $0.name == name }) {
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
    let sections = ConfigurationField.sections.map { ConfigurationField.split($0.name) }
    let known = (fields.map(\.path) + sections).filter { $0.dropLast() == section[...] }.compactMap(\.last)
    var hint = ""
    if let elsewhere = fields.first(where: { $0.key == key }) {
      hint = " (did you mean \"\(elsewhere.name)\"?)"
    } else if section == ["domain"], let other = DomainKind.all.first(where: { $0.has(key) }) {
      hint = ", which is a key of the kind \(other.name)"
    } else if let near = nearest(to: key, among: known) {
      hint = " (did you mean \"\(near)\"?)"
    }
    return "unknown key \(quoted(String(key.prefix(60))))\(place)\(hint)"
  }

  private mutating func reportMissing() {
    for field in fields where given[field.name] == nil && !failed.contains(field.name) {
      guard case .required = field.defaultRule else { continue }
      let section = field.section.joined(separator: ".")
      let place = given[section].map(\.key) ?? root.position
      mistakes.append(.init(place, "the key \"\(field.name)\" is missing; \(field.expectation)"))
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

  /// Where a check is reported: at its first key, or at the last given of the others, or at their section.
  private func place(of keys: [String]) -> TextPosition {
    if let first = given[keys[0]] { return first.value }
    let positions = keys.compactMap { given[$0]?.value }
    if let last = positions.max(by: { ($0.line, $0.column) < ($1.line, $1.column) }) { return last }
    let section = ConfigurationField.split(keys[0]).dropLast().joined(separator: ".")
    return given[section]?.key ?? root.position
  }

  // MARK: - Values

  private mutating func value(of member: JSONNode.Member, for field: ConfigurationField)
    -> ConfigurationValue?
  {
    do {
      return try field.value(of: member.value)
    } catch {
      mistakes.append(error.mistake(in: member.value, of: field.key))
      return nil
    }
  }
}
