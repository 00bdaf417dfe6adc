import Determinism
import Words

/// Traces with clauses left out, and what makes a response begin with a trace or a plan.
struct SokobanVariations: WordVariations {
  let language: SokobanLanguage

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
    guard mode != .auto, (try? language.level(from: prompt)) != nil else { return nil }
    return language.token(mode == .slow ? .create : .plan)
  }
}
