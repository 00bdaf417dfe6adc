/// A JSON value that remembers where it was written and how its number was spelled.
public struct JSONNode: Sendable, Equatable {
  public struct Member: Sendable, Equatable {
    public let key: String
    /// Of the key.
    public let position: TextPosition
    public let value: JSONNode

    public init(key: String, position: TextPosition, value: JSONNode) {
      self.key = key
      self.position = position
      self.value = value
    }
  }

  public enum Value: Sendable, Equatable {
    /// In the order of the text. A repeated key is listed once, with its first value.
    case object([Member])
    case array([JSONNode])
    case string(String)
    /// As written, because `1e400` and `9223372036854775808` fit no Swift number.
    case number(String)
    case boolean(Bool)
    case null
  }

  public let value: Value
  public let position: TextPosition

  public init(value: Value, position: TextPosition) {
    self.value = value
    self.position = position
  }

  /// The value of a key; nil if this is no object or has no such key.
  public subscript(key: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The value in words, for "found ...".
  public var summary: String {
    switch value {
    case .object: "an object"
    case .array: "an array"
    case .string(let text): "the text \"\(text.count > 40 ? text.prefix(40) + "..." : text[...])\""
    case .number(let text): text.count > 40 ? text.prefix(40) + "..." : text
    case .boolean(let flag): "\(flag)"
    case .null: "null"
    }
  }
}
