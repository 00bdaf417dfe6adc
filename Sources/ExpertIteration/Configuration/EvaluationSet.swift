import Search

/// Other exercises than the test's that every round is evaluated on, to see what holds outside the training
/// distribution: larger boards, other densities, distractors. They decide nothing.
///
///     "evaluation": {"sets": [{"name": "dense", "exercises": 200, "minimumWallPercent": 60, ...}]}
///
/// A set's domain is the run's with some keys changed; its words are the run's, so the model can read it.
public struct EvaluationSet: Sendable, Equatable {
  /// As in the column `set_name` of the views.
  public var name: String
  public var exercises: Int
  public var domain: DomainConfiguration

  public init(name: String, exercises: Int, domain: DomainConfiguration) {
    self.name = name
    self.exercises = exercises
    self.domain = domain
  }

  /// The set whose exercises are drawn as the training exercises are.
  public static let testName = "test"

  /// Names that stand for something else in a run's database.
  static let reservedNames = [testName, "train", "sample", testName(.slow), testName(.fast)]

  /// The test exercises answered in a mode: `test-slow`.
  static func testName(_ mode: ResponseMode) -> String {
    mode == .auto ? testName : "\(testName)-\(mode.rawValue)"
  }

  static let longestName = 40

  static func isName(_ text: String) -> Bool {
    let letters = text.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "-")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    return letters && (1...longestName).contains(text.utf8.count) && !reservedNames.contains(text)
  }
}

extension EvaluationSet {
  /// The keys that a set may have of its own, beside `name` and `exercises`.
  static func fields(of kind: DomainKind) -> [ConfigurationField] { kind.fields.filter(\.mayVaryBySet) }

  static let exercisesField = ConfigurationField.common.first { $0.name == "evaluation.exercises" }

  var tree: JSONTree {
    let configuration = RunConfiguration(domain: domain)
    var members: [String: JSONTree] = ["name": .text(name), "exercises": .number(exercises)]
    for field in Self.fields(of: domain.family) { members[field.key] = field.read(configuration).tree }
    return .object(members)
  }

  /// The JSON Schema of a set: all but the name is as in the run unless given.
  static func schema(_ defaults: RunConfiguration) -> JSONTree {
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
      ])
    ]
    if let field = exercisesField {
      properties["exercises"] = without(
        "default", field.schema(defaults: defaults), describedAs: "Exercises of the set, drawn once.")
    }
    for kind in DomainKind.all {
      let defaults = RunConfiguration(domain: kind.defaults)
      for field in fields(of: kind) where properties[field.key] == nil {
        properties[field.key] = without("default", field.schema(defaults: defaults))
      }
    }
    return .object([
      "type": .text("object"), "required": .array([.text("name")]), "additionalProperties": .flag(false),
      "properties": .object(properties),
    ])
  }
}
