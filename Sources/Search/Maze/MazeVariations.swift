import Determinism
import Words

/// Traces with clauses left out, and what makes a response begin with a trace or a plan.
struct MazeVariations: WordVariations {
  let language: MazeLanguage

  var words: Vocabulary { language.vocabulary }

  func dropping(
    _ level: DroppingLevel, from trace: [Token], using random: inout CounterRandom
  ) -> [Token] {
    language.dropping(level, from: trace, using: &random)
  }

  func skipClause(in trace: [Token], _ index: inout Int) -> Bool {
    language.clause(in: trace, &index, before: trace.count) != nil
  }

  func opening(_ mode: ResponseMode, to prompt: [Token]) -> Token? {
    guard mode != .auto, let maze = try? language.maze(from: prompt) else { return nil }
    return language.token(mode == .slow ? .create : .plan, at: maze.start)
  }
}
