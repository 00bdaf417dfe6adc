import ExpertIteration
import Text

/// What a finished run says last: the result with its base, where everything is, what to do next.
enum ClosingSummary {
  static func lines(
    terms: DomainTerms, rounds: [RoundSummary], references: [ReferenceComparison], sets: [SetSummary] = [],
    reason: String, directory: String, report: String?, program: String
  ) -> [String] {
    let word = directory.shellQuoted
    let table = ReferenceTable.lines(references)
    let others = SetsTable(terms: terms).lines(sets, round: rounds.last { $0.state == "accepted" }?.round)
    var lines = [Sparkline.lines(rounds, terms), table, others].filter { !$0.isEmpty }.flatMap { [""] + $0 }
    lines += ["", "Finished: \(reason)."]
    if let sentence = result(rounds, terms) { lines.append(sentence) }
    let database = "\(directory)/shorten.db".shellQuoted
    lines += [""] + (report.map { ["  report    \($0)"] } ?? [])
    return lines + [
      "  database  \(directory)/shorten.db", "  next      \(program) rounds \(word)",
      "            \(program) show \(word) 1",
      "            sqlite3 \(database) 'select * from rounds_summary'",
    ]
  }

  /// The last accepted round beside round 0, whichever way it went.
  private static func result(_ rounds: [RoundSummary], _ terms: DomainTerms) -> String? {
    guard let first = rounds.first, let last = rounds.last(where: { $0.state == "accepted" }), last.round > 0,
      let shorter = last.shorterPercent, let before = first.optimalPercent, let now = last.optimalPercent
    else { return nil }
    let (sign, word) = shorter < 0 ? (-1.0, "longer") : (1.0, "shorter")
    func percent(_ value: Double) -> String { (sign * value).fixed(decimals: 1) }
    var text = "Round \(last.round) against round 0 on test tasks: traces \(percent(shorter)) % \(word)"
    if let low = last.shorterPercentLow, let high = last.shorterPercentHigh {
      let (from, to) = sign < 0 ? (high, low) : (low, high)
      text += " (95 % interval \(percent(from)) to \(percent(to)))"
    }
    return text
      + ", \(terms.optimal) answers \(before.fixed(decimals: 1)) % -> \(now.fixed(decimals: 1)) %."
  }
}

extension RunEstimate {
  /// What a dry run prints beside the resolved configuration.
  func text(directory: String) -> String {
    var lines = [
      "run directory     \(directory)",
      "parameters        \(parameters.grouped)",
      "memory            about \(byteSize(memoryBytes))",
      "prompt, response  \(meanPromptTokens.fixed(decimals: 0)) and "
        + "\(meanResponseTokens.fixed(decimals: 0)) tokens on average",
      "cut references    \(truncatedPercent.fixed(decimals: 1)) % are longer than sampler.maximumLength",
      "to train          about \(trainedTokens.abbreviated) tokens",
      "to sample         about \(sampledTokens.abbreviated) tokens",
    ]
    if let trainingSpeed, let samplingSpeed, let seconds {
      lines.append(
        "speed here        \(trainingSpeed.abbreviated) tok/s training, "
          + "\(samplingSpeed.abbreviated) tok/s sampling")
      lines.append("time              about \(clockTime(seconds))")
    }
    return lines.joined(separator: "\n")
  }
}
