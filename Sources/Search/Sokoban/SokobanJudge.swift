import Synchronization
import Words

/// Judges responses to Sokoban levels from the prompt alone: the answer by playing it from the prompt's own
/// start, the trace clause by clause by the rules of A* (`SokobanTraceCheck`).
///
/// The answer is right if every word of the plan can be read, it starts where the worker stands, every step
/// is a move that the level allows, all boxes stand on docks after the last, and the response was ended by
/// `eos`. The reference leaves the start, blocked moves and `eos` unchecked. The trace asks of the plan only
/// that the states up to its first step that is no move were closed.
struct SokobanJudge: Sendable {
  let language: SokobanLanguage
  private let optimalCosts = OptimalCosts()

  private var grid: Grid { language.grid }

  init(language: SokobanLanguage) { self.language = language }

  func judge(_ response: [Token], isTerminated: Bool, to prompt: [Token]) -> Judgement {
    let end = language.split(response).trace.endIndex
    let answer: AnswerVerdict
    let trace: TraceVerdict
    do throws(SearchError) {
      let level = try language.level(from: prompt)
      let plan = played(response, from: end, level)
      answer = judge(plan, of: response, isTerminated: isTerminated, to: prompt, level)
      trace = judgeTrace(response, before: end, plan, level)
    } catch {
      (answer, trace) = (.wrong(.badPrompt(error)), .unsound(.badPrompt(error)))
    }
    let (clauses, closes) = language.countClauses(response, before: end)
    return Judgement(
      answer: answer, trace: trace, clauses: clauses, closedStates: closes, isTerminated: isTerminated)
  }

  // MARK: The answer

  /// A plan as far as it can be played.
  private struct Plan {
    /// Of its first unreadable token.
    let malformed: Fault?
    var states: [(state: SokobanState, position: Int)] = []
    /// The first step that is no move.
    var blocked: Fault?
  }

  private func played(_ response: [Token], from first: Int, _ level: SokobanLevel) -> Plan {
    let (cells, malformed) = language.readPlan(response, from: first)
    var plan = Plan(malformed: malformed)
    for (number, cell) in cells.enumerated() {
      let position = first + number * SokobanLanguage.placeLength
      switch step(to: cell, from: plan.states.last?.state, level) {
      case .success(let state): plan.states.append((state, position))
      case .failure(let block):
        plan.blocked = Fault(kind: block.kind, word: position, detail: block.detail)
        return plan
      }
    }
    return plan
  }

  private struct Block: Error {
    let kind: Fault.Kind
    let detail: String
  }

  /// The state after a step of the plan, or what is in the way; `state` is nil before the first step.
  private func step(
    to cell: Int, from state: SokobanState?, _ level: SokobanLevel
  ) -> Result<SokobanState, Block> {
    func block(_ kind: Fault.Kind, _ detail: String) -> Result<SokobanState, Block> {
      .failure(Block(kind: kind, detail: detail))
    }
    if cell < 0 { return block(.planOutside, "the plan leaves the board") }
    if level.isWall[cell] { return block(.planEntersWall, "the plan enters the wall at \(grid.text(cell))") }
    guard let state else {
      let place = "the plan starts at \(grid.text(cell))"
      return cell == level.worker
        ? .success(level.start)
        : block(.planStartsElsewhere, "\(place), not where the worker is, \(grid.text(level.worker))")
    }
    let worker = level.worker(of: state)
    guard let side = SokobanLevel.sides.first(where: { grid.neighbour(worker, $0) == cell }) else {
      return block(.planJumps, "the plan jumps from \(grid.text(worker)) to \(grid.text(cell))")
    }
    guard let next = level.moved(state, to: side) else {
      return block(.planPushBlocked, "the plan pushes the box at \(grid.text(cell)), which cannot move")
    }
    return .success(next)
  }

  private func judge(
    _ plan: Plan, of response: [Token], isTerminated: Bool, to prompt: [Token], _ level: SokobanLevel
  ) -> AnswerVerdict {
    if let fault = plan.blocked { return .wrong(fault) }
    if let fault = Fault.incomplete(plan.malformed, of: response.count, isTerminated: isTerminated) {
      return .wrong(fault)
    }
    guard let last = plan.states.last?.state, level.freeBoxes(of: last) == 0 else {
      let detail = "the plan leaves a box off the docks"
      return .wrong(Fault(kind: .planLeavesBox, word: response.count, detail: detail))
    }
    let cost = plan.states.count - 1
    if cost == level.heuristic(of: level.start) { return .optimal(cost: cost) }
    let optimalCost = optimalCosts.cost(of: level, prompt) ?? cost
    return cost == optimalCost ? .optimal(cost: cost) : .correct(cost: cost, optimalCost: optimalCost)
  }

  // MARK: The trace

  private func judgeTrace(
    _ response: [Token], before end: Int, _ plan: Plan, _ level: SokobanLevel
  ) -> TraceVerdict {
    var check = SokobanTraceCheck(level, language)
    let fault = language.firstFault(inTrace: response, before: end) { clause, first, costs in
      check.accept(clause, at: first, costsAt: costs)
    }
    if let fault { return .unsound(fault) }
    return check.verdict(plan: plan.states, end: end)
  }
}

extension SokobanJudge {
  /// Optimal costs of the levels that were asked for last: many responses answer one prompt, and each cost
  /// is a search. What is forgotten is found again, so no answer depends on what was asked before.
  private final class OptimalCosts: Sendable {
    private static let mostKnown = 1024
    private let known = Mutex<[[Token]: Int?]>([:])

    /// nil: unsolvable.
    func cost(of level: SokobanLevel, _ prompt: [Token]) -> Int? {
      if let cost = known.withLock({ $0[prompt] }) { return cost }
      let cost = level.optimalCost
      known.withLock { known in
        if known.count >= Self.mostKnown { known.removeAll() }
        known[prompt] = .some(cost)
      }
      return cost
    }
  }
}
