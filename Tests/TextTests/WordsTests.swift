import Testing
import Text

@Suite struct WordsTests {
  @Test(arguments: [
    ("runs/maze-10x10", "runs/maze-10x10"), ("model.layers=3", "model.layers=3"),
    ("my runs/it's", "'my runs/it'\\''s'"), ("", "''"), ("~", "'~'"), ("$HOME", "'$HOME'"), ("'", "''\\'''"),
    ("größe", "'größe'"),
  ])
  func onlyPlainWordsNeedNoQuotes(text: String, expected: String) {
    #expect(text.shellQuoted == expected)
  }

  @Test func spacesStandOnTheOtherSide() {
    #expect("7".padded(to: 3, .right) == "  7" && "7".padded(to: 3, .left) == "7  ")
    #expect("1234".padded(to: 3, .right) == "1234")
  }

  @Test func aTextBeginsWithACapital() {
    #expect("no run of A*".capitalizedFirst == "No run of A*" && "".capitalizedFirst == "")
  }
}
