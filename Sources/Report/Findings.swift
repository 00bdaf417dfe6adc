import Configuration
import ExpertIteration
import Reading
import Text

/// A fact that a reader must know before believing the headline. It is computed from the run's rows.
struct Finding: Equatable {
  enum Weight {
    /// Something went wrong.
    case fault
    /// Something limits what the result says.
    case limit
  }

  let weight: Weight
  let text: String
}

extension RunFacts {
  /// All findings: what went wrong, then what limits the result. `others` are the runs that it is compared
  /// with.
  func findings(beside others: [Comparison.ComparedRun]) -> [Finding] {
    guard let first, let last else { return [] }
    let all =
      lengthFindings(last) + accuracyFindings(first, last) + traceFindings(first, last) + roundFindings()
      + setFindings(last)
      + limits(first, last, others)
    return all.filter { $0.weight == .fault } + all.filter { $0.weight == .limit }
  }

  private func lengthFindings(_ last: RoundSummary) -> [Finding] {
    guard configuration.method.seeksTraces, last.round > 0, let low = last.shorterPercentLow,
      let high = last.shorterPercentHigh, low <= 0
    else { return [] }
    return [
      .fault(
        high < 0
          ? "The traces got longer."
          : "The interval of the change in length holds zero: it may be none at all.")
    ]
  }

  private func accuracyFindings(_ first: RoundSummary, _ last: RoundSummary) -> [Finding] {
    guard let now = last.optimalPercent, let before = first.optimalPercent else { return [] }
    var found: [Finding] = []
    let margin = ((last.optimalPercentHigh ?? now) - (last.optimalPercentLow ?? now)) / 2
    let best = rounds.filter { $0.state == .accepted && $0.round <= last.round }
      .max { ($0.optimalPercent ?? 0, -$0.round) < ($1.optimalPercent ?? 0, -$1.round) }
    if before - now > margin {
      found.append(
        .fault(
          "pass@1 fell from \(percent(before)) in round 0 to \(percent(now)), by more than its interval."))
    } else if now < before {
      found.append(
        .limit("pass@1 is \(points(before - now)) below round 0's, which is within its interval."))
    }
    if let best, best.round > 0, let peak = best.optimalPercent, peak > now {
      let text = "pass@1 was higher before: \(percent(peak)) in round \(best.round)"
      found.append(
        peak - now > margin
          ? .fault(text + ", more than the interval above the last round's.")
          : .limit(text + "; the difference to \(percent(now)) lies within the interval."))
    }
    if let any = last.anyOptimalPercent, let earlier = first.anyOptimalPercent, earlier - any > 1 {
      found.append(
        .fault(
          "Fewer tasks are \(terms.solved) by any sample: \(percent(any)) of them, \(percent(earlier)) in "
            + "round 0."
        ))
    }
    return found
  }

  private func traceFindings(_ first: RoundSummary, _ last: RoundSummary) -> [Finding] {
    var found: [Finding] = []
    let accepted = rounds.filter { $0.state == .accepted && $0.round < last.round }
    func fall(
      _ share: KeyPath<RoundSummary, Double?>, _ word: String, _ meaning: String,
      _ weight: Finding.Weight = .fault
    ) {
      let best = accepted.max {
        ($0[keyPath: share] ?? 0, -$0.round) < ($1[keyPath: share] ?? 0, -$1.round)
      }
      guard let best, let before = best[keyPath: share], let now = last[keyPath: share], before - now > 1
      else { return }
      found.append(
        Finding(
          weight: weight,
          text: "\(word) fell from \(percent(before)) in round \(best.round) to \(percent(now)): \(meaning).")
      )
    }
    fall(\.soundPercent, "The share of sound traces", "more right answers rest on untrue steps")
    let illegality: Finding.Weight = terms.seeksLegal ? .fault : .limit
    fall(\.legalPercent, "The share of legal traces", terms.fewerLegal, illegality)
    if let bound = references.first(where: \.line.isBound), let below = bound.summary.belowPercent, below > 0
    {
      found.append(Finding(weight: illegality, text: terms.belowBound(on: percent(below))))
    }
    if let cut = last.truncatedPercent, cut > 1 {
      found.append(
        .fault("\(percent(cut)) of the responses were cut at the length limit; they count as failed."))
    }
    return found
  }

  private func roundFindings() -> [Finding] {
    var found: [Finding] = []
    for origin in origins where origin.state == .rejected {
      found.append(.fault("Round \(origin.round) was rejected: \(origin.reason ?? "no reason is stored")."))
    }
    let decided = rounds.filter { $0.state == .accepted }
    for (before, round) in zip(decided, decided.dropFirst()) {
      if round.improved == 0, configuration.method.seeksTraces {
        found.append(.fault("Round \(round.round) found no shorter trace."))
      } else if let then = before.shorterPercent, let now = round.shorterPercent, now <= then {
        found.append(
          .fault(
            "Round \(round.round) did not shorten the traces: \(percent(then)) before it, \(percent(now)) "
              + "after."
          ))
      }
    }
    if state != .finished {
      found.append(.limit("The run is not finished (\(state.rawValue)); the figures are those so far."))
    }
    return found
  }

  private func setFindings(_ last: RoundSummary) -> [Finding] {
    let names = otherSets
    guard !names.isEmpty else {
      return [.limit("No other set of tasks was evaluated, so nothing is known of larger or different ones.")]
    }
    return names.flatMap { name -> [Finding] in
      let rows = sets.filter { $0.setName == name }
      guard let before = rows.first(where: { $0.round == 0 }),
        let now = rows.first(where: { $0.round == last.round })
      else { return [] }
      func fall(_ share: KeyPath<SetSummary, Double?>, _ word: String) -> Finding? {
        guard let then = before[keyPath: share], let value = now[keyPath: share], value < then else {
          return nil
        }
        return .fault("On the set \(name), \(word) fell from \(percent(then)) to \(percent(value)).")
      }
      return [fall(\.optimalPercent, "pass@1"), fall(\.soundPercent, "the share of sound traces")]
        .compactMap(\.self)
    }
  }

  private func limits(
    _ first: RoundSummary, _ last: RoundSummary, _ others: [Comparison.ComparedRun]
  ) -> [Finding] {
    var found: [Finding] = []
    let twins = others.filter { $0.method == configuration.method && $0.seed != configuration.seed }
    if twins.isEmpty {
      found.append(
        .limit("One seed (\(configuration.seed)): the intervals are over tasks, not over runs."))
    }
    guard configuration.method == .expertIteration, let now = last.optimalPercent,
      let before = first.optimalPercent, now > before
    else { return found }
    if let baseline = others.first(where: { $0.method == .continued }) {
      // How many points the baseline is above this run.
      if let high = baseline.above.interval?.high, high >= 0 {
        found.append(
          .limit(
            "More training alone reaches a pass@1 of \(percent(baseline.optimalPercent)) beside "
              + "\(percent(now)), within "
              + "the interval or above: its rise is no merit of shorter traces."))
      }
    } else {
      found.append(
        .limit(
          "The rise of pass@1 may be no more than that of more training; a run with \"method\": "
            + "\"continued\" "
            + "is the baseline that tells."))
    }
    return found
  }

  /// The names of the evaluated sets other than the test set, sorted.
  var otherSets: [String] {
    Array(Set(sets.map(\.setName))).filter { $0 != "test" }.sorted()
  }

  private func percent(_ value: Double) -> String { value.fixed(decimals: 1) + " %" }

  private func points(_ value: Double) -> String { value.fixed(decimals: 1) + " points" }
}

extension Finding {
  static func fault(_ text: String) -> Finding { Finding(weight: .fault, text: text) }
  static func limit(_ text: String) -> Finding { Finding(weight: .limit, text: text) }
}
