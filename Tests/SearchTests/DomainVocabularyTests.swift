import Testing
import Words

@testable import Search

/// The vocabularies of domains, and what is said of words that they lack.
struct DomainVocabularyTests {
  @Test(arguments: [(3, 20), (4, 28), (5, 38), (6, 50), (7, 64), (8, 80), (10, 118), (20, 428), (30, 938)])
  func theMazeVocabulariesHaveThePapersSizes(side: Int, count: Int) throws {
    #expect(try MazeDomain(MazeSettings(width: side, height: side)).words.count == count)
  }

  @Test func theCellGrammarHasAWordForEachOperationAtEachCell() throws {
    let vocabulary = try MazeDomain(MazeSettings(width: 5, height: 4, grammar: .cell)).words
    #expect(vocabulary.count == 2 + 6 * 20 + 20)
    #expect(vocabulary.token("create@4,3") != nil && vocabulary.token("create@3,4") == nil)
  }

  @Test func theDigestChangesWithAnyWord() throws {
    let one = try MazeDomain(MazeSettings(width: 5, height: 4)).words
    let turned = try MazeDomain(MazeSettings(width: 4, height: 5)).words
    let other = try MazeDomain(MazeSettings(width: 5, height: 5)).words
    #expect(one == turned && one.digest == turned.digest)
    #expect(one != other && one.digest != other.digest)
  }

  @Test func anUnknownWordIsRefusedWithTheNearest() throws {
    let vocabulary = try MazeDomain(MazeSettings(width: 10, height: 10)).words
    #expect(throws: SearchError.unknownWord(word: "gaol", position: 3, nearest: "goal")) {
      try vocabulary.read("start 0 2 gaol 1 0")
    }
    #expect(throws: SearchError.unknownWord(word: "Wall", position: 0, nearest: "wall")) {
      try vocabulary.read("Wall")
    }
    #expect(throws: SearchError.unknownWord(word: "xyzxyz", position: 0, nearest: nil)) {
      try vocabulary.read("xyzxyz")
    }
    let error = SearchError.unknownWord(word: "gaol", position: 3, nearest: "goal")
    #expect(
      error.description == "token 3: \"gaol\" is not a word of this vocabulary; the nearest is \"goal\"")
  }
}
