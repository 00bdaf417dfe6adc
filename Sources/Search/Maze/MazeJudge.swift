import Words

/// Judges responses to mazes from the prompt alone: the answer by the rules of the maze, the trace clause by
/// clause by the rules of A* (`TraceCheck`).
///
/// The answer is right if every word of the plan can be read, it leads from the start to the goal by single
/// moves over free cells, and the response was ended by `eos`. Nothing in the trace matters for it. The trace
/// asks of the plan only that the cells before its first unreadable word were closed.
struct MazeJudge: Sendable {
  let language: MazeLanguage

  private var grid: Grid { language.grid }

  func judge(_ response: [Token], isTerminated: Bool, to prompt: [Token]) -> Judgement {
    let end = language.split(response).trace.endIndex
    let answer: AnswerVerdict
    let trace: TraceVerdict
    do throws(SearchError) {
      let maze = try language.maze(from: prompt)
      let (cells, malformed) = language.readPlan(response, from: end)
      let plan = Plan(cells: cells, first: end, malformed: malformed)
      answer = judge(plan, of: response, isTerminated: isTerminated, maze)
      trace = judgeTrace(response, before: end, plan, maze)
    } catch {
      (answer, trace) = (.wrong(.badPrompt(error)), .unsound(.badPrompt(error)))
    }
    let (clauses, closes) = language.countClauses(response, before: end)
    return Judgement(
      answer: answer, trace: trace, clauses: clauses, closedStates: closes, isTerminated: isTerminated)
  }

  /// The cells of a plan up to its first unreadable token; a cell outside the board is -1.
  private struct Plan {
    let cells: [Int]
    /// Index in the response of the first step.
    let first: Int
    let malformed: Fault?
  }

  private func judge(
    _ plan: Plan, of response: [Token], isTerminated: Bool, _ maze: Maze
  ) -> AnswerVerdict {
    if let fault = faultyStep(plan, maze) { return .wrong(fault) }
    if let fault = Fault.incomplete(plan.malformed, of: response.count, isTerminated: isTerminated) {
      return .wrong(fault)
    }
    guard let last = plan.cells.last, last == maze.goal else {
      let detail = "the plan does not end on the goal \(grid.text(maze.goal))"
      return .wrong(Fault(kind: .planEndsElsewhere, word: response.count, detail: detail))
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
        Fault(kind: kind, word: plan.first + number * language.placeLength, detail: detail)
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
    var check = TraceCheck(maze)
    let fault = language.firstFault(inTrace: response, before: end) { clause, first, costs in
      check.accept(clause, at: first, costsAt: costs)
    }
    if let fault { return .unsound(fault) }
    guard check.isClosed(maze.goal) else {
      let detail = "the goal \(grid.text(maze.goal)) was never closed"
      return .unsound(Fault(kind: .goalNotClosed, word: end, detail: detail))
    }
    for (number, cell) in plan.cells.enumerated() where cell < 0 || !check.isClosed(cell) {
      let place = cell < 0 ? "a cell outside the board" : grid.text(cell)
      let position = end + number * language.placeLength
      let detail = "the plan passes \(place), which was never closed"
      return .unsound(Fault(kind: .planNotClosed, word: position, detail: detail))
    }
    return check.firstIllegality.map { .sound(firstIllegality: $0) } ?? .legal
  }
}
