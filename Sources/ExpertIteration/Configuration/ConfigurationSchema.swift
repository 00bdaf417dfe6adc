extension RunConfiguration {
  /// The JSON Schema (draft 2020-12) of a configuration file, with meaning, unit, range and default of every
  /// key; editors show it when a file names it in `$schema`.
  public static var schema: String {
    let defaults = RunConfiguration(domain: DomainKind.first.defaults)
    var root = JSONTree.object([:])
    describe(section: "", summary: "A run of shorten.", in: &root)
    root.insert(.leaf(quoted("https://json-schema.org/draft/2020-12/schema")), at: ["$schema"])
    root.insert(
      .object(["type": .leaf(quoted("string")), "description": .leaf(quoted("This schema; ignored."))]),
      at: ["properties", "$schema"])
    let sections = ConfigurationField.sections.filter { $0.name != "domain" }
    for (name, summary) in sections { describe(section: name, summary: summary, in: &root) }
    for field in ConfigurationField.general + ConfigurationField.common where field.section != ["domain"] {
      root.insert(field.schema(defaults: defaults), at: place(of: field.path)[...])
    }
    root.insert(domains, at: place(of: ["domain"])[...])
    for section in [[]] + sections.map({ ConfigurationField.split($0.name) }) {
      let required = requiredKeys(of: section)
      if !required.isEmpty {
        root.insert(.array(required.map { .leaf(quoted($0)) }), at: (place(of: section) + ["required"])[...])
      }
    }
    return root.text()
  }

  /// One of the kinds, each with its own keys.
  private static var domains: JSONTree {
    let kinds = DomainKind.all.map { kind -> JSONTree in
      let defaults = RunConfiguration(domain: kind.defaults)
      var properties: [String: JSONTree] = ["kind": .object(["const": .text(kind.name)])]
      for field in kind.fields { properties[field.key] = field.schema(defaults: defaults) }
      let required = ["kind"] + kind.fields.filter(\.isRequired).map(\.key)
      return .object([
        "properties": .object(properties), "required": .array(required.map { .text($0) }),
        "additionalProperties": .flag(false),
      ])
    }
    let summary = ConfigurationField.sections.first { $0.name == "domain" }?.summary ?? ""
    return .object(["type": .text("object"), "description": .text(summary), "oneOf": .array(kinds)])
  }

  /// Keys that must be given, and sections that hold one.
  private static func requiredKeys(of section: [String]) -> [String] {
    var keys: [String] = []
    for field in ConfigurationField.general + ConfigurationField.common
    where field.isRequired && field.path.starts(with: section) {
      let key = field.path[section.count]
      if !keys.contains(key) { keys.append(key) }
    }
    return keys
  }

  private static func describe(section: String, summary: String, in root: inout JSONTree) {
    let place = place(of: ConfigurationField.split(section))
    root.insert(.leaf(quoted("object")), at: (place + ["type"])[...])
    root.insert(.leaf(quoted(summary)), at: (place + ["description"])[...])
    root.insert(.leaf("false"), at: (place + ["additionalProperties"])[...])
  }

  /// Where a key's schema stands: each step down goes through `properties`.
  private static func place(of path: [String]) -> [String] {
    path.flatMap { ["properties", $0] }
  }
}

extension ConfigurationField {
  var isRequired: Bool {
    if case .required = defaultRule { true } else { false }
  }

  func schema(defaults: RunConfiguration) -> JSONTree {
    var members: [String: JSONTree] = [:]
    var text = summary
    if let unit { text += " Unit: \(unit)." }
    switch defaultRule {
    case .constant: members["default"] = .leaf(read(defaults).json)
    case .derived(let rule, _, _), .loaded(let rule): text += " Default: \(rule)."
    case .shorthand: text += " In place of \(replaces.joined(separator: ", "))."
    case .required: break
    }
    members["description"] = .leaf(quoted(text))
    switch kind {
    case .integer(let range):
      members["type"] = .leaf(quoted("integer"))
      members["minimum"] = .leaf(String(range.lowerBound))
      members["maximum"] = .leaf(String(range.upperBound))
    case .integers(let range):
      members["type"] = .text("array")
      members["items"] = .object([
        "type": .text("integer"), "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
      ])
    case .number(let range):
      members["type"] = .leaf(quoted("number"))
      members[range.includesLow ? "minimum" : "exclusiveMinimum"] = .leaf(
        ConfigurationValue.number(range.low).json)
      members[range.includesHigh ? "maximum" : "exclusiveMaximum"] = .leaf(
        ConfigurationValue.number(range.high).json)
    case .choice(let names):
      members["enum"] = .array(names.map { .leaf(quoted($0)) })
    case .text:
      members["type"] = .text("string")
    case .texts:
      members["type"] = .text("array")
      members["items"] = .object(["type": .text("string")])
    case .flag:
      members["type"] = .leaf(quoted("boolean"))
    case .sets:
      members["type"] = .leaf(quoted("array"))
      members["items"] = EvaluationSet.schema(defaults)
    }
    return .object(members)
  }
}
