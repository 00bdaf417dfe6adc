/// A response on its maze, step by step, each with what the judge's rules say of it.
struct MazeReplay {
  private let language: MazeLanguage
  private let response: [Token]
  private let verdict: Judgement
  private var steps: [Replay.Step] = []

  /// nil: the prompt is no maze.
  static func replay(
    of response: [Token], isTerminated: Bool, to prompt: [Token], _ judge: MazeJudge
  ) -> Replay? {
    guard let maze = try? judge.language.maze(from: prompt) else { return nil }
    var replay = MazeReplay(
      language: judge.language, response: response,
      verdict: judge.judge(response, isTerminated: isTerminated, to: prompt))
    replay.playTrace(TraceCheck(maze))
    replay.playPlan()
    return Replay(
      board: Replay.Board(
        width: maze.grid.width, height: maze.grid.height,
        walls: maze.isWall.indices.filter { maze.isWall[$0] }, start: maze.start, goal: maze.goal),
      steps: replay.steps)
  }

  private init(language: MazeLanguage, response: [Token], verdict: Judgement) {
    self.language = language
    self.response = response
    self.verdict = verdict
  }

  private mutating func playTrace(_ start: TraceCheck) {
    var (check, index) = (start, 0)
    while index < verdict.traceLength {
      let first = index
      guard let clause = language.clause(in: response, &index, before: verdict.traceLength) else {
        let fault = verdict.trace.fault.flatMap { (first...index).contains($0.position) ? $0 : nil }
        let reason = fault.map(\.description) ?? "this does not fit into a clause"
        append(.unreadable, nil, first..<verdict.traceLength, .untrue(reason))
        return
      }
      let wasLegal = check.firstIllegality == nil
      let fault = check.accept(clause, at: first, costsAt: index - 2)
      let illegality = wasLegal ? check.firstIllegality.map { Replay.Flaw.illegal("\($0)") } : nil
      append(
        clause.isClose ? .close : .create, clause.cell, first..<index,
        fault.map { .untrue("\($0)") } ?? illegality)
    }
  }

  /// Faults of the answer, and those of the trace that show in the answer alone, stand at their place of the
  /// plan; behind it where they have none there.
  private mutating func playPlan() {
    var faults = [
      verdict.answer.fault, verdict.trace.fault.flatMap { $0.position >= verdict.traceLength ? $0 : nil },
    ]
    .compactMap(\.self)
    var index = verdict.traceLength
    while index < response.count {
      let first = index
      let placed = language.place(in: response, &index, before: response.count)
      let isPlan = placed?.word == .plan
      if !isPlan { index = response.count }
      let found = faults.firstIndex { (first..<index).contains($0.position) }
      let flaw = found.map { Replay.Flaw.untrue("\(faults.remove(at: $0))") }
      append(isPlan ? .plan : .unreadable, isPlan ? placed?.cell : nil, first..<index, flaw)
    }
    for fault in faults {
      append(.unreadable, nil, response.count..<response.count, .untrue("\(fault)"))
    }
  }

  private mutating func append(
    _ action: Replay.Action, _ cell: Int?, _ tokens: Range<Int>, _ flaw: Replay.Flaw?
  ) {
    steps.append(
      Replay.Step(
        action: action, cell: cell, text: language.vocabulary.text(of: response[tokens]),
        length: tokens.count, flaw: flaw))
  }
}
