import Testing
import Words

@testable import Search

/// A response step by step, each with what is wrong with it.
@Suite struct MazeReplayTests {
  static let prompt = "start 0 2 goal 1 0 wall 1 2 wall 2 0"
  static let trace = """
    create 0 2 c0 c3 close 0 2 c0 c3 create 0 1 c1 c2 close 0 1 c1 c2 create 0 0 c2 c1 create 1 1 c2 c1 \
    close 0 0 c2 c1 create 1 0 c3 c0 close 1 0 c3 c0
    """
  static let plan = "plan 0 2 plan 0 1 plan 0 0 plan 1 0"

  private func replay(_ words: String, isTerminated: Bool = true) throws -> Replay {
    let domain = try MazeDomain(MazeSettings(width: 3, height: 3))
    let prompt = try domain.words.tokens(of: Self.prompt)
    let response = try domain.words.tokens(of: words)
    return try #require(domain.replay(of: response, isTerminated: isTerminated, to: prompt))
  }

  @Test func aRunOfAStarHasNoFlaw() throws {
    let replay = try replay("\(Self.trace) \(Self.plan)")
    #expect(replay.board == Replay.Board(width: 3, height: 3, walls: [2, 7], start: 6, goal: 1))
    #expect(replay.steps.map(\.action.rawValue).prefix(4) == ["create", "close", "create", "close"])
    #expect(replay.steps.map(\.cell) == [6, 6, 3, 3, 0, 4, 0, 1, 1, 6, 3, 0, 1])
    #expect(replay.steps.allSatisfy { $0.flaw == nil })
    #expect(replay.clauses.joined(separator: " ") == Self.trace)
    #expect(replay.steps.map(\.length) == [5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 3, 3])
  }

  @Test func theFirstIllegalStepIsMarkedOnce() throws {
    let short = Self.trace.replacing(" create 1 1 c2 c1", with: "")
    let flaws = try replay("\(short) \(Self.plan)").steps.map(\.flaw)
    #expect(flaws[5] == .illegal("token 25: 1 1, beside the closed 0 1, was not created with g 2"))
    #expect(flaws.count { $0 != nil } == 1)
  }

  @Test func everyUntrueStepIsMarkedAndNotTakenIn() throws {
    // The cell was created with a wrong h: it is not open, so its close is untrue too.
    let replay = try replay("create 0 2 c0 c3 close 0 2 c0 c3 create 0 1 c1 c1 close 0 1 c1 c2 \(Self.plan)")
    #expect(
      replay.steps.map(\.flaw).prefix(5) == [
        nil, nil, .untrue("token 14: h of 0 1 is 2, not 1"),
        .untrue("token 15: 0 1 is closed, but is not open"), nil,
      ])
  }

  @Test func faultsOfThePlanStandAtTheirStep() throws {
    let replay = try replay("\(Self.trace) plan 0 2 plan 1 1 plan 1 0")
    #expect(replay.steps[10].flaw == .untrue("token 48: the plan jumps from 0 2 to 1 1"))
    let cut = try self.replay("\(Self.trace) \(Self.plan)", isTerminated: false)
    #expect(cut.steps.last?.action == .unreadable)
    #expect(cut.steps.last?.flaw == .untrue("token 57: the response was cut before its end"))
  }

  @Test func whatCannotBeReadIsOneStep() throws {
    let replay = try replay("create 0 2 c0 c3 close 0 c0 create 0 1 c1 c2")
    #expect(replay.steps.map(\.action) == [.create, .unreadable, .unreadable])
    #expect(replay.steps[1].text == "close 0 c0 create 0 1 c1 c2")
    #expect(replay.steps[1].flaw == .untrue("token 7: \"c0\" does not fit into a clause"))
    #expect(replay.steps[2].flaw == .untrue("token 13: the response has no plan"))
  }

  @Test func aBadPromptHasNoBoard() throws {
    let domain = try MazeDomain(MazeSettings(width: 3, height: 3))
    #expect(domain.replay(of: [], isTerminated: true, to: []) == nil)
  }
}
