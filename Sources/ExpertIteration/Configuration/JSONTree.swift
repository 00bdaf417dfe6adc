/// JSON to be written, keys in byte order: the same text for the same content.
///
///     JSONTree.object(["b": .text("x"), "a": .null]).line()      // {"a":null,"b":"x"}
indirect enum JSONTree: Sendable, Equatable {
  /// Already JSON.
  case leaf(String)
  case object([String: JSONTree])
  case array([JSONTree])

  static let null = JSONTree.leaf("null")
  static func text(_ text: String) -> JSONTree { .leaf(quoted(text)) }
  static func number(_ number: Int) -> JSONTree { .leaf(String(number)) }
  static func flag(_ flag: Bool) -> JSONTree { .leaf(String(flag)) }

  init(fields: [ConfigurationField], of configuration: RunConfiguration) {
    self = .object([:])
    for field in fields { insert(field.read(configuration).tree, at: field.path[...]) }
  }

  mutating func insert(_ tree: JSONTree, at path: ArraySlice<String>) {
    guard let key = path.first else {
      self = tree
      return
    }
    guard case .object(var members) = self else { return }
    members[key, default: .object([:])].insert(tree, at: path.dropFirst())
    self = .object(members)
  }

  /// Two spaces a level.
  func text(indentation: String = "") -> String {
    let inner = indentation + "  "
    switch self {
    case .leaf(let text):
      return text
    case .array(let elements):
      return "[" + elements.map { $0.text(indentation: inner) }.joined(separator: ", ") + "]"
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let lines = Self.sorted(members).map { key, value in
        "\(inner)\(quoted(key)): \(value.text(indentation: inner))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indentation)}"
    }
  }

  /// On one line, without spaces.
  func line() -> String {
    switch self {
    case .leaf(let text): text
    case .array(let elements): "[" + elements.map { $0.line() }.joined(separator: ",") + "]"
    case .object(let members):
      "{" + Self.sorted(members).map { "\(quoted($0)):\($1.line())" }.joined(separator: ",") + "}"
    }
  }

  private static func sorted(_ members: [String: JSONTree]) -> [(key: String, value: JSONTree)] {
    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}
