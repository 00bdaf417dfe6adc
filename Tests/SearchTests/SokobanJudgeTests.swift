import Determinism
import Testing
import Words

@testable import Search

/// Each rule of the judge, on a corridor and on the same with a second row:
///
///     #######        #######
///     #@ $ .#        #@ $ .#
///     #######        #     #
///                    #######
struct SokobanJudgeTests {
  private let corridor = "#######\n#@ $ .#\n#######"
  private let room = "#######\n#@ $ .#\n#     #\n#######"
  private let plan = "plan 1 1 plan 2 1 plan 3 1 plan 4 1"
  private let opening = "create worker 1 1 box 3 1 c0 c2 close worker 1 1 box 3 1 c0 c2"
  private let first = "create worker 2 1 box 3 1 c1 c2 close worker 2 1 box 3 1 c1 c2"
  private let second = "create worker 3 1 box 4 1 c2 c1 close worker 3 1 box 4 1 c2 c1"
  private let last = "create worker 4 1 c3 c0 close worker 4 1 c3 c0"

  private var bare: String { "\(opening) \(first) \(second) \(last)" }
  private var trace: String { "\(opening) \(first) \(second) create worker 2 1 box 4 1 c3 c1 \(last)" }

  private func judge(_ response: String, isTerminated: Bool = true, to level: String? = nil) throws
    -> Judgement
  {
    let level = try SokobanLevel(xsb: level ?? corridor)
    let language = SokobanLanguage(level.grid, costWords: 16)
    return SokobanJudge(language: language).judge(
      language.vocabulary.tokens(of: response, replacingUnknownBy: -1), isTerminated: isTerminated,
      to: language.prompt(level))
  }

  @Test func theReferenceIsOptimalAndLegal() throws {
    let expected = Judgement(
      answer: .optimal(cost: 3), trace: .legal, clauses: 9, closedStates: 4, isTerminated: true
    )
    #expect(try judge("\(trace) \(plan)") == expected)
  }

  @Test func aLongerPlanIsCorrectButNotOptimal() throws {
    let longer = "plan 1 1 plan 2 1 plan 1 1 plan 2 1 plan 3 1 plan 4 1"
    #expect(try judge("\(trace) \(longer)").answer == .correct(cost: 5, optimalCost: 3))
    #expect(try judge("\(trace) \(longer)").trace == .legal)
    #expect(try judge(longer).answer.isCorrect && !judge(longer).trace.isSound)
  }

  @Test func theFirstWrongStepIsNamedWithItsPlace() throws {
    for (plan, kind, position) in [
      ("plan 2 1 plan 3 1 plan 4 1", Fault.Kind.planStartsElsewhere, 75),
      ("plan 1 1 plan 3 1", .planJumps, 78),
      ("plan 1 1 plan 1 1", .planJumps, 78), ("plan 1 1 plan 1 0", .planEntersWall, 78),
      ("plan 1 1 plan 1 5", .planOutside, 78), ("\(plan) plan 5 1", .planPushBlocked, 87),
      ("plan 1 1 plan 2 1 plan 3 1", .planLeavesBox, 84), ("", .missingPlan, 75),
      ("plan 1 1 plan 2", .malformedPlan, 80), ("plan 1 1 close 2 1", .malformedPlan, 78),
      ("plan 1 c1", .malformedPlan, 77), ("\(plan) bos", .malformedPlan, 87),
    ] {
      let fault = try judge("\(trace) \(plan)").answer.fault
      #expect(fault?.kind == kind && fault?.position == position, "\(plan): \(String(describing: fault))")
    }
    #expect(
      try judge("\(trace) \(plan)", isTerminated: false).answer.fault
        == Fault(kind: .notTerminated, word: 87, detail: "the response was cut before its end"))
    #expect(
      try judge("\(trace) \(plan) plan 5 1").answer.fault?.description
        == "token 87: the plan pushes the box at 5 1, which cannot move")
  }

  @Test func everyFalseClauseIsFoundAtItsToken() throws {
    for (trace, kind, position) in [
      ("create worker 2 1 box 3 1 c0 c2", Fault.Kind.startsElsewhere, 0),
      ("create worker 1 1 box 3 1 c1 c2", .wrongCost, 7),
      ("create worker 1 1 box 3 1 c0 c1", .wrongHeuristic, 8),
      ("close worker 1 1 box 3 1 c0 c2", .closesUnopened, 0),
      ("\(opening) create worker 2 1 box 3 1 c2 c2", .wrongCost, 25),
      ("\(opening) create worker 3 1 box 4 1 c1 c1", .wrongCost, 25),
      ("\(opening) create worker 2 1 box 4 1 c1 c1", .wrongCost, 25),
      ("\(opening) create worker 2 1 box 3 1 c1 c1", .wrongHeuristic, 26),
      ("\(opening) create worker 0 1 box 3 1 c1 c2", .createsWall, 18),
      ("\(opening) create worker 2 1 box 0 1 c1 c2", .createsWall, 18),
      ("\(opening) create worker 2 5 box 3 1 c1 c2", .createsOutside, 18),
      ("\(opening) create worker 3 1 box 3 1 c1 c2", .createsMisplaced, 18),
      ("\(opening) create worker 2 1 box 5 1 c1 c0", .createsMisplaced, 18),
      ("\(opening) create worker 5 1 c1 c0", .createsMisplaced, 18),
      ("\(opening) create worker 2 1 box 3 1 box 4 1 c1 c2", .createsMisplaced, 18),
      ("\(opening) create worker 2 1 box 4 1 box 3 1 c1 c2", .malformedClause, 25),
      ("\(opening) close worker 0 1 c0 c2", .closesUnopened, 18),
      ("\(opening) close worker 1 1 box 3 1 c0 c2", .closesUnopened, 18),
      ("\(opening) \(first) create worker 2 1 box 3 1 c1 c2", .noImprovement, 43),
      ("\(opening) \(first) create worker 1 1 box 3 1 c2 c2", .noImprovement, 43),
      ("\(opening) create worker 2 1 box 3 1 c1 c2 close worker 2 1 box 3 1 c2 c2", .wrongCost, 34),
      ("\(opening) create worker 2 1 box 3 1 c1 c2 close worker 2 1 box 3 1 c1 c1", .wrongHeuristic, 35),
      ("\(opening) create worker 2 1 box 3 1 c1", .malformedClause, 26),
      ("\(opening) create 2 1 box 3 1 c1 c2", .malformedClause, 19),
      ("\(opening) box 2 1 c1 c2", .malformedClause, 18), ("\(opening)", .goalNotClosed, 18),
      ("", .emptyTrace, 0),
    ] {
      let fault = try judge("\(trace) \(plan)").trace.fault
      #expect(fault?.kind == kind && fault?.position == position, "\(trace): \(String(describing: fault))")
    }
  }

  @Test func aSoundTraceIsIllegalAtTheClauseThatNoSearchWouldWrite() throws {
    func illegality(_ trace: String, _ level: String) throws -> Fault? {
      guard case .sound(let fault) = try judge("\(trace) \(plan)", to: level).trace else { return nil }
      return fault
    }
    #expect(
      try illegality(bare, corridor)
        == Fault(
          kind: .childNotCreated, word: 60,
          detail: "no create with g 3 of the last closed state's move to 2 1"))
    let beyond = try illegality("\(trace) close worker 2 1 box 4 1 c3 c1", corridor)
    #expect(beyond?.kind == .continuesAfterGoal && beyond?.position == 75)
    #expect(try illegality(bare, room)?.position == 27)
    let detour = """
      \(opening) create worker 2 1 box 3 1 c1 c2 create worker 1 2 box 3 1 c1 c2 \
      close worker 1 2 box 3 1 c1 c2 create worker 2 2 box 3 1 c2 c2 close worker 2 2 box 3 1 c2 c2 \
      close worker 2 1 box 3 1 c1 c2 \(second) \(last)
      """
    #expect(
      try illegality(detour, room)
        == Fault(
          kind: .smallerCostOpen, word: 54,
          detail: "a state with f 4 is closed while one with f 3 is open"))
  }

  @Test func everyStateOfThePlanMustBeClosed() throws {
    let around = "plan 1 1 plan 1 2 plan 2 2 plan 2 1 plan 3 1 plan 4 1"
    let judgement = try judge("\(bare) \(around)", to: room)
    #expect(judgement.answer == .correct(cost: 5, optimalCost: 3))
    #expect(
      judgement.trace
        == .unsound(
          Fault(
            kind: .planNotClosed, word: 69,
            detail: "the plan passes worker 1 2 box 3 1, which was never closed")))
    // A plan that stops being one leaves the trace alone.
    #expect(try judge("\(bare) plan 1 1 plan 5 1", to: room).trace.isSound)
  }

  @Test func aBadPromptMakesEveryResponseWrong() throws {
    let domain = try SokobanDomain(SokobanSettings())
    let judgement = domain.judge(
      domain.words.tokens(of: plan, replacingUnknownBy: -1), isTerminated: true,
      to: try domain.words.tokens(of: "worker 1 1 box 2 1"))
    #expect(judgement.answer.fault?.kind == .badPrompt && judgement.trace.fault?.kind == .badPrompt)
  }

  /// Both docks are as far from the box that is left, so a clause may mean a box on either.
  @Test func aTraceIsTrueIfItIsUnderOneReading() throws {
    let domain = try SokobanDomain(SokobanSettings())
    var widest = 0
    for exercise in domain.exercises(seed: 21, count: 400) {
      var check = SokobanTraceCheck(try domain.language.level(from: exercise.prompt), domain.language)
      var index = 0
      while index < exercise.trace.count {
        let first = index
        let clause = try #require(
          domain.language.clause(in: exercise.trace, &index, before: exercise.trace.count))
        #expect(check.accept(clause, at: first, costsAt: index - 2) == nil)
      }
      #expect(check.firstIllegality == nil)
      widest = max(widest, check.widest)
    }
    #expect(widest > 1)
  }
}
