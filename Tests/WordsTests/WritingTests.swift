import Testing
import Words

struct WritingTests {
  private let composed = Writing.text("caf\u{E9}")
  private let decomposed = Writing.text("cafe\u{301}")

  @Test func textsAreEqualOnlyIfTheirBytesAre() {
    #expect("caf\u{E9}" == "cafe\u{301}")
    #expect(composed != decomposed)
    #expect(composed == .text("caf\u{E9}"))
    #expect(Set([composed, decomposed, .text("caf\u{E9}")]).count == 2)
  }

  @Test func lineEndsAreKeptApart() {
    #expect(Writing.text("a\r\nb") != .text("a\nb"))
  }

  @Test func aTextIsNotItsWords() {
    #expect(Writing.text("") != .words([]))
    #expect(Set([Writing.text(""), .words([])]).count == 2)
  }

  @Test func joiningPutsNothingBetween() {
    #expect(Writing.text("e") + .text("\u{301}") == .text("e\u{301}"))
    #expect((Writing.text("e") + .text("\u{301}")).text.unicodeScalars.count == 2)
    #expect(Writing.words([2, 3]) + .words([4]) == .words([2, 3, 4]))
  }

  @Test func nothingWrittenIsEmpty() {
    #expect(Writing.text("").isEmpty && Writing.words([]).isEmpty)
    #expect(!Writing.text("\u{301}").isEmpty && !Writing.words([0]).isEmpty)
  }

  @Test func aTextOfUnknownWordsHasNoNumbersForThem() {
    let vocabulary = Vocabulary(words: ["a", "b"])
    #expect(vocabulary.tokens(of: Writing.text("b c\na")) == [3, -1, 2])
    #expect(vocabulary.tokens(of: Writing.words([9, 2])) == [9, 2])
    #expect(vocabulary.text(of: Writing.words([9, 2])) == "<9> a")
    #expect(vocabulary.text(of: Writing.text("b  c")) == "b  c")
  }

  @Test func mixedKindsCannotBeJoined() async {
    await #expect(processExitsWith: .failure) { _ = Writing.text("a") + .words([2]) }
  }
}
