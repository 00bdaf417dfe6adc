import Testing

@testable import JSON

@Suite struct JSONDocumentTests {
  private func root(_ text: String) throws -> JSONNode {
    try JSONDocument(bytes: Array(text.utf8)).root
  }

  private func mistake(_ text: String, maximumValues: Int = .max) -> JSONMistake? {
    do throws(JSONMistake) {
      _ = try JSONDocument(bytes: Array(text.utf8), maximumValues: maximumValues)
      return nil
    } catch {
      return error
    }
  }

  @Test func everyValueKnowsItsPlace() throws {
    let root = try root("{\n \"ä\": [true, -1.50e3]}")
    #expect(root.position == TextPosition())
    let list = try #require(root["ä"])
    #expect(list.position == TextPosition(line: 2, column: 7, offset: 9))
    guard case .array(let elements) = list.value else { return #expect(Bool(false), "no list") }
    #expect(elements.map(\.value) == [.boolean(true), .number("-1.50e3")])
    #expect(elements[1].position == TextPosition(line: 2, column: 14, offset: 16))
    #expect(root["b"] == nil && list["ä"] == nil)
  }

  @Test func escapesAreRead() throws {
    #expect(try root(#""\"\\\/\b\f\n\r\t\u00e9\ud83e\uddED""#).value == .string("\"\\/\u{8}\u{c}\n\r\té🧭"))
  }

  @Test func aRepeatedKeyKeepsItsFirstValue() throws {
    let document = try JSONDocument(bytes: Array(#"{"a": 1, "b": {"a": 2, "a": 3}, "a": 4}"#.utf8))
    #expect(document.root["a"]?.value == .number("1"))
    #expect(document.repeatedKeys.map(\.position.column) == [24, 33])
    #expect(document.repeatedKeys.map(\.first.column) == [16, 2])
  }

  @Test func theFirstMistakeIsPlaced() {
    #expect(
      mistake("[1,\n2,]")
        == JSONMistake(TextPosition(line: 2, column: 3, offset: 6), "no comma is allowed before \"]\""))
    #expect(mistake("{\"a\": tru}")?.message == "\"tru\" is not a JSON value; texts stand in double quotes")
    #expect(mistake("\u{FEFF}1")?.position == TextPosition())
  }

  @Test func depthAndSizeAreLimited() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(mistake(nested(64)) == nil)
    #expect(mistake(nested(65))?.message == "nested more than 64 levels deep")
    #expect(mistake("[1, 2]", maximumValues: 3) == nil)
    #expect(mistake("[1, 2]", maximumValues: 2)?.position.offset == 4)
  }

  /// Cut and damaged texts are an error or a value, never a crash.
  @Test func damagedTextsNeverCrash() {
    let whole = Array(#"{"a": [1, -2.5e+3, true, null, {"b": "\u00e9\n", "c": {}}]}"#.utf8)
    for index in whole.indices {
      _ = try? JSONDocument(bytes: Array(whole[..<index]))
      for flipped in [0x01, 0x10, 0x80, 0xFF] as [UInt8] {
        var damaged = whole
        damaged[index] ^= flipped
        _ = try? JSONDocument(bytes: damaged)
      }
    }
  }
}
