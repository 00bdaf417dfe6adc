import Determinism

/// Traces with clauses left out, and what makes a response begin with a trace or a plan.
extension MazeDomain {
  public func trace(
    _ trace: [Token], dropping level: DroppingLevel, using random: inout CounterRandom
  ) -> [Token] {
    guard level != .none else { return trace }
    guard level != .all else { return [] }
    var kept: [Token] = []
    var index = 0
    while index < trace.count {
      let first = index
      guard let clause = language.clause(in: trace, &index, before: trace.count) else { break }
      guard !clause.isClose else { continue }
      if level == .clauses, random.unitDouble() < DroppingLevel.dropProbability { continue }
      kept += level == .closes ? trace[first..<index] : trace[first..<first + language.placeLength]
    }
    return kept
  }

  public func opening(_ mode: ResponseMode, to prompt: [Token]) -> Token? {
    guard mode != .auto, let maze = try? language.maze(from: prompt) else { return nil }
    return language.token(mode == .slow ? .create : .plan, at: maze.start)
  }
}
