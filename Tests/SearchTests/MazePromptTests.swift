import Determinism
import Testing
import Words

@testable import Search

struct MazePromptTests {
  @Test func aPromptIsReadAndWrittenBack() throws {
    let drawn = maze("S#.", "...", ".G#")
    for grammar in MazeGrammar.allCases {
      let language = MazeLanguage(grammar, drawn.grid)
      #expect(try language.maze(from: language.prompt(drawn)) == drawn)
    }
    let language = MazeLanguage(.searchformer, drawn.grid)
    #expect(language.vocabulary.text(of: language.prompt(drawn)) == "start 0 2 goal 1 0 wall 2 0 wall 1 2")
    let cells = MazeLanguage(.cell, drawn.grid)
    #expect(cells.vocabulary.text(of: cells.prompt(drawn)) == "start@0,2 goal@1,0 wall@2,0 wall@1,2")
  }

  @Test func theOrderOfItsWordsDoesNotMatter() throws {
    let drawn = maze("S#.", "...", ".G#")
    let language = MazeLanguage(.searchformer, drawn.grid)
    let words = try language.vocabulary.tokens(of: "wall 1 2 goal 1 0 wall 2 0 start 0 2")
    #expect(try language.maze(from: words) == drawn)
    for grammar in MazeGrammar.allCases {
      let language = MazeLanguage(grammar, drawn.grid)
      let prompt = language.prompt(drawn)
      let length = language.placeLength
      let clauses = stride(from: 0, to: prompt.count, by: length).map { Array(prompt[$0..<$0 + length]) }
      let text = language.vocabulary.text(of: clauses.reversed().joined())
      #expect(try language.prompt(of: text) == prompt)
    }
  }

  @Test(
    arguments: [
      ("start 0 2 goal 9 3", 3, "goal 9 3"), ("start 0 2 goal 1 9 wall 1 1", 3, "goal 1 9"),
      ("start 0 -1", 0, "start 0 -1"), ("start 0 2 goal 7 3", 3, "goal 7 3"),
      ("start@0,2 wall@9,3", 1, "wall@9,3"), ("wall@0,8", 0, "wall@0,8"),
    ])
  func aCellOutsideTheBoardIsNamedWithTheBoard(text: String, position: Int, place: String) throws {
    let domain = try MazeDomain(
      MazeSettings(width: 4, height: 8, grammar: text.contains("@") ? .cell : .searchformer))
    let error = #expect(throws: SearchError.self) { try domain.promptTokens(of: text) }
    #expect(
      error?.description == "token \(position): \"\(place)\" is outside the 4x8 board; x goes from 0 to 3, "
        + "y from 0 to 7: name another cell or choose a larger board")
  }

  @Test func aWordThatIsNoCellIsAnUnknownWord() throws {
    let domain = try MazeDomain(MazeSettings(width: 4, height: 8))
    for (text, word, position) in [
      ("start 0 2 gaol 1 0", "gaol", 3), ("start 02 1", "02", 1), ("start 0 2 99", "99", 3),
      ("start 9", "9", 1), ("start 9 x", "9", 1),
    ] {
      let error = #expect(throws: SearchError.self) { try domain.promptTokens(of: text) }
      guard case .unknownWord(word, position, _) = error else {
        Issue.record("\(text): \(String(describing: error))")
        continue
      }
    }
  }

  @Test func aMazeWithoutAWayGivesTheSearchOfAllThatIsReached() throws {
    let domain = try MazeDomain(MazeSettings(width: 3, height: 3))
    var random = CounterRandom(key: 1)
    let prompt = try domain.promptTokens(of: "start 0 0 goal 0 2 wall 0 1 wall 1 1 wall 2 1")
    let solution = try domain.solve(prompt, using: &random)
    #expect(solution.answer == nil && solution.closedStates == 3)
    #expect(
      domain.words.text(of: solution.trace) == """
        create 0 0 c0 c2 close 0 0 c0 c2 create 1 0 c1 c3 close 1 0 c1 c3 create 2 0 c2 c4 close 2 0 c2 c4
        """)
  }

  @Test(
    arguments: [
      ("", 0, "no start"), ("goal 1 0", 3, "no start"), ("start 0 2 wall 1 1", 6, "no goal"),
      ("start 0 2 goal 1", 5, "a coordinate was expected, not the end"),
      ("start 0 goal 1 0", 2, "a coordinate was expected, not \"goal\""),
      ("start 0 2 7 goal 1 0", 3, "\"start\", \"goal\" or \"wall\" with its place was expected, not \"7\""),
      (
        "start 0 2 goal 7 3", 3,
        "\"goal 7 3\" is outside the 4x8 board; x goes from 0 to 3, y from 0 to 7: name another cell or "
          + "choose a larger board"
      ),
      ("start 0 2 goal 1 0 start 1 1", 6, "a second start"),
      ("start 0 2 goal 1 0 goal 1 1", 6, "a second goal"),
      ("start 0 2 goal 1 0 wall 1 1 wall 1 1", 9, "a second wall at 1 1"),
      ("start 0 2 goal 1 0 wall 0 2", 6, "the start 0 2 is a wall"),
      ("wall 0 2 start 0 2 goal 1 0", 3, "the start 0 2 is a wall"),
      ("start 0 2 goal 1 0 wall 1 0", 6, "the goal 1 0 is a wall"),
      ("start 0 2 goal 1 0 plan 1 1", 6, "\"plan\" belongs to a response, not to a prompt"),
      ("start 0 2 goal 1 0 c5", 6, "\"start\", \"goal\" or \"wall\" with its place was expected, not \"c5\""),
      (
        "bos start 0 2 goal 1 0", 0,
        "\"start\", \"goal\" or \"wall\" with its place was expected, not \"bos\""
      ),
    ])
  func aBadPromptIsRefusedAtItsToken(words: String, position: Int, reason: String) throws {
    let domain = try MazeDomain(MazeSettings(width: 4, height: 8))
    let prompt = try domain.words.tokens(of: words)
    let error = SearchError.badPrompt(position: position, reason: reason)
    var random = CounterRandom(key: 1)
    #expect(throws: error) { try domain.solve(prompt, using: &random) }
    let once = ReferenceSettings(seed: 1, runs: 1, samples: 1)
    #expect(throws: error) { try domain.referenceLengths(of: prompt, once, index: 0) }
    #expect(domain.drawing(of: prompt) == "prompt, token \(position): \(reason)")
    #expect(domain.frames(of: prompt, to: prompt) == ["prompt, token \(position): \(reason)"])
  }

  @Test func settingsThatCannotDrawAreRefused() {
    func errors(_ change: (inout MazeSettings) -> Void) -> [String] {
      var settings = MazeSettings(width: 5, height: 5)
      change(&settings)
      return settings.errors.map(\.description)
    }
    #expect(errors { _ in }.isEmpty)
    #expect(
      errors {
        $0.width = 2
        $0.height = 101
      } == ["width: 2, but it must be 3...100", "height: 101, but it must be 3...100"])
    #expect(
      errors { $0.maximumWallPercent = 20 } == [
        "maximumWallPercent: 20, but it must not be below minimumWallPercent (30)"
      ])
    #expect(errors { $0.drawsPerLayout = 0 } == ["drawsPerLayout: 0, but it must be 1...100"])
    #expect(errors { $0.minimumPlanCells = 1 } == ["minimumPlanCells: 1, but it must be 2...25"])
    #expect(
      errors { $0.maximumWallPercent = 100 } == ["maximumWallPercent: 100, but it must be 0...80"])
    #expect(throws: SearchError.self) { try MazeDomain(MazeSettings(width: 5, height: 2)) }
  }
}
