import Testing

@testable import JSON

@Suite struct JSONTreeTests {
  @Test func keysAreSorted() {
    let tree = JSONTree.object(["b": .text("x"), "a": .null, "c": .array([.number(1), .flag(true)])])
    #expect(tree.line() == #"{"a":null,"b":"x","c":[1,true]}"#)
    #expect(tree.text() == "{\n  \"a\": null,\n  \"b\": \"x\",\n  \"c\": [1, true]\n}")
    #expect(JSONTree.object([:]).text() == "{}")
  }

  @Test func aTreeGrowsAlongAPath() {
    var tree = JSONTree.object([:])
    tree.insert(.number(1), at: ["a", "b"])
    tree.insert(.number(2), at: ["a", "c"])
    #expect(tree.line() == #"{"a":{"b":1,"c":2}}"#)
  }

  @Test func numbersAreTheShortestThatGiveTheValueBack() {
    #expect([0.1, 3, -2, 1e-5, 1e16, 0.5].map(\.json) == ["0.1", "3", "-2", "1e-05", "1e+16", "0.5"])
  }

  @Test func whatIsQuotedIsReadBack() throws {
    let text = "quote \" backslash \\ newline \n tab \t bell \u{7} é 🧭 /"
    #expect(text.jsonQuoted == "\"quote \\\" backslash \\\\ newline \\n tab \\t bell \\u0007 é 🧭 /\"")
    #expect(try JSONDocument(bytes: Array(text.jsonQuoted.utf8)).root.value == .string(text))
  }
}
