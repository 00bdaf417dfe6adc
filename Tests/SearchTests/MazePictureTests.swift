import Testing
import Words

@testable import Search

struct MazePictureTests {
  @Test func aMazeIsDrawnWithItsCoordinates() throws {
    let domain = try MazeDomain(MazeSettings(width: 3, height: 3))
    let prompt = try domain.words.tokens(of: "start 0 2 goal 1 0 wall 1 2 wall 2 0")
    #expect(
      domain.drawing(of: prompt) == """
        2 S # .
        1 . . .
        0 . G #
          0 1 2
        """)
  }

  @Test func wideBoardsLabelTheirTens() throws {
    let domain = try MazeDomain(MazeSettings(width: 12, height: 11))
    let prompt = try domain.words.tokens(of: "start 0 10 goal 11 0")
    let lines = domain.drawing(of: prompt).split(separator: "\n")
    #expect(lines.first == "10 S . . . . . . . . . . .")
    #expect(lines[10] == " 0 . . . . . . . . . . . G")
    #expect(lines[11] == "                       1 1")
    #expect(lines[12] == "   0 1 2 3 4 5 6 7 8 9 0 1")
  }

  @Test func aResponseIsReplayedClauseByClauseWithItsFault() throws {
    let domain = try MazeDomain(MazeSettings(width: 3, height: 3, grammar: .cell))
    let prompt = try domain.words.tokens(of: "start@0,2 goal@1,0 wall@1,2 wall@2,0")
    let response = try domain.words.tokens(
      of: "create@0,2 c0 c3 close@0,2 c0 c3 create@0,1 c1 c2 close@0,1 c2 c2 plan@0,2 plan@0,1 plan@1,1")
    #expect(
      domain.frames(of: response, to: prompt) == [
        """
        2 S # .
        1 . . .
        0 . G #
          0 1 2
        """,
        """
        2 S # .
        1 . . .
        0 . G #
          0 1 2
        create@0,2 c0 c3
        """,
        """
        2 S # .
        1 . . .
        0 . G #
          0 1 2
        close@0,2 c0 c3
        """,
        """
        2 S # .
        1 o . .
        0 . G #
          0 1 2
        create@0,1 c1 c2
        """,
        """
        2 S # .
        1 x . .
        0 . G #
          0 1 2
        close@0,1 c2 c2
        token 10: 0 1 was created with g 1, not 2
        """,
        """
        2 S # .
        1 * * .
        0 . G #
          0 1 2
        plan@0,2 plan@0,1 plan@1,1
        answer: token 15: the plan does not end on the goal 1 0
        """,
      ])
  }

  @Test func anUnreadableClauseEndsTheReplay() throws {
    let domain = try MazeDomain(MazeSettings(width: 3, height: 3))
    let prompt = try domain.words.tokens(of: "start 0 2 goal 1 0")
    let response = try domain.words.tokens(of: "create 0 2 c0 c3 close 0 c0 create 0 1 c1 c2")
    let frames = domain.frames(of: response, to: prompt)
    #expect(frames.count == 4)
    #expect(frames[2].hasSuffix("close 0 c0 create 0 1 c1 c2\ntoken 7: \"c0\" does not fit into a clause"))
    #expect(frames[3].hasSuffix("answer: token 13: the response has no plan"))
  }
}
