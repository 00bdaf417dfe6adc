import Testing
import Words

@testable import Search

/// What may be left out of a trace one by one.
@Suite struct ClauseTests {
  @Test func aSearchHasAClauseForEachCreateAndClose() throws {
    let domain = try MazeDomain(MazeSettings(width: 3, height: 3))
    let trace = try domain.writing(of: "create 0 2 c0 c3 close 0 2 c0 c3 create 0 1 c1 c2")
    let variations = try #require(domain.variations)
    #expect(
      variations.clauses(of: trace).map(domain.text) == [
        "create 0 2 c0 c3", "close 0 2 c0 c3", "create 0 1 c1 c2",
      ])
    let broken = try domain.writing(of: "create 0 2 c0 c3 close 0 2 c0")
    #expect(variations.clauses(of: broken).isEmpty, "what is no clause cannot be kept whole")
    #expect(variations.clauses(of: .words([])).isEmpty)
  }

  @Test(arguments: [
    ("one\ntwo\n", ["one\n", "two\n"]), ("one\n\ntwo", ["one\n", "\n", "two"]), ("é", ["é"]), ("", []),
  ])
  func theClausesOfATextAreItsLines(text: String, clauses: [String]) {
    #expect(TextVariations(marker: "Answer:").clauses(of: .text(text)).map(\.text) == clauses)
  }
}
