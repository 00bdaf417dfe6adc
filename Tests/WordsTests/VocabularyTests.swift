import Testing
import Words

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

  @Test func theDigestIsOfTheWords() {
    #expect(
      Vocabulary(words: ["a"]).digest == "35dee9ff405c73c08783cda92463d673a226e78081ac331951c0245a4c4ae0d5")
  }

  @Test func anUnknownWordIsRefusedWithTheNearest() throws {
    let vocabulary = Vocabulary(words: ["start", "goal", "wall", "0", "1", "2"])
    let gaol = UnknownWord(word: "gaol", position: 3, nearest: "goal")
    #expect(throws: gaol) { try vocabulary.tokens(of: "start 0 2 gaol 1 0") }
    #expect(throws: UnknownWord(word: "Wall", position: 0, nearest: "wall")) {
      try vocabulary.tokens(of: "Wall")
    }
    #expect(throws: UnknownWord(word: "xyzxyz", position: 0, nearest: nil)) {
      try vocabulary.tokens(of: "xyzxyz")
    }
    #expect(vocabulary.unknownWord(in: "start 0 2 gaol 1 0", at: 3) == gaol)
    #expect(vocabulary.unknownWord(in: "start 0 2 gaol 1 0", at: 0) == nil)
    #expect(gaol.description == "token 3: \"gaol\" is not a word of this vocabulary; the nearest is \"goal\"")
  }
}
