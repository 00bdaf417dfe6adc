/// Where something stands in a text. Lines and columns count from 1; a column is a Unicode scalar.
struct TextPosition: Sendable, Equatable {
  var line = 1
  var column = 1
}

/// A JSON value that remembers where it stands and how its number was written.
struct JSONNode: Sendable, Equatable {
  struct Member: Sendable, Equatable {
    let key: String
    let position: TextPosition
    let value: JSONNode
  }

  enum Value: Sendable, Equatable {
    /// In the order of the text; a repeated key stands here once, with its first value.
    case object([Member])
    case array([JSONNode])
    case string(String)
    /// As written: `1e400` and `9223372036854775808` have no value of their own.
    case number(String)
    case boolean(Bool)
    case null
  }

  let value: Value
  let position: TextPosition

  /// The value in words, for "found ...".
  var summary: String {
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

/// A key that an object has already.
struct RepeatedKey: Sendable, Equatable {
  let key: String
  let position: TextPosition
  /// Where it stands for the first time.
  let first: TextPosition

  var mistake: ConfigurationMistake {
    .init(position, "the key \"\(key)\" is already on line \(first.line); remove one of the two")
  }
}

/// Strict JSON (RFC 8259): no comments, no trailing commas, no NaN, no byte-order mark, UTF-8 only.
///
/// Syntax ends at the first mistake, with its position; repeated keys do not end it and are all collected.
/// Nesting is limited, so that no input exhausts the stack.
///
///     try JSONDocument(bytes: Array("{\"seed\": 1}".utf8)).root
struct JSONDocument {
  static let maximumDepth = 64

  let root: JSONNode
  let repeatedKeys: [RepeatedKey]

  init(bytes: [UInt8]) throws(ConfigurationMistake) {
    try Self.checkEncoding(of: bytes)
    var parser = JSONParser(bytes: bytes)
    root = try parser.document()
    repeatedKeys = parser.repeatedKeys
  }

  private static func checkEncoding(of bytes: [UInt8]) throws(ConfigurationMistake) {
    let start = TextPosition()
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw .init(start, "the file starts with a byte-order mark; save it as UTF-8 without one")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.prefix(4).contains(0) {
      throw .init(start, "the file is not UTF-8 (it looks like UTF-16); save it as UTF-8")
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .init(start, "the file is not UTF-8; save it as UTF-8")
    }
  }
}
