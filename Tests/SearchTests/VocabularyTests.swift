import Testing

@testable import Search

struct VocabularyTests {
  @Test func wordsAreNumberedInByteOrderBehindBosAndEos() throws {
    let vocabulary = Vocabulary(words: ["wall", "c10", "c2", "close", "10", "9"])
    #expect(vocabulary.words == ["bos", "eos", "10", "9", "c10", "c2", "close", "wall"])
    #expect(try vocabulary.tokens(of: " c2  wall\n") == [5, 7])
    #expect(vocabulary.text(of: [5, 7]) == "c2 wall")
    #expect(vocabulary.token("c10") == 4 && vocabulary.token("c1") == nil)
    #expect(vocabulary.word(99) == "<99>" && vocabulary.word(-1) == "<-1>")
    #expect(vocabulary.tokens(of: "c2 cx", replacingUnknownBy: -1) == [5, -1])
  }

  @Test(arguments: [(3, 20), (4, 28), (5, 38), (6, 50), (7, 64), (8, 80), (10, 118), (20, 428), (30, 938)])
  func theMazeVocabulariesHaveThePapersSizes(side: Int, count: Int) throws {
    #expect(try MazeDomain(MazeSettings(width: side, height: side)).vocabulary.count == count)
  }

  @Test func theCellGrammarHasAWordForEachOperationAtEachCell() throws {
    let vocabulary = try MazeDomain(MazeSettings(width: 5, height: 4, grammar: .cell)).vocabulary
    #expect(vocabulary.count == 2 + 6 * 20 + 20)
    #expect(vocabulary.token("create@4,3") != nil && vocabulary.token("create@3,4") == nil)
  }

  @Test func theDigestChangesWithAnyWord() throws {
    let one = try MazeDomain(MazeSettings(width: 5, height: 4)).vocabulary
    let turned = try MazeDomain(MazeSettings(width: 4, height: 5)).vocabulary
    let other = try MazeDomain(MazeSettings(width: 5, height: 5)).vocabulary
    #expect(one == turned && one.digest == turned.digest)
    #expect(one != other && one.digest != other.digest)
    #expect(
      Vocabulary(words: ["a"]).digest == "35dee9ff405c73c08783cda92463d673a226e78081ac331951c0245a4c4ae0d5")
  }

  @Test func anUnknownWordIsRefusedWithTheNearest() throws {
    let vocabulary = try MazeDomain(MazeSettings(width: 10, height: 10)).vocabulary
    #expect(throws: SearchError.unknownWord(word: "gaol", position: 3, nearest: "goal")) {
      try vocabulary.tokens(of: "start 0 2 gaol 1 0")
    }
    #expect(throws: SearchError.unknownWord(word: "Wall", position: 0, nearest: "wall")) {
      try vocabulary.tokens(of: "Wall")
    }
    #expect(throws: SearchError.unknownWord(word: "xyzxyz", position: 0, nearest: nil)) {
      try vocabulary.tokens(of: "xyzxyz")
    }
    let error = SearchError.unknownWord(word: "gaol", position: 3, nearest: "goal")
    #expect(
      error.description == "token 3: \"gaol\" is not a word of this vocabulary; the nearest is \"goal\"")
  }
}
