import Testing

@testable import Model

/// A file by hand: the header's text, then `data` bytes of zeros; `length` overrides the declared header
/// length.
private func file(_ header: String, data: Int = 0, length: UInt64? = nil) -> [UInt8] {
  let declared = length ?? UInt64(header.utf8.count)
  return withUnsafeBytes(of: declared.littleEndian) { Array($0) } + Array(header.utf8)
    + [UInt8](repeating: 0, count: data)
}

private func tensor(_ name: String, type: String = "F32", _ shape: String, _ begin: String, _ end: String)
  -> String
{
  "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":[\(shape)],\"data_offsets\":[\(begin),\(end)]}"
}

private func refusal(of file: [UInt8]) -> CheckpointError? {
  do {
    _ = try SafeTensorsHeader(of: file)
    return nil
  } catch {
    return error as? CheckpointError
  }
}

struct SafeTensorsTests {
  private let tensors = [
    Tensor(name: "b.weight", shape: [2, 3], values: [1, -2, 3.5, .infinity, -0.0, .leastNonzeroMagnitude]),
    Tensor(name: "a", shape: [1], values: [7]),
  ]

  @Test func whatIsWrittenIsRead() throws {
    let metadata = ["note": "quote \" backslash \\ newline \n bell \u{7} é 🧭", "empty": ""]
    let bytes = SafeTensors.encode(tensors, metadata: metadata)
    let header = try SafeTensorsHeader(of: bytes)
    #expect(header.metadata == metadata)
    #expect(header.entries.map(\.name) == ["a", "b.weight"])
    let read = header.entries.map { SafeTensors.values(of: $0, in: bytes) }
    #expect(read == [[7], tensors[0].values])
    #expect(read[1][4].sign == .minus)
  }

  @Test func theOrderOfTheTensorsDoesNotChangeTheBytes() {
    let metadata = ["z": "1", "a": "2"]
    let bytes = SafeTensors.encode(tensors, metadata: metadata)
    #expect(bytes == SafeTensors.encode(tensors.reversed(), metadata: metadata))
    let data = bytes.count - 7 * 4
    #expect(data % 8 == 0)
    let header = String(decoding: bytes[8..<data], as: UTF8.self)
    #expect(header.hasPrefix("{\"__metadata__\":{\"a\":\"2\",\"z\":\"1\"},\"a\":{\"data_offsets\":[0,4]"))
  }

  @Test func escapesOfOtherWritersAreRead() throws {
    let header = #"{"__metadata__":{"k":"\u00e9\ud83e\udded\/\t\b\f\n\r"}}  "#
    #expect(try SafeTensorsHeader(of: file(header)).metadata == ["k": "é🧭/\t\u{8}\u{c}\n\r"])
  }

  @Test func aCutFileIsRefusedAtEveryLength() {
    let bytes = SafeTensors.encode(tensors, metadata: [:])
    for length in 0..<bytes.count {
      #expect(throws: CheckpointError.self, "cut to \(length) bytes") {
        try SafeTensorsHeader(of: Array(bytes[0..<length]))
      }
    }
    #expect(refusal(of: bytes + [0]) == .uncoveredData(described: 28, found: 29))
  }

  @Test func aHeaderLongerThanTheFileIsRefused() {
    #expect(refusal(of: file("{}", length: 3)) == .headerBeyondFile(header: 3, file: 10))
    #expect(refusal(of: [1, 2, 3]) == .tooShort(bytes: 3))
  }

  @Test func aHugeHeaderIsRefused() {
    #expect(refusal(of: file("{}", length: 100_000_001)) == .headerTooLarge(bytes: 100_000_001))
    #expect(refusal(of: file("{}", length: .max)) == .headerTooLarge(bytes: .max))
  }

  @Test func tooManyTensorsAreRefused() {
    let names = (0...100_000).map { tensor("t\($0)", "1", "\(4 * $0)", "\(4 * $0 + 4)") }
    let found = refusal(of: file("{" + names.joined(separator: ",") + "}", data: 400_004))
    #expect(found == .tooManyTensors(limit: 100_000))
  }

  @Test func aShapeBeyondMemoryIsRefused() {
    let overflowing = file("{" + tensor("t", "4294967296,4294967296", "0", "4") + "}", data: 4)
    #expect(refusal(of: overflowing) == .shapeOverflow(tensor: "t"))
    let overflowingBytes = file("{" + tensor("t", "4611686018427387904", "0", "0") + "}")
    #expect(refusal(of: overflowingBytes) == .shapeOverflow(tensor: "t"))
  }

  @Test func aSmallFileThatDeclares256TiBIsRefused() {
    let size = "281474976710656"
    let small = file("{" + tensor("t", "70368744177664", "0", size) + "}", data: 4)
    #expect(refusal(of: small) == .uncoveredData(described: 1 << 48, found: 4))
  }

  @Test func gapsOverlapsAndDisorderAreRefused() {
    let gap = file("{" + tensor("a", "1", "0", "4") + "," + tensor("b", "1", "8", "12") + "}", data: 12)
    #expect(refusal(of: gap) == .misplaced(tensor: "b", expected: 4, found: 8))
    let late = file("{" + tensor("a", "1", "4", "8") + "}", data: 8)
    #expect(refusal(of: late) == .misplaced(tensor: "a", expected: 0, found: 4))
    let overlap = file("{" + tensor("a", "2", "0", "8") + "," + tensor("b", "1", "4", "8") + "}", data: 8)
    #expect(refusal(of: overlap) == .misplaced(tensor: "b", expected: 8, found: 4))
    let shared = file("{" + tensor("a", "1", "0", "4") + "," + tensor("b", "1", "0", "4") + "}", data: 4)
    #expect(refusal(of: shared) == .misplaced(tensor: "b", expected: 4, found: 0))
    let backwards = file("{" + tensor("a", "1", "4", "0") + "}", data: 4)
    #expect(refusal(of: backwards) == .wrongLength(tensor: "a", expected: 4, found: -4))
    let short = file("{" + tensor("a", "2", "0", "4") + "}", data: 4)
    #expect(refusal(of: short) == .wrongLength(tensor: "a", expected: 8, found: 4))
    let uncovered = file("{" + tensor("a", "1", "0", "4") + "}", data: 8)
    #expect(refusal(of: uncovered) == .uncoveredData(described: 4, found: 8))
  }

  @Test func theOrderOfTheHeaderNeedNotBeTheOrderOfTheData() throws {
    let header = "{" + tensor("b", "1", "4", "8") + "," + tensor("a", "1", "0", "4") + "}"
    #expect(try SafeTensorsHeader(of: file(header, data: 8)).entries.map(\.name) == ["a", "b"])
  }

  @Test func tensorsWithoutElementsAreRefused() {
    #expect(refusal(of: file("{" + tensor("t", "0", "0", "0") + "}")) == .emptyTensor("t"))
    let huge = file("{" + tensor("t", "9223372036854775807,9223372036854775807,0", "0", "0") + "}")
    #expect(refusal(of: huge) == .emptyTensor("t"))
  }

  @Test func namesDescribedTwiceAreRefused() {
    let twice = tensor("t", "1", "0", "4") + "," + tensor("t", "1", "4", "8")
    #expect(refusal(of: file("{" + twice + "}", data: 8)) == .duplicateName("t"))
    #expect(refusal(of: file(#"{"__metadata__":{"k":"1","k":"2"}}"#)) == .duplicateName("k"))
    #expect(refusal(of: file(#"{"__metadata__":{},"__metadata__":{}}"#)) == .duplicateName("__metadata__"))
  }

  @Test func otherTypesAreRefused() {
    let half = file("{" + tensor("t", type: "F16", "2", "0", "4") + "}", data: 4)
    #expect(refusal(of: half) == .unsupportedType(tensor: "t", type: "F16"))
  }

  @Test(arguments: [
    "", "{", "[]", "null", "{}x", "{\"t\"", "{\"t\":1}", "{\"t\":{}}", "{\"__metadata__\":{\"k\":1}}",
    "{\"__metadata__\":{\"k\":\"\\x\"}}", "{\"__metadata__\":{\"k\":\"\\ud800\"}}",
    "{\"__metadata__\":{\"k\":\"\\udc00\"}}", "{\"__metadata__\":{\"k\":\"\\u12\"}}",
    "{\"__metadata__\":{\"k\":\"\n\"}}", "{\"__metadata__\":{\"k\":\"v\"},}", "\u{FEFF}{}",
    "{\"t\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
    "{\"t\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}",
    "{\"t\":{\"dtype\":\"F32\",\"shape\":[01],\"data_offsets\":[0,4]}}",
    "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
    "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}",
    "{\"t\":{\"dtype\":\"F32\",\"shape\":[9223372036854775808],\"data_offsets\":[0,4]}}",
    "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,4]}}",
    "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"extra\":\"\"}}",
    "{\"t\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}",
  ])
  func malformedHeadersAreRefused(header: String) {
    guard case .malformedHeader = refusal(of: file(header, data: 4)) else {
      Issue.record("accepted or refused for another reason: \(header)")
      return
    }
  }

  @Test func textThatIsNotUTF8IsRefused() {
    var bytes = file(#"{"__metadata__":{"k":"v"}}"#)
    bytes[8 + 22] = 0xFF
    #expect(refusal(of: bytes) == .malformedHeader(position: 22, reason: "not UTF-8"))
  }

  /// Whatever byte of the header is damaged, the reader answers: it neither traps nor reads outside the file.
  @Test func everySingleByteOfTheHeaderMayBeDamaged() {
    let bytes = SafeTensors.encode(tensors, metadata: ["k": "v"])
    for position in 0..<bytes.count - 28 {
      for flipped in [0x01, 0x10, 0x80, 0xFF] as [UInt8] {
        var damaged = bytes
        damaged[position] ^= flipped
        if let header = try? SafeTensorsHeader(of: damaged) {
          for entry in header.entries { _ = SafeTensors.values(of: entry, in: damaged) }
        }
      }
    }
  }
}
