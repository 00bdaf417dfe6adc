import ExpertIteration
import Store

/// What the figures of a set are computed from, task by task.
struct EvaluatedTask {
  /// nil: answers have no cost, and every right one costs as much as the best.
  let optimalCost: Int?
  /// The reference's own mean trace length; nil: not known.
  let reference: Double?
  let record: EvaluationRecord
}

extension SetSummary {
  /// The view's figures, unrounded, from rows that are in no database. Measures that a row lacks make the
  /// figures that need them nil.
  ///
  /// SWC, ILR: Lehnert et al. 2024, section 4; 0 for a task never solved, a trace of less than one token
  /// counts as one. Costs are in positions of the plan, one more than its moves.
  init(_ tasks: [EvaluatedTask], set: String, round: Int) {
    self.init(
      round: round, setName: set, tasks: tasks.count, samples: tasks.map(\.record.tally.samples).max() ?? 0)
    guard !tasks.isEmpty else { return }
    func mean(_ value: (EvaluatedTask) -> Double?) -> Double? {
      let values = tasks.compactMap(value)
      return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    func share(_ holds: (Tally) -> Bool) -> Double? { mean { holds($0.record.tally) ? 100 : 0 } }
    func percent(_ part: (Tally) -> Int, of whole: (Tally) -> Int) -> Double? {
      let all = tasks.reduce(0) { $0 + whole($1.record.tally) }
      return all > 0 ? 100 * Double(tasks.reduce(0) { $0 + part($1.record.tally) }) / Double(all) : nil
    }
    optimalPercent = mean { 100 * Double($0.record.tally.optimal) / Double($0.record.tally.samples) }
    solvedPercent = mean { 100 * Double($0.record.tally.correct) / Double($0.record.tally.samples) }
    anyOptimalPercent = share { $0.optimal >= 1 }
    threeOptimalPercent = share { $0.optimal >= 3 }
    anySolvedPercent = share { $0.correct >= 1 }
    threeSolvedPercent = share { $0.correct >= 3 }
    if tasks.allSatisfy({ $0.record.votes != nil }) {
      majorityOptimalPercent = mean { $0.record.votes.map { 100 * $0.majority } }
    }
    let areMeasured = tasks.allSatisfy { $0.record.measures != nil }
    let haveReferences = tasks.allSatisfy { $0.reference != nil }
    swc = areMeasured ? mean { $0.successWeightedByCost } : nil
    ilrOnSolved = areMeasured && haveReferences ? mean { $0.improvedLength(over: $0.meanCorrectLength) } : nil
    ilrOnOptimal = haveReferences ? mean { $0.improvedLength(over: $0.record.tally.meanOptimalLength) } : nil
    traceTokens = mean { $0.record.tally.meanOptimalLength }
    referenceTokens = mean { $0.record.tally.optimal > 0 ? $0.reference : nil }
    clauses = mean { $0.perOptimal(\.optimalClauses) }
    expansions = mean { $0.perOptimal(\.optimalExpansions) }
    distinctCorrect = mean { $0.record.measures.map { Double($0.distinctCorrect) } }
    soundPercent = percent(\.sound, of: \.correct)
    legalPercent = percent(\.legal, of: \.correct)
    truncatedPercent = percent({ $0.samples - $0.terminated }, of: \.samples)
  }
}

extension EvaluatedTask {
  fileprivate var successWeightedByCost: Double {
    guard record.tally.correct > 0 else { return 0 }
    guard let cost = record.measures?.leastCost, let optimalCost else { return 1 }
    let positions = Double(optimalCost + 1)
    return positions / max(positions, Double(cost + 1))
  }

  fileprivate func improvedLength(over length: Double?) -> Double? {
    guard let length else { return 0 }
    return reference.map { $0 / max(length, 1) }
  }

  fileprivate var meanCorrectLength: Double? {
    guard let measures = record.measures, record.tally.correct > 0 else { return nil }
    return Double(measures.correctTraceTokens) / Double(record.tally.correct)
  }

  fileprivate func perOptimal(_ path: KeyPath<Measures, Int>) -> Double? {
    guard let measures = record.measures, record.tally.optimal > 0 else { return nil }
    return Double(measures[keyPath: path]) / Double(record.tally.optimal)
  }
}
