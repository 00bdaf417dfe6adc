import Testing

@testable import Plot

@Suite struct WritingTests {
  @Test func numbersHaveFixedDecimals() {
    #expect(fixed(12.34, 1) == "12.3")
    #expect(fixed(0.05, 1) == "0.1")
    #expect(fixed(-0.04, 1) == "0.0")
    #expect(fixed(-1.25, 2) == "-1.25")
    #expect(fixed(1_234_567, 0) == "1234567")
    #expect(fixed(2.006, 2) == "2.01")
  }

  @Test func placesDropAnEmptyDecimal() {
    #expect(coordinate(12) == "12")
    #expect(coordinate(12.04) == "12")
    #expect(coordinate(12.06) == "12.1")
  }

  @Test func textIsEscaped() {
    #expect(escaped("a < b & \"c\" > d") == "a &lt; b &amp; &quot;c&quot; &gt; d")
    #expect(
      tag("text", [("x", "\"1\"")], escaped("<script>")) == "<text x=\"&quot;1&quot;\">&lt;script&gt;</text>")
  }
}
