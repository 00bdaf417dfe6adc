import Testing
import Words

@testable import Search

/// Each rule of the judge on the maze of the paper's first figure:
///
///     2 S # .
///     1 . . .
///     0 . G #
struct MazeJudgeTests {
  private let domain: MazeDomain
  private let prompt = "start 0 2 goal 1 0 wall 1 2 wall 2 0"
  private let plan = "plan 0 2 plan 0 1 plan 0 0 plan 1 0"
  private let trace = """
    create 0 2 c0 c3 close 0 2 c0 c3 create 0 1 c1 c2 close 0 1 c1 c2 create 0 0 c2 c1 create 1 1 c2 c1 \
    close 0 0 c2 c1 create 1 0 c3 c0 close 1 0 c3 c0
    """

  init() throws {
    domain = try MazeDomain(MazeSettings(width: 3, height: 3))
  }

  private func judge(_ response: String, isTerminated: Bool = true, to prompt: String? = nil) throws
    -> Judgement
  {
    domain.judge(
      domain.words.tokens(of: response, replacingUnknownBy: -1), isTerminated: isTerminated,
      to: try domain.words.tokens(of: prompt ?? self.prompt))
  }

  private func answer(_ plan: String) throws -> AnswerVerdict { try judge("\(trace) \(plan)").answer }

  private func trace(_ trace: String) throws -> TraceVerdict { try judge("\(trace) \(plan)").trace }

  private func wrong(_ kind: Fault.Kind, _ position: Int, _ detail: String) -> AnswerVerdict {
    .wrong(Fault(kind: kind, word: position, detail: detail))
  }

  private func unsound(_ kind: Fault.Kind, _ position: Int, _ detail: String) -> TraceVerdict {
    .unsound(Fault(kind: kind, word: position, detail: detail))
  }

  @Test func theReferenceIsOptimalAndLegal() throws {
    let expected = Judgement(
      answer: .optimal(cost: 3), trace: .legal, clauses: 9, closedStates: 4, isTerminated: true
    )
    #expect(try judge("\(trace) \(plan)") == expected)
  }

  @Test func clausesAreCountedAsWrittenUpToTheFirstUnreadable() throws {
    let untrue = try judge("close 0 2 c5 c5 create 1 1 c0 c0 close 0 0 c1 c1 \(plan)")
    #expect(untrue.clauses == 3 && untrue.closedStates == 2 && !untrue.trace.isSound)
    let broken = try judge("create 0 2 c0 c3 close 0 c0 c0 c3 close 0 2 c0 c3 \(plan)")
    #expect(broken.clauses == 1 && broken.closedStates == 0)
    #expect(try judge(plan).clauses == 0)
  }

  @Test func aLongerWayIsCorrectButNotOptimal() throws {
    let longer = "plan 0 2 plan 0 1 plan 0 2 plan 0 1 plan 0 0 plan 1 0"
    #expect(try answer(longer) == .correct(cost: 5, optimalCost: 3))
  }

  @Test func theFirstWrongStepIsNamedWithItsPlace() throws {
    #expect(
      try answer("plan 0 2 plan 1 2 plan 1 1 plan 1 0")
        == wrong(.planEntersWall, 48, "the plan enters the wall at 1 2"))
    #expect(
      try answer("plan 0 2 plan 0 0 plan 1 0") == wrong(.planJumps, 48, "the plan jumps from 0 2 to 0 0"))
    #expect(
      try answer("plan 0 1 plan 0 0 plan 1 0")
        == wrong(.planStartsElsewhere, 45, "the plan starts at 0 1, not on the start 0 2"))
    #expect(
      try answer("plan 0 2 plan 0 1 plan 1 1")
        == wrong(.planEndsElsewhere, 54, "the plan does not end on the goal 1 0"))
    #expect(try answer("plan 0 2 plan 0 2").fault?.kind == .planJumps)
    #expect(
      try answer("plan 0 2 plan 0")
        == wrong(.malformedPlan, 50, "the end of the response does not fit into the plan"))
    #expect(
      try answer("plan 0 2 close 0 1") == wrong(.malformedPlan, 48, "\"close\" does not fit into the plan"))
    #expect(try answer("plan 0 c1") == wrong(.malformedPlan, 47, "\"c1\" does not fit into the plan"))
    #expect(try answer("") == wrong(.missingPlan, 45, "the response has no plan"))
    #expect(try answer("\(plan) bos").fault?.kind == .malformedPlan)
    #expect(
      try answer(plan + " nonsense").fault
        == Fault(kind: .malformedPlan, word: 57, detail: "\"<-1>\" does not fit into the plan"))
  }

  @Test func aResponseThatWasCutIsWrongWhateverItSays() throws {
    let detail = "the response was cut before its end"
    #expect(try judge("\(trace) \(plan)", isTerminated: false).answer == wrong(.notTerminated, 57, detail))
    #expect(
      try judge("\(trace) plan 0 2 plan", isTerminated: false).answer == wrong(.notTerminated, 49, detail))
    #expect(try judge(trace, isTerminated: false).answer == wrong(.notTerminated, 45, detail))
    let early = try judge("\(trace) plan 1 2 plan", isTerminated: false).answer
    #expect(early.fault?.kind == .planEntersWall)
    #expect(try judge("\(trace) \(plan)", isTerminated: false).trace == .legal)
  }

  @Test func aTraceOfThePathAloneIsSoundAndAnEmptyOneIsNot() throws {
    let path = """
      create 0 2 c0 c3 close 0 2 c0 c3 create 0 1 c1 c2 close 0 1 c1 c2 create 0 0 c2 c1 close 0 0 c2 c1 \
      create 1 0 c3 c0 close 1 0 c3 c0
      """
    let fault = Fault(
      kind: .childNotCreated, word: 25, detail: "1 1, beside the closed 0 1, was not created with g 2")
    #expect(try trace(path) == .sound(firstIllegality: fault))
    #expect(try judge(plan).trace == unsound(.emptyTrace, 0, "the trace is empty"))
    #expect(try judge(plan).answer == .optimal(cost: 3))
    #expect(try judge("").trace == unsound(.emptyTrace, 0, "the trace is empty"))
  }

  @Test func everyFalseClauseIsFoundAtItsToken() throws {
    let opening = "create 0 2 c0 c3 close 0 2 c0 c3"
    for (trace, kind, position) in [
      ("create 0 1 c0 c2", Fault.Kind.startsElsewhere, 0), ("create 0 2 c1 c3", .wrongCost, 3),
      ("create 0 2 c0 c2", .wrongHeuristic, 4), ("close 0 2 c0 c3", .closesUnopened, 0),
      ("create 0 2 c0 c3 create 0 1 c1 c2", .wrongCost, 8), ("\(opening) create 0 1 c2 c2", .wrongCost, 13),
      ("\(opening) create 1 2 c1 c2", .createsWall, 10), ("\(opening) create 0 1 c1 c3", .wrongHeuristic, 14),
      ("\(opening) create 0 1 c1 c2 create 0 1 c1 c2", .noImprovement, 18),
      ("\(opening) create 0 1 c1 c2 close 0 1 c2 c2", .wrongCost, 18),
      ("\(opening) create 0 1 c1 c2 close 0 1 c1 c1", .wrongHeuristic, 19),
      ("\(opening) close 0 2 c0 c3", .closesUnopened, 10), ("\(opening) create 0 1 c1", .malformedClause, 14),
      ("\(opening) goal 0 1 c1 c2", .malformedClause, 10),
      ("\(opening) create 0 c1 c1 c2", .malformedClause, 12),
      (opening, .goalNotClosed, 10), ("eos", .malformedClause, 0),
    ] {
      let fault = try self.trace(trace).fault
      #expect(fault?.kind == kind && fault?.position == position, "\(trace): \(String(describing: fault))")
    }
  }

  @Test func everyCellOfThePlanThatCanBeReadMustBeClosed() throws {
    let detail = "the plan passes 1 1, which was never closed"
    let other = try judge("\(trace) plan 0 2 plan 0 1 plan 1 1 plan 1 0")
    #expect(other.answer == .optimal(cost: 3))
    #expect(other.trace == unsound(.planNotClosed, 51, detail))
    #expect(try judge("\(trace) plan 1 1 plan").trace == unsound(.planNotClosed, 45, detail))
    // A plan that is wrong but true to what was closed leaves the trace legal.
    #expect(try judge("\(trace) plan 0 2 plan 0 0").trace == .legal)
  }

  @Test func aPlanThatCannotBeReadIsNoFaultOfTheTrace() throws {
    for plan in [
      "", "plan", "plan 0 2 plan", "plan 0 2 close 0 1", "plan 0 c1", "plan 0 2 nonsense plan 1 1",
    ] {
      let judgement = try judge("\(trace) \(plan)")
      #expect(judgement.trace == .legal, "\(plan)")
      #expect(!judgement.answer.isCorrect, "\(plan)")
    }
  }

  @Test func aSoundTraceIsIllegalAtTheClauseThatNoSearchWouldWrite() throws {
    func illegality(_ trace: String) throws -> Fault? {
      guard case .sound(let fault) = try self.trace(trace) else { return nil }
      return fault
    }
    #expect(
      try illegality(trace + " create 1 1 c2 c1") == nil)  // no improvement: not even sound
    #expect(try illegality("\(trace) close 1 1 c2 c1")?.kind == .continuesAfterGoal)
    let detour = """
      create 0 2 c0 c3 close 0 2 c0 c3 create 0 1 c1 c2 close 0 1 c1 c2 create 1 1 c2 c1 create 0 0 c2 c1 \
      close 1 1 c2 c1 create 2 1 c3 c2 create 1 0 c3 c0 close 2 1 c3 c2 create 2 2 c4 c3 close 0 0 c2 c1 \
      close 1 0 c3 c0
      """
    #expect(
      try illegality(detour)
        == Fault(
          kind: .smallerCostOpen, word: 45, detail: "2 1 with f 5 is closed while a cell with f 3 is open"
        ))
  }

  /// On an empty board 1 1 is first reached the long way round with g 4 and closed, then from 0 1 with g 2.
  @Test func aClosedCellMayBeReachedAgainByABetterWayAndThenCountsWithItsLastCost() throws {
    let prompt = "start 0 0 goal 2 2"
    let around = """
      create 0 0 c0 c4 close 0 0 c0 c4 create 0 1 c1 c3 close 0 1 c1 c3 create 0 2 c2 c2 close 0 2 c2 c2 \
      create 1 2 c3 c1 close 1 2 c3 c1 create 1 1 c4 c2 close 1 1 c4 c2 create 1 1 c2 c2 close 1 1 c2 c2
      """
    let plan = "plan 0 0 plan 0 1 plan 1 1 plan 2 1 plan 2 2"
    let fault = Fault(
      kind: .childNotCreated, word: 15, detail: "1 0, beside the closed 0 0, was not created with g 1")
    let better = "create 2 1 c3 c1 close 2 1 c3 c1 create 2 2 c4 c0 close 2 2 c4 c0"
    #expect(
      try judge("\(around) \(better) \(plan)", to: prompt).trace == .sound(firstIllegality: fault))
    let stale = "create 2 1 c5 c1 close 2 1 c5 c1 create 2 2 c6 c0 close 2 2 c6 c0"
    #expect(
      try judge("\(around) \(stale) \(plan)", to: prompt).trace
        == unsound(.wrongCost, 63, "no cell closed with g 4 is beside 2 1"))
  }

  @Test func aBadPromptMakesEveryResponseWrong() throws {
    for prompt in ["", "start 0 2", "start 0 2 goal", "start 0 2 goal 0 2 wall 0 2"] {
      let judgement = try judge("\(trace) \(plan)", to: prompt)
      #expect(judgement.answer.fault?.kind == .badPrompt, "\(prompt)")
      #expect(judgement.trace.fault?.kind == .badPrompt, "\(prompt)")
      #expect(judgement.clauses == 9)
    }
    let walled = "start 0 2 goal 1 0 wall 0 0 wall 1 1"
    #expect(try judge("\(trace) \(plan)", to: walled).answer.fault?.kind == .planEntersWall)
  }

  @Test func aFaultReadsAsASentence() throws {
    let fault = Fault(kind: .planEntersWall, word: 17, detail: "the plan enters the wall at 2 0")
    #expect(fault.description == "token 17: the plan enters the wall at 2 0")
  }

  /// A search that reaches an open cell by a cheaper way creates it again, and closes it with the new cost.
  @Test func theGoldensOfTheHeapAreLegalWithTheirImprovedNodes() throws {
    for golden in try Golden.load("coin", as: [Golden].self) {
      let domain = try golden.domain()
      let words = try #require(golden.trace) + " " + #require(golden.plan)
      let judgement = domain.judge(
        try domain.words.tokens(of: words), isTerminated: true,
        to: try domain.words.tokens(of: golden.prompt))
      #expect(judgement.answer.isOptimal && judgement.trace == .legal, "\(golden)")
    }
  }
}
