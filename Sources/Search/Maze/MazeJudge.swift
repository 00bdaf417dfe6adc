/// Judges responses to mazes from the prompt alone: the answer by the rules of the maze, the trace clause by
/// clause by the rules of A* (`TraceCheck`).
///
/// The answer is right when every word of the plan can be read, it leads from the start to the goal by single
/// moves over free cells, and the response was ended by `eos`. Nothing in the trace matters for it. The trace
/// asks of the plan only that the cells before its first unreadable word were closed.
struct MazeJudge: Sendable {
  let language: MazeLanguage

  private var grid: Grid { language.grid }

  func judge(_ response: [Token], isTerminated: Bool, to prompt: [Token]) -> Judgement {
    let end = response.firstIndex(where: language.isPlan) ?? response.count
    let answer: AnswerVerdict
    let trace: TraceVerdict
    do throws(SearchError) {
      let maze = try language.maze(from: prompt)
      let plan = readPlan(response, from: end)
      answer = judge(plan, of: response, isTerminated: isTerminated, maze)
      trace = judgeTrace(response, before: end, plan, maze)
    } catch {
      let fault = Fault(kind: .badPrompt, position: 0, detail: "prompt, \(error)")
      (answer, trace) = (.wrong(fault), .unsound(fault))
    }
    let written = countClauses(response, before: end)
    return Judgement(
      answer: answer, trace: trace, traceLength: end, clauses: written.clauses,
      expansions: written.expansions,
      isTerminated: isTerminated)
  }

  /// The cells of a plan up to its first unreadable token; a cell outside the board is -1.
  private struct Plan {
    var cells: [Int] = []
    /// Index in the response of the first step.
    var first: Int
    var malformed: Fault?
  }

  private func readPlan(_ response: [Token], from first: Int) -> Plan {
    var plan = Plan(first: first)
    if first == response.count {
      plan.malformed = Fault(kind: .missingPlan, position: first, detail: "the response has no plan")
      return plan
    }
    plan.cells.reserveCapacity((response.count - first) / language.placeLength)
    var index = first
    while index < response.count {
      let step = index
      guard let placed = language.place(in: response, &index, before: response.count) else {
        plan.malformed = unreadable(response, at: index, .malformedPlan, in: "the plan")
        return plan
      }
      guard placed.word == .plan else {
        plan.malformed = unreadable(response, at: step, .malformedPlan, in: "the plan")
        return plan
      }
      plan.cells.append(placed.cell ?? -1)
    }
    return plan
  }

  private func judge(
    _ plan: Plan, of response: [Token], isTerminated: Bool, _ maze: Maze
  ) -> AnswerVerdict {
    if let fault = faultyStep(plan, maze) { return .wrong(fault) }
    if let fault = plan.malformed, fault.position < response.count || isTerminated { return .wrong(fault) }
    guard isTerminated else {
      let detail = "the response was cut before its end"
      return .wrong(Fault(kind: .notTerminated, position: response.count, detail: detail))
    }
    guard let last = plan.cells.last, last == maze.goal else {
      let detail = "the plan does not end on the goal \(grid.text(maze.goal))"
      return .wrong(Fault(kind: .planEndsElsewhere, position: response.count, detail: detail))
    }
    let cost = plan.cells.count - 1
    if cost == grid.distance(maze.start, maze.goal) { return .optimal(cost: cost) }
    let optimalCost = maze.optimalCost ?? cost
    return cost == optimalCost ? .optimal(cost: cost) : .correct(cost: cost, optimalCost: optimalCost)
  }

  /// The first step that the maze does not allow.
  private func faultyStep(_ plan: Plan, _ maze: Maze) -> Fault? {
    var previous: Int?
    for (number, cell) in plan.cells.enumerated() {
      func fault(_ kind: Fault.Kind, _ detail: String) -> Fault {
        Fault(kind: kind, position: plan.first + number * language.placeLength, detail: detail)
      }
      if cell < 0 { return fault(.planOutside, "the plan leaves the board") }
      if maze.isWall[cell] {
        return fault(.planEntersWall, "the plan enters the wall at \(grid.text(cell))")
      }
      if let previous {
        if grid.distance(previous, cell) != 1 {
          let detail = "the plan jumps from \(grid.text(previous)) to \(grid.text(cell))"
          return fault(.planJumps, detail)
        }
      } else if cell != maze.start {
        let detail = "the plan starts at \(grid.text(cell)), not on the start \(grid.text(maze.start))"
        return fault(.planStartsElsewhere, detail)
      }
      previous = cell
    }
    return nil
  }

  private func judgeTrace(
    _ response: [Token], before end: Int, _ plan: Plan, _ maze: Maze
  ) -> TraceVerdict {
    if end == 0 { return .unsound(Fault(kind: .emptyTrace, position: 0, detail: "the trace is empty")) }
    var check = TraceCheck(maze)
    var index = 0
    while index < end {
      let first = index
      guard let clause = language.clause(in: response, &index, before: end) else {
        return .unsound(unreadable(response, at: index, .malformedClause, in: "a clause"))
      }
      let costs = index - 2
      if let fault = check.accept(clause, at: first, costsAt: costs) { return .unsound(fault) }
    }
    guard check.isClosed(maze.goal) else {
      let detail = "the goal \(grid.text(maze.goal)) was never closed"
      return .unsound(Fault(kind: .goalNotClosed, position: end, detail: detail))
    }
    for (number, cell) in plan.cells.enumerated() where cell < 0 || !check.isClosed(cell) {
      let place = cell < 0 ? "a cell outside the board" : grid.text(cell)
      let position = end + number * language.placeLength
      let detail = "the plan passes \(place), which was never closed"
      return .unsound(Fault(kind: .planNotClosed, position: position, detail: detail))
    }
    return check.firstIllegality.map { .sound(firstIllegality: $0) } ?? .legal
  }

  private func countClauses(_ response: [Token], before end: Int) -> (clauses: Int, expansions: Int) {
    var (clauses, expansions, index) = (0, 0, 0)
    while let clause = language.clause(in: response, &index, before: end) {
      clauses += 1
      expansions += clause.isClose ? 1 : 0
    }
    return (clauses, expansions)
  }

  private func unreadable(
    _ response: [Token], at index: Int, _ kind: Fault.Kind, in place: String
  ) -> Fault {
    let found =
      index < response.count ? "\"\(language.vocabulary.word(response[index]))\"" : "the end of the response"
    return Fault(kind: kind, position: index, detail: "\(found) does not fit into \(place)")
  }
}
