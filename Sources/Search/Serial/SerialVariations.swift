import Determinism
import Words

/// Chains with entries left out, what makes a response begin with a chain or an answer, and labels.
struct SerialVariations<Rules: SerialRules>: WordVariations {
  let domain: SerialDomain<Rules>

  var words: Vocabulary { domain.words }

  /// An entry is a clause; it neither closes a state nor has costs, so the levels that leave out those leave
  /// it whole.
  func dropping(
    _ level: DroppingLevel, from trace: [Token], using random: inout CounterRandom
  ) -> [Token] {
    switch level {
    case .none, .closes, .costs: return trace
    case .all: return []
    case .clauses:
      var kept: [Token] = []
      var index = 0
      while index < trace.count {
        let first = index
        guard domain.rules.entry(in: trace, &index, before: trace.count) != nil else { break }
        if random.unitDouble() >= DroppingLevel.dropProbability { kept += trace[first..<index] }
      }
      return kept
    }
  }

  func skipClause(in trace: [Token], _ index: inout Int) -> Bool {
    domain.rules.entry(in: trace, &index, before: trace.count) != nil
  }

  /// nil also in layout `paper`, where nothing tells an entry from the answer, and for a task of one step.
  func opening(_ mode: ResponseMode, to prompt: [Token]) -> Token? {
    guard domain.settings.layout == .marked, let task = try? domain.rules.task(from: prompt) else {
      return nil
    }
    return switch mode {
    case .auto: nil
    case .slow: domain.rules.chain(of: task).first?.first
    case .fast: domain.rules.words.answer
    }
  }

  func hints(for prompt: [Token]) -> [Token?]? { try? domain.rules.hints(for: prompt) }
}
