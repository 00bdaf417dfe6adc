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

  /// One byte each, so that a text is never longer than what was drawn.
  @Test(
    arguments: [
      ([0xFF, 65], "\u{1A}A"), ([0, 65, 0], "\u{1A}A\u{1A}"), ([0xC3, 0xA9, 0xC3], "\u{E9}\u{1A}"),
      ([0xE2, 0x82, 65], "\u{1A}\u{1A}A"), ([0xED, 0xA0, 0x80], "\u{1A}\u{1A}\u{1A}"),
      ([0xF0, 0x9F, 0x98, 0x80, 0x80], "\u{1F600}\u{1A}"), ([0xC0, 0x80], "\u{1A}\u{1A}"),
    ] as [([UInt8], String)])
  func bytesThatAreNoTextAreSubstituted(bytes: [UInt8], text: String) {
    let writing = Codec.bytes.writing(of: bytes.map { Token($0) + 2 })
    #expect(writing == .text(text))
    #expect(Codec.bytes.tokens(of: writing).count == bytes.count)
  }

  @Test func otherWordsHaveAnotherDigest() {
    #expect(Codec.bytes.digest != Codec.words(Vocabulary(words: ["a"])).digest)
    #expect(Codec.bytes.words.split(separator: " ").count == 258)
  }
}
