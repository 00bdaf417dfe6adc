import Words

/// A response on its maze, step by step, each with what the judge's rules say of it.
extension MazePictures {
  /// nil: the prompt is no maze.
  func replay(of response: [Token], isTerminated: Bool, to prompt: [Token]) -> Replay? {
    guard let maze = try? language.maze(from: prompt) else { return nil }
    let verdict = judge.judge(response, isTerminated: isTerminated, to: prompt)
    var replay = ReplaySteps(
      of: response, answerAt: language.split(response).answer.startIndex, verdict, language.vocabulary)
    var check = TraceCheck(maze)
    replay.playTrace { index, end in
      let first = index
      return language.clause(in: response, &index, before: end).map { clause in
        ReplaySteps.Read(
          action: clause.isClose ? .close : .create, cell: clause.cell,
          fault: check.accept(clause, at: first, costsAt: index - 2))
      }
    }
    replay.markIllegal(check.firstIllegality)
    replay.playPlan { index in
      let placed = language.place(in: response, &index, before: response.count)
      return placed?.word == .plan ? ReplaySteps.Read(action: .plan, cell: placed?.cell) : nil
    }
    return Replay(
      board: Replay.Board(
        width: maze.grid.width, height: maze.grid.height,
        walls: maze.isWall.indices.filter { maze.isWall[$0] }, start: maze.start, goal: maze.goal),
      steps: replay.steps)
  }
}
