import Testing
import Text

@Suite struct TextTableTests {
  @Test func columnsAreAsWideAsTheirLongestCell() {
    let table = TextTable(
      columns: [.init("run", .left), .init("tokens"), .init("points", .left)],
      rows: [["maze", "64.3", "-"], ["a longer name", "1,008.0", "-6.2 [-8.1, -4.4]"]])
    #expect(
      table.lines.joined(separator: "\n") == """
        run             tokens  points
        maze              64.3  -
        a longer name  1,008.0  -6.2 [-8.1, -4.4]
        """)
  }

  @Test func aGrowingTableKeepsItsMinimumWidths() {
    let table = TextTable(columns: [
      .init("round", minimumWidth: 7), .init("±", .left, minimumWidth: 4), .init("n"),
    ])
    #expect(table.header == "  round  ±     n")
    #expect(table.line(["10", "1.0", "5"]) == "     10  1.0   5")
    #expect(table.line(["10", "1.0 more", "5"]) == "     10  1.0 more  5")
  }

  @Test func columnsWithoutTitlesHaveNoHeader() {
    #expect(
      TextTable(columns: [.init("", .left), .init()], rows: [["a", "1"], ["bc", "22"]]).lines == [
        "a    1", "bc  22",
      ])
    #expect(TextTable(columns: [.init("a")]).lines == ["a"])
  }
}
