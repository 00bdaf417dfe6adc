import JSON

extension RunConfiguration {
  /// The JSON Schema (draft 2020-12) of a configuration file, with meaning, unit, range and default of every
  /// key; editors show it when a file names it in `$schema`.
  public static var schema: String {
    let defaults = RunConfiguration(domain: DomainKind.first.defaults)
    var root = JSONTree.object([:])
    describe(section: "", summary: "A run of shorten.", in: &root)
    root.insert(.text("https://json-schema.org/draft/2020-12/schema"), at: ["$schema"])
    root.insert(
      .object(["type": .text("string"), "description": .text("This schema; ignored.")]),
      at: ["properties", "$schema"])
    let sections = ConfigurationTable.sections.filter { $0.name != "domain" }
    for (name, summary) in sections { describe(section: name, summary: summary, in: &root) }
    for field in ConfigurationTable.general + ConfigurationTable.common where field.section != ["domain"] {
      root.insert(field.schema(defaults: defaults), at: place(of: field.path)[...])
    }
    root.insert(domains, at: place(of: ["domain"])[...])
    for section in [[]] + sections.map({ keyPath($0.name) }) {
      let required = requiredKeys(of: section)
      if !required.isEmpty {
        root.insert(.array(required.map { .text($0) }), at: (place(of: section) + ["required"])[...])
      }
    }
    return root.text()
  }

  /// One of the kinds, each with its own keys.
  private static var domains: JSONTree {
    let kinds = DomainKind.all.map { kind -> JSONTree in
      var properties: [String: JSONTree] = ["kind": .object(["const": .text(kind.name)])]
      for field in kind.fields { properties[field.key] = field.schema(defaults: kind.defaults) }
      let required = ["kind"] + kind.fields.filter(\.isRequired).map(\.key)
      return .object([
        "properties": .object(properties), "required": .array(required.map { .text($0) }),
        "additionalProperties": .flag(false),
      ])
    }
    let summary = ConfigurationTable.sections.first { $0.name == "domain" }?.summary ?? ""
    return .object(["type": .text("object"), "description": .text(summary), "oneOf": .array(kinds)])
  }

  /// Keys that must be given, and sections that hold one.
  private static func requiredKeys(of section: [String]) -> [String] {
    var keys: [String] = []
    for field in ConfigurationTable.general + ConfigurationTable.common
    where field.isRequired && field.path.starts(with: section) {
      let key = field.path[section.count]
      if !keys.contains(key) { keys.append(key) }
    }
    return keys
  }

  private static func describe(section: String, summary: String, in root: inout JSONTree) {
    let place = place(of: keyPath(section))
    root.insert(.text("object"), at: (place + ["type"])[...])
    root.insert(.text(summary), at: (place + ["description"])[...])
    root.insert(.flag(false), at: (place + ["additionalProperties"])[...])
  }

  /// The place of a key's schema: each step down goes through `properties`.
  private static func place(of path: [String]) -> [String] {
    path.flatMap { ["properties", $0] }
  }
}

extension Setting {
  /// The schema of the key, with its default out of `defaults`.
  func schema(defaults: Root) -> JSONTree {
    var members: [String: JSONTree] = [:]
    var text = summary
    if let unit { text += " Unit: \(unit)." }
    switch defaultRule {
    case .constant: members["default"] = .leaf(read(defaults).json)
    case .derived(let rule, _, _), .loaded(let rule): text += " Default: \(rule)."
    case .shorthand: text += " In place of \(replaces.joined(separator: ", "))."
    case .required: break
    }
    members["description"] = .text(text)
    kind.describe(in: &members)
    return .object(members)
  }
}

extension SettingKind {
  fileprivate func describe(in members: inout [String: JSONTree]) {
    switch self {
    case .integer(let range):
      members["type"] = .text("integer")
      members["minimum"] = .number(range.lowerBound)
      members["maximum"] = .number(range.upperBound)
    case .integers(let range):
      members["type"] = .text("array")
      members["items"] = .object([
        "type": .text("integer"), "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
      ])
    case .number(let range):
      members["type"] = .text("number")
      members[range.includesLow ? "minimum" : "exclusiveMinimum"] = .number(range.low)
      members[range.includesHigh ? "maximum" : "exclusiveMaximum"] = .number(range.high)
    case .choice(let names):
      members["enum"] = .array(names.map { .text($0) })
    case .text:
      members["type"] = .text("string")
    case .texts:
      members["type"] = .text("array")
      members["items"] = .object(["type": .text("string")])
    case .flag:
      members["type"] = .text("boolean")
    case .sets:
      members["type"] = .text("array")
      members["items"] = EvaluationSet.schema
    }
  }
}
