/// A parsed JSON text (RFC 8259), read strictly: UTF-8 only, without comments, trailing commas, NaN or a
/// byte-order mark.
///
/// Parsing ends at the first syntax error. Repeated keys do not end it; all of them are collected. Nesting is
/// limited, so that no input exhausts the stack.
///
///     try JSONDocument(bytes: Array("{\"seed\": 1}".utf8)).root
public struct JSONDocument: Sendable {
  /// A key that its object has already.
  public struct RepeatedKey: Sendable, Equatable {
    public let key: String
    public let position: TextPosition
    /// Of the same key before.
    public let first: TextPosition
  }

  public static let maximumDepth = 64

  public let root: JSONNode
  /// In the order of the text.
  public let repeatedKeys: [RepeatedKey]

  /// `maximumValues` limits the values of the whole text, and so the memory that a hostile text takes; there
  /// is no limit by default.
  public init(bytes: [UInt8], maximumValues: Int = .max) throws(JSONMistake) {
    try Self.checkEncoding(of: bytes)
    var parser = JSONParser(bytes: bytes, maximumValues: maximumValues)
    root = try parser.document()
    repeatedKeys = parser.repeatedKeys
  }

  private static func checkEncoding(of bytes: [UInt8]) throws(JSONMistake) {
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
