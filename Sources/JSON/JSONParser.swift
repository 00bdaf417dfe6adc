/// A recursive-descent parser over bytes of valid UTF-8, with one function for each production.
struct JSONParser {
  private let bytes: [UInt8]
  private var position = TextPosition()
  private var depth = 0
  private var valuesLeft: Int
  private(set) var repeatedKeys: [JSONDocument.RepeatedKey] = []

  init(bytes: [UInt8], maximumValues: Int) {
    self.bytes = bytes
    valuesLeft = maximumValues
  }

  private var index: Int { position.offset }
  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func document() throws(JSONMistake) -> JSONNode {
    skipSpace()
    guard current != nil else { throw .init(position, "the file is empty; expected a JSON object") }
    let root = try value()
    skipSpace()
    if current != nil { throw .init(position, "unexpected \(found) after the end of the document") }
    return root
  }

  private mutating func value() throws(JSONMistake) -> JSONNode {
    let start = position
    valuesLeft -= 1
    guard valuesLeft >= 0 else { throw .init(start, "there are too many values") }
    switch current {
    case UInt8(ascii: "{"):
      return JSONNode(
        value: try nested { parser throws(JSONMistake) in try parser.object() }, position: start)
    case UInt8(ascii: "["):
      return JSONNode(
        value: try nested { parser throws(JSONMistake) in try parser.array() }, position: start)
    case UInt8(ascii: "\""):
      return JSONNode(value: .string(try string()), position: start)
    case let byte where byte == UInt8(ascii: "-") || isDigit(byte):
      return JSONNode(value: .number(try number()), position: start)
    default:
      return JSONNode(value: try word(), position: start)
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(JSONMistake) -> JSONNode.Value
  ) throws(JSONMistake) -> JSONNode.Value {
    guard depth < JSONDocument.maximumDepth else {
      throw .init(position, "nested more than \(JSONDocument.maximumDepth) levels deep")
    }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  private mutating func object() throws(JSONMistake) -> JSONNode.Value {
    var members: [JSONNode.Member] = []
    var firsts: [String: TextPosition] = [:]
    advance()
    skipSpace()
    if accept("}") { return .object([]) }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else {
        throw .init(position, "expected a key in double quotes, found \(found)")
      }
      let start = position
      let key = try string()
      skipSpace()
      guard accept(":") else {
        throw .init(position, "expected \":\" after the key \"\(key)\", found \(found)")
      }
      skipSpace()
      let member = JSONNode.Member(key: key, position: start, value: try value())
      if let first = firsts[key] {
        repeatedKeys.append(.init(key: key, position: start, first: first))
      } else {
        firsts[key] = start
        members.append(member)
      }
      skipSpace()
      if accept("}") { return .object(members) }
      guard accept(",") else { throw .init(position, "expected \",\" or \"}\", found \(found)") }
      skipSpace()
      if current == UInt8(ascii: "}") { throw .init(position, "no comma is allowed before \"}\"") }
    }
  }

  private mutating func array() throws(JSONMistake) -> JSONNode.Value {
    var elements: [JSONNode] = []
    advance()
    skipSpace()
    if accept("]") { return .array([]) }
    while true {
      skipSpace()
      elements.append(try value())
      skipSpace()
      if accept("]") { return .array(elements) }
      guard accept(",") else { throw .init(position, "expected \",\" or \"]\", found \(found)") }
      skipSpace()
      if current == UInt8(ascii: "]") { throw .init(position, "no comma is allowed before \"]\"") }
    }
  }

  /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
  private mutating func number() throws(JSONMistake) -> String {
    let start = index
    let place = position
    accept("-")
    if accept("0") {
      if isDigit(current) { throw .init(place, "a number must not start with 0") }
    } else {
      try digits(place)
    }
    if accept(".") { try digits(place) }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      advance()
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { advance() }
      try digits(place)
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func digits(_ start: TextPosition) throws(JSONMistake) {
    guard isDigit(current) else { throw .init(start, "not a number: expected a digit, found \(found)") }
    while isDigit(current) { advance() }
  }

  private mutating func word() throws(JSONMistake) -> JSONNode.Value {
    let start = position
    guard let byte = current else { throw .init(position, "the file ends where a value should stand") }
    guard isLetter(byte) else {
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "#") {
        throw .init(position, "comments are not JSON; remove them")
      }
      throw .init(position, "expected a value, found \(found)")
    }
    let first = index
    while let byte = current, isLetter(byte) || isDigit(byte) { advance() }
    let word = String(decoding: bytes[first..<index], as: UTF8.self)
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "null": return .null
    case "NaN", "nan", "inf", "Infinity", "infinity":
      throw .init(start, "\(word) is not JSON; write a finite number")
    default:
      throw .init(start, "\"\(word.prefix(40))\" is not a JSON value; texts stand in double quotes")
    }
  }
}

// MARK: - Texts and characters

extension JSONParser {
  private mutating func string() throws(JSONMistake) -> String {
    let start = position
    var scalars: [UInt8] = []
    advance()
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        advance()
        return String(decoding: scalars, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try escape(into: &scalars)
      case 0..<0x20:
        throw .init(position, "a text must end on its line; write \\n for a line break")
      default:
        scalars.append(byte)
        advance()
      }
    }
    throw .init(start, "the text that starts here never ends")
  }

  private mutating func escape(into scalars: inout [UInt8]) throws(JSONMistake) {
    let start = position
    advance()
    guard let byte = current else { throw .init(start, "the file ends within a text") }
    advance()
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scalars.append(byte)
    case UInt8(ascii: "b"): scalars.append(0x08)
    case UInt8(ascii: "f"): scalars.append(0x0C)
    case UInt8(ascii: "n"): scalars.append(0x0A)
    case UInt8(ascii: "r"): scalars.append(0x0D)
    case UInt8(ascii: "t"): scalars.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal(start)
      if (0xD800..<0xDC00).contains(code) {
        guard accept("\\"), accept("u") else { throw .init(start, "half a surrogate pair") }
        let low = try hexadecimal(start)
        guard (0xDC00..<0xE000).contains(low) else { throw .init(start, "half a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw .init(start, "half a surrogate pair") }
      scalars.append(contentsOf: String(Character(scalar)).utf8)
    default:
      throw .init(start, "unknown escape \"\\\(Character(Unicode.Scalar(byte)))\" in a text")
    }
  }

  private mutating func hexadecimal(_ start: TextPosition) throws(JSONMistake) -> UInt32 {
    guard index + 4 <= bytes.count,
      let code = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16),
      bytes[index] != UInt8(ascii: "+"), bytes[index] != UInt8(ascii: "-")
    else { throw .init(start, "\\u needs four hexadecimal digits") }
    for _ in 0..<4 { advance() }
    return code
  }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { advance() }
  }

  /// Moves one byte on; continuation bytes of UTF-8 take no column.
  private mutating func advance() {
    let byte = bytes[index]
    position.offset += 1
    if byte == 0x0A {
      position.line += 1
      position.column = 1
    } else if byte & 0xC0 != 0x80 {
      position.column += 1
    }
  }

  @discardableResult
  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: character) else { return false }
    advance()
    return true
  }

  private func isDigit(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// The next character in words, for "found ...".
  private var found: String {
    guard index < bytes.count else { return "the end of the file" }
    let rest = String(decoding: bytes[index..<min(index + 4, bytes.count)], as: UTF8.self)
    guard let scalar = rest.unicodeScalars.first else { return "nothing" }
    if scalar == "\n" { return "a line break" }
    return scalar.value < 0x20 ? "a control character" : "\"\(scalar)\""
  }
}
