import Words

/// A response on its level, step by step, each with what the judge's rules say of it. A clause shows the
/// boxes it names, which are those off the docks; a step of the plan shows all of them, as far as it can be
/// played.
extension SokobanPictures {
  /// nil: the prompt is no level.
  func replay(of response: [Token], isTerminated: Bool, to prompt: [Token]) -> Replay? {
    guard let level = try? language.level(from: prompt) else { return nil }
    let verdict = judge.judge(response, isTerminated: isTerminated, to: prompt)
    var replay = ReplaySteps(
      of: response, answerAt: language.split(response).answer.startIndex, verdict, language.vocabulary)
    var check = SokobanTraceCheck(level, language)
    replay.playTrace { index, end in
      let first = index
      return language.clause(in: response, &index, before: end).map { clause in
        ReplaySteps.Read(
          action: clause.isClose ? .close : .create, cell: clause.worker,
          pieces: clause.boxes.compactMap(\.self),
          fault: check.accept(clause, at: first, costsAt: index - 2))
      }
    }
    // Of a sound trace the judge knows which reading was meant: the one that its plan fits.
    if case .sound(let fault) = verdict.trace {
      replay.markIllegal(fault)
    } else {
      replay.markIllegal(check.firstIllegality)
    }
    var state = level.start
    replay.playPlan { index in
      let placed = language.place(in: response, &index, before: response.count)
      guard let placed, placed.word == .plan else { return nil }
      state = level.following(state, to: placed.cell)
      return ReplaySteps.Read(action: .plan, cell: placed.cell, pieces: level.boxes(of: state))
    }
    let pieces = Replay.Pieces(
      cells: level.boxes, targets: level.docks, name: "box", targetName: "dock", moverName: "worker")
    return Replay(
      board: Replay.Board(
        width: level.grid.width, height: level.grid.height,
        walls: level.isWall.indices.filter { level.isWall[$0] }, start: level.worker, goal: nil,
        pieces: pieces, isFromTop: true),
      steps: replay.steps)
  }
}

extension SokobanLevel {
  /// The state after a move to a cell; the same where no move leads there.
  func following(_ state: SokobanState, to cell: Int?) -> SokobanState {
    let worker = worker(of: state)
    let side = Self.sides.first { grid.neighbour(worker, $0) == cell }
    return side.flatMap { moved(state, to: $0) } ?? state
  }
}
