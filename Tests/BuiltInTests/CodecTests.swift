import Testing
import Words

@testable import BuiltIn

@Suite struct CodecTests {
  @Test func wordsAreTheDomainsAndBytesAreTheTexts() {
    let words = Codec.words(Vocabulary(words: ["a", "b"]))
    #expect(words.vocabularySize == 4 && words.framed(.words([2, 3])) == [0, 2, 3, 1])
    #expect(words.tokens(of: .text("b x a")) == [3, -1, 2])
    #expect(Codec.bytes.vocabularySize == 258)
    #expect(Codec.bytes.framed(.text("A\n")) == [0, 67, 12, 1])
  }

  @Test(arguments: ["", "Σ 3 + 5 =\r\n", "e\u{301} is not é", "\u{1F600}"])
  func textComesBackByteForByte(text: String) {
    let tokens = Codec.bytes.tokens(of: .text(text))
    #expect(tokens.count == text.utf8.count)
    #expect(Codec.bytes.writing(of: tokens) == .text(text))
  }

  @Test func bytesThatAreNoTextBecomeReplacementCharacters() {
    #expect(Codec.bytes.writing(of: [0xFF + 2, 67]) == .text("\u{FFFD}A"))
  }

  @Test func otherWordsHaveAnotherDigest() {
    #expect(Codec.bytes.digest != Codec.words(Vocabulary(words: ["a"])).digest)
    #expect(Codec.bytes.words.split(separator: " ").count == 258)
  }
}
