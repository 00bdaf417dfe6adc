/// Reads the JSON of a safetensors header, and no other JSON: an object of tensors, each
/// `{"dtype": text, "shape": [sizes], "data_offsets": [begin, end]}`, and `__metadata__`, an object of texts.
/// No recursion, no key twice, every number a non-negative 63-bit integer.
struct SafeTensorsHeaderReader {
  struct Declaration {
    let name: String
    let type: String
    let shape: [Int]
    let begin: Int
    let end: Int
  }

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  mutating func header() throws -> (metadata: [String: String], tensors: [Declaration]) {
    var metadata: [String: String]?
    var tensors: [Declaration] = []
    var names: Set<String> = []
    try object { reader, key in
      if key == "__metadata__" {
        guard metadata == nil else { throw CheckpointError.duplicateName(key) }
        metadata = try reader.texts()
      } else {
        guard names.insert(key).inserted else { throw CheckpointError.duplicateName(key) }
        guard tensors.count < SafeTensorsHeader.maximumTensors else {
          throw CheckpointError.tooManyTensors(limit: SafeTensorsHeader.maximumTensors)
        }
        tensors.append(try reader.declaration(named: key))
      }
    }
    skipSpace()
    guard position == bytes.endIndex else { throw malformed("text after the header's end") }
    return (metadata ?? [:], tensors)
  }

  private mutating func texts() throws -> [String: String] {
    var texts: [String: String] = [:]
    try object { reader, key in
      let value = try reader.text()
      guard texts.updateValue(value, forKey: key) == nil else { throw CheckpointError.duplicateName(key) }
    }
    return texts
  }

  private mutating func declaration(named name: String) throws -> Declaration {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try object { reader, key in
      switch key {
      case "dtype" where type == nil: type = try reader.text()
      case "shape" where shape == nil: shape = try reader.sizes(atMost: 8)
      case "data_offsets" where offsets == nil: offsets = try reader.sizes(atMost: 2)
      default: throw reader.malformed("unexpected key \"\(key)\" in tensor \"\(name)\"")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw malformed("tensor \"\(name)\" needs dtype, shape and two data_offsets")
    }
    return Declaration(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
  }

  /// `{"key": value, ...}`: `member` reads each value.
  private mutating func object(member: (inout Self, String) throws -> Void) throws {
    try expect("{")
    if take("}") { return }
    repeat {
      let key = try text()
      try expect(":")
      try member(&self, key)
    } while take(",")
    try expect("}")
  }

  private mutating func sizes(atMost limit: Int) throws -> [Int] {
    var sizes: [Int] = []
    try expect("[")
    if take("]") { return sizes }
    repeat {
      guard sizes.count < limit else { throw malformed("a list of more than \(limit) numbers") }
      sizes.append(try size())
    } while take(",")
    try expect("]")
    return sizes
  }

  private mutating func size() throws -> Int {
    skipSpace()
    let start = position
    var value = 0
    while let digit = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
      let (tenfold, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, carries) = tenfold.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
      guard !overflows, !carries else { throw malformed("a number beyond 63 bits") }
      value = sum
      position += 1
    }
    guard position > start else { throw malformed("expected a non-negative integer") }
    guard position == start + 1 || bytes[start] != UInt8(ascii: "0") else {
      throw malformed("a number with a leading zero")
    }
    return value
  }

  private mutating func text() throws -> String {
    try expect("\"")
    var content: [UInt8] = []
    while let byte = peek() {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else { throw malformed("not UTF-8") }
        return text
      case UInt8(ascii: "\\"): content.append(contentsOf: String(try escaped()).utf8)
      case 0..<0x20: throw malformed("a control character in a text")
      default: content.append(byte)
      }
    }
    throw malformed("a text without its closing quote")
  }

  private mutating func escaped() throws -> Unicode.Scalar {
    guard let byte = peek() else { throw malformed("a text without its closing quote") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try codePoint()
    default: throw malformed("an unknown escape in a text")
    }
  }

  /// The four hexadecimal digits after `\u`, with the second half of a surrogate pair when the first asks for
  /// it.
  private mutating func codePoint() throws -> Unicode.Scalar {
    let first = try fourHexDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, peek() == UInt8(ascii: "\\") else { throw malformed("half a surrogate pair") }
    position += 1
    guard peek() == UInt8(ascii: "u") else { throw malformed("half a surrogate pair") }
    position += 1
    let second = try fourHexDigits()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw malformed("half a surrogate pair") }
    return scalar
  }

  private mutating func fourHexDigits() throws -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw malformed("expected four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  private func peek() -> UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek(), [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek() == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws {
    guard take(mark) else { throw malformed("expected \(mark)") }
  }

  private func malformed(_ reason: String) -> CheckpointError {
    .malformedHeader(position: position - bytes.startIndex, reason: reason)
  }
}
