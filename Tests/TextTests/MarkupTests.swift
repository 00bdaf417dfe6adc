import Testing
import Text

@Suite struct MarkupTests {
  @Test func textIsEscapedAndRawIsNot() {
    #expect(Markup("a < b & \"c\" > 'd'").html == "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;")
    let name = "<b>"
    #expect(("\(name)" as Markup).html == "&lt;b&gt;" && Markup(raw: name).html == "<b>")
  }

  @Test func anElementHasAttributesAndContent() {
    #expect(
      element("td", [("class", "n"), ("title", "\"")], "1 < ", "2").html
        == "<td class=\"n\" title=\"&quot;\">1 &lt; 2</td>")
    #expect(element("input", [("hidden", "")]).html == "<input hidden>")
    #expect(
      element("p", [], ["a", "b"].map { Markup($0) }).html == "<p>ab</p>" && element("p").html == "<p></p>")
  }

  @Test func anEmptyElementOfADrawingClosesItself() {
    #expect(svg("polyline", [("points", "")]).html == "<polyline points=\"\"/>")
    #expect(
      svg("text", [("x", "\"1\"")], ["<script>"]).html == "<text x=\"&quot;1&quot;\">&lt;script&gt;</text>")
  }

  @Test func partsAreJoined() {
    #expect(["<", ">"].map { Markup($0) }.joined(separator: " ").html == "&lt; &gt;")
    var sum: Markup = "a"
    sum += "b"
    #expect(sum == "ab" && [Markup]().joined() == "")
  }
}
