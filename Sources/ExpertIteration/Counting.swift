import Search
import Store

extension Judgement {
  /// One word for the counts of reasons why an answer is not optimal; nil for one that is.
  var shortfall: String? {
    switch answer {
    case .optimal: nil
    case .correct: "longerThanOptimal"
    case .wrong(let fault): fault.kind.rawValue
    }
  }
}

extension Measures {
  init(of responses: [JudgedResponse]) {
    self.init()
    var distinct: Set<[Token]> = []
    for response in responses {
      let judgement = response.judgement
      guard let cost = judgement.answer.cost else { continue }
      correctTraceTokens += judgement.traceLength
      leastCost = min(leastCost ?? .max, cost)
      distinct.insert(response.tokens)
      guard judgement.answer.isOptimal else { continue }
      optimalClauses += judgement.clauses
      optimalExpansions += judgement.expansions
    }
    distinctCorrect = distinct.count
  }
}

extension Tally {
  init(of responses: [JudgedResponse]) {
    self.init()
    for response in responses {
      let judgement = response.judgement
      samples += 1
      terminated += judgement.isTerminated ? 1 : 0
      generatedTokens += response.tokens.count + (judgement.isTerminated ? 1 : 0)
      guard judgement.answer.isCorrect else { continue }
      correct += 1
      sound += judgement.trace.isSound ? 1 : 0
      legal += judgement.trace.isLegal ? 1 : 0
      guard judgement.answer.isOptimal else { continue }
      optimal += 1
      optimalTraceTokens += judgement.traceLength
      shortestOptimal = min(shortestOptimal ?? .max, judgement.traceLength)
    }
  }
}
