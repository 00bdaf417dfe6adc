import Testing
import Words

@testable import Search

/// A response step by step, each with the boxes it speaks of and what is wrong with it, on
///
///     #######
///     #@ $ .#
///     #     #
///     #     #
///     #######
@Suite struct SokobanReplayTests {
  private static let room = "#######\n#@ $ .#\n#     #\n#     #\n#######"
  private static let opening = "create worker 1 1 box 3 1 c0 c2 close worker 1 1 box 3 1 c0 c2"
  private static let plan = "plan 1 1 plan 2 1 plan 3 1 plan 4 1"

  private func replay(_ words: String, of level: String = room, isTerminated: Bool = true) throws -> Replay {
    let domain = try SokobanDomain(SokobanSettings(width: 7, height: 5, boxes: 1, innerWalls: 0))
    let prompt = try domain.promptTokens(of: level)
    let response = try domain.words.tokens(of: words)
    return try #require(domain.replay(of: response, isTerminated: isTerminated, to: prompt))
  }

  @Test func theBoardIsThatOfTheLevel() throws {
    let board = try replay(Self.plan).board
    #expect((board.width, board.height, board.start, board.goal, board.isFromTop) == (7, 5, 8, nil, true))
    #expect(board.pieces?.cells == [10] && board.pieces?.targets == [12])
    #expect(board.walls.prefix(8) == [0, 1, 2, 3, 4, 5, 6, 7])
  }

  @Test func aClauseShowsItsBoxesAndThePlanAllOfThem() throws {
    let replay = try replay("\(Self.opening) create worker 4 1 c3 c0 \(Self.plan)")
    #expect(replay.steps.map(\.cell) == [8, 8, 11, 8, 9, 10, 11])
    #expect(replay.steps.map(\.pieces) == [[10], [10], [], [10], [10], [11], [12]])
    #expect(
      replay.clauses == [
        "create worker 1 1 box 3 1 c0 c2", "close worker 1 1 box 3 1 c0 c2", "create worker 4 1 c3 c0",
      ])
    #expect(replay.steps.map(\.length) == [9, 9, 6, 3, 3, 3, 3])
  }

  @Test func untrueClausesAreMarkedAndNotTakenIn() throws {
    let wrong = "create worker 2 1 box 3 1 c1 c1 close worker 2 1 box 3 1 c1 c2"
    let flaws = try replay("\(Self.opening) \(wrong) \(Self.plan)").steps.map(\.flaw)
    #expect(flaws[0] == nil && flaws[1] == nil)
    #expect(flaws[2] == .untrue("token 26: worker 2 1 box 3 1: h is 2, not 1"))
    #expect(flaws[3] == .untrue("token 27: worker 2 1 box 3 1: it is closed, but is not open"))
  }

  /// The reference's own response without its second clause's child.
  @Test func theFirstIllegalStepIsMarkedOnce() throws {
    let closed = "create worker 2 1 box 3 1 c1 c2 close worker 2 1 box 3 1 c1 c2"
    let flaws = try replay("\(Self.opening) \(closed) \(Self.plan)").steps.map(\.flaw)
    #expect(
      flaws[3] == .illegal("token 27: no create with g 1 of the last closed state's move to 1 2"))
    #expect(flaws.prefix(4).count { $0 != nil } == 1)
  }

  @Test func aBlockedStepLeavesTheBoxes() throws {
    let replay = try replay("\(Self.opening) plan 1 1 plan 2 1 plan 4 1")
    #expect(replay.steps.last?.pieces == [10])
    #expect(replay.steps.last?.flaw == .untrue("token 24: the plan jumps from 2 1 to 4 1"))
    let cut = try self.replay("\(Self.opening) create worker \(Self.plan)", isTerminated: false)
    #expect(cut.steps.map(\.action).prefix(3) == [.create, .close, .unreadable])
    #expect(cut.steps.last?.flaw == .untrue("token 32: the response was cut before its end"))
  }

  @Test func aReferenceHasNoFlaw() throws {
    let domain = try SokobanDomain(
      SokobanSettings(width: 6, height: 6, innerWalls: 1, maximumTraceTokens: 900))
    for exercise in domain.exercises(seed: 4, count: 20) {
      let response = exercise.trace + exercise.answer
      let replay = try #require(domain.replay(of: response, isTerminated: true, to: exercise.prompt))
      #expect(replay.steps.allSatisfy { $0.flaw == nil && $0.cell != nil })
      let (boxes, docks) = (replay.steps.last?.pieces ?? [], replay.board.pieces?.targets ?? [])
      #expect(!boxes.isEmpty && Set(boxes).isSubset(of: docks))
    }
    #expect(domain.replay(of: [], isTerminated: true, to: []) == nil)
  }
}
