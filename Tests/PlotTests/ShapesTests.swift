import Testing

@testable import Plot

@Suite struct ShapesTests {
  @Test func placesDropAnEmptyDecimal() {
    #expect(coordinate(12) == "12")
    #expect(coordinate(12.04) == "12")
    #expect(coordinate(12.06) == "12.1")
    #expect(coordinate(-0.04) == "0")
  }

  @Test func wordsAreEscaped() {
    #expect(
      text("a < b", x: 1, y: 2.5).html
        == "<text class=\"label\" x=\"1\" y=\"2.5\" text-anchor=\"start\">a &lt; b</text>")
  }
}
