import JSON
import Search

extension EvaluationSet {
  /// The keys that a set may have of its own, in addition to `name`, `exercises` and `split`.
  static func fields(of kind: DomainKind) -> [Setting<DomainConfiguration>] {
    kind.fields.filter(\.mayVaryBySet)
  }

  static let exercisesField = ConfigurationTable.common.first { $0.name == "evaluation.exercises" }

  var tree: JSONTree {
    var members: [String: JSONTree] = ["name": .text(name), "exercises": .number(exercises)]
    if split != .test { members["split"] = .text(split.rawValue) }
    for field in Self.fields(of: domain.kind) { members[field.key] = field.read(domain).tree }
    return .object(members)
  }

  /// The JSON Schema of a set: a key that is not given has its value of the run.
  static var schema: JSONTree {
    func without(_ key: String, _ tree: JSONTree, describedAs text: String? = nil) -> JSONTree {
      guard case .object(var members) = tree else { return tree }
      members[key] = nil
      if let text { members["description"] = .text(text) }
      return .object(members)
    }
    var properties: [String: JSONTree] = [
      "name": .object([
        "type": .text("string"), "pattern": .text("^[a-z0-9-]{1,\(longestName)}$"),
        "description": .text("As in the column set_name of the views."),
      ]),
      "split": .object([
        "type": .text("string"), "enum": .array(splits.map { .text($0.rawValue) }),
        "default": .text(Split.test.rawValue),
        "description": .text(
          "The side of the data it is drawn from; validation: exercises to choose settings on, which the "
            + "test has not."),
      ]),
    ]
    if let field = exercisesField {
      let schema = field.schema(defaults: RunConfiguration(domain: DomainKind.first.defaults))
      properties["exercises"] = without("default", schema, describedAs: "Exercises of the set, drawn once.")
    }
    for kind in DomainKind.all {
      for field in fields(of: kind) where properties[field.key] == nil {
        properties[field.key] = without("default", field.schema(defaults: kind.defaults))
      }
    }
    return .object([
      "type": .text("object"), "required": .array([.text("name")]), "additionalProperties": .flag(false),
      "properties": .object(properties),
    ])
  }
}
