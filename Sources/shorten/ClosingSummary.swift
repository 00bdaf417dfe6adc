import ExpertIteration

/// What a finished run says last: the result with its base, where everything is, what to do next.
enum ClosingSummary {
  static func lines(
    terms: DomainTerms, rounds: [RoundSummary], references: [ReferenceComparison], sets: [SetSummary] = [],
    reason: String, directory: String, report: String?, program: String
  ) -> [String] {
    let word = Quantities.shellWord(directory)
    let table = ReferenceTable.lines(references)
    let others = SetsTable(terms: terms).lines(sets, round: rounds.last { $0.state == "accepted" }?.round)
    var lines = [Sparkline.lines(rounds, terms), table, others].filter { !$0.isEmpty }.flatMap { [""] + $0 }
    lines += ["", "Finished: \(reason)."]
    if let sentence = result(rounds, terms) { lines.append(sentence) }
    let database = Quantities.shellWord("\(directory)/shorten.db")
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
    func percent(_ value: Double) -> String { (sign * value).formatted(decimals: 1) }
    var text = "Round \(last.round) against round 0 on test tasks: traces \(percent(shorter)) % \(word)"
    if let low = last.shorterPercentLow, let high = last.shorterPercentHigh {
      let (from, to) = sign < 0 ? (high, low) : (low, high)
      text += " (95 % interval \(percent(from)) to \(percent(to)))"
    }
    return text
      + ", \(terms.optimal) answers \(before.formatted(decimals: 1)) % -> \(now.formatted(decimals: 1)) %."
  }
}

extension RunEstimate {
  /// What a dry run prints beside the resolved configuration.
  func text(directory: String) -> String {
    var lines = [
      "run directory     \(directory)",
      "parameters        \(Quantities.grouped(parameters))",
      "memory            about \(Quantities.bytes(memoryBytes))",
      "prompt, response  \(meanPromptTokens.formatted(decimals: 0)) and "
        + "\(meanResponseTokens.formatted(decimals: 0)) tokens on average",
      "cut references    \(truncatedPercent.formatted(decimals: 1)) % are longer than sampler.maximumLength",
      "to train          about \(Quantities.short(trainedTokens)) tokens",
      "to sample         about \(Quantities.short(sampledTokens)) tokens",
    ]
    if let trainingSpeed, let samplingSpeed, let seconds {
      lines.append(
        "speed here        \(Quantities.short(trainingSpeed)) tok/s training, "
          + "\(Quantities.short(samplingSpeed)) tok/s sampling")
      lines.append("time              about \(Quantities.duration(seconds))")
    }
    return lines.joined(separator: "\n")
  }
}
