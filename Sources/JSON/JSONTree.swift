/// JSON to be written, with keys in byte order: the same text for the same content.
///
///     JSONTree.object(["b": .text("x"), "a": .null]).line()      // {"a":null,"b":"x"}
public indirect enum JSONTree: Sendable, Equatable {
  /// Text that is JSON already.
  case leaf(String)
  case object([String: JSONTree])
  case array([JSONTree])

  public static let null = JSONTree.leaf("null")
  public static func text(_ text: String) -> JSONTree { .leaf(text.jsonQuoted) }
  public static func number(_ number: Int) -> JSONTree { .leaf(String(number)) }
  /// As `Double.json` writes it.
  public static func number(_ number: Double) -> JSONTree { .leaf(number.json) }
  public static func flag(_ flag: Bool) -> JSONTree { .leaf(String(flag)) }

  /// Puts `tree` at the end of a path of keys; objects on the way that are missing are added. A leaf or an
  /// array on the way stays, and `tree` is dropped.
  public mutating func insert(_ tree: JSONTree, at path: ArraySlice<String>) {
    guard let key = path.first else {
      self = tree
      return
    }
    guard case .object(var members) = self else { return }
    members[key, default: .object([:])].insert(tree, at: path.dropFirst())
    self = .object(members)
  }

  /// On several lines: a line for each member of an object, two spaces for each level. An array is one line
  /// if its elements are.
  public func text(indentation: String = "") -> String {
    let inner = indentation + "  "
    switch self {
    case .leaf(let text):
      return text
    case .array(let elements):
      return "[" + elements.map { $0.text(indentation: inner) }.joined(separator: ", ") + "]"
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let lines = Self.sorted(members).map { key, value in
        "\(inner)\(key.jsonQuoted): \(value.text(indentation: inner))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indentation)}"
    }
  }

  /// On one line, without spaces.
  public func line() -> String {
    switch self {
    case .leaf(let text): text
    case .array(let elements): "[" + elements.map { $0.line() }.joined(separator: ",") + "]"
    case .object(let members):
      "{" + Self.sorted(members).map { "\($0.jsonQuoted):\($1.line())" }.joined(separator: ",") + "}"
    }
  }

  private static func sorted(_ members: [String: JSONTree]) -> [(key: String, value: JSONTree)] {
    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}
