import Determinism

/// Traces with clauses left out, and what makes a response begin with a trace or a plan.
extension MazeDomain {
  public func trace(
    _ trace: [Token], dropping level: DroppingLevel, using random: inout CounterRandom
  ) -> [Token] {
    level.thinned(trace, using: &random) { index in
      language.clause(in: trace, &index, before: trace.count)?.isClose
    }
  }

  public func opening(_ mode: ResponseMode, to prompt: [Token]) -> Token? {
    guard mode != .auto, let maze = try? language.maze(from: prompt) else { return nil }
    return language.token(mode == .slow ? .create : .plan, at: maze.start)
  }
}
