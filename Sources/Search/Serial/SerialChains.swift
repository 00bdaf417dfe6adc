import Words

/// The strides of chains, and how often a blind entry is true.
struct SerialChains<Rules: SerialRules>: WordChains {
  let domain: SerialDomain<Rules>

  private var rules: Rules { domain.rules }
  var words: Vocabulary { domain.words }

  func strides(of response: [Token], to prompt: [Token]) -> [Int]? {
    guard let task = try? rules.task(from: prompt) else { return nil }
    let chain = domain.read(response, before: domain.split(response).trace.endIndex)
    let entries = chain.entries.map(\.entry)
    guard chain.malformed == nil, rules.flaws(of: entries, in: task).allSatisfy({ $0?.isFault != true }),
      let steps = rules.steps(of: entries, in: task)
    else { return nil }
    let places = [0] + steps + [rules.steps(of: task)]
    return zip(places, places.dropFirst()).map { $1 - $0 }
  }

  func chanceLevel(of prompt: [Token]) -> Double? {
    (try? rules.task(from: prompt)).flatMap(rules.chanceLevel)
  }
}
