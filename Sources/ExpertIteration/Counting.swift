import Search
import Store
import Words

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
    var distinct: Set<Writing> = []
    for response in responses {
      let judgement = response.judgement
      guard judgement.answer.isCorrect else { continue }
      correctTraceTokens += response.traceLength
      if let cost = judgement.answer.cost { leastCost = min(leastCost ?? .max, cost) }
      distinct.insert(response.writing)
      guard judgement.answer.isOptimal else { continue }
      optimalClauses += judgement.clauses
      optimalExpansions += judgement.closedStates
    }
    distinctCorrect = distinct.count
  }
}

extension Votes {
  init(of responses: [JudgedResponse]) {
    let voting = responses.filter { $0.judgement.isTerminated && !$0.answer.isEmpty }
    let answers = Dictionary(grouping: voting, by: \.answer).values
    // A judge from outside may look at the trace too: the first of equal answers counts.
    func counts(_ belongs: (AnswerVerdict) -> Bool) -> [Int] {
      answers.filter { belongs($0[0].judgement.answer) }.map(\.count)
    }
    self.init(
      optimal: counts(\.isOptimal), correct: counts { $0.isCorrect && !$0.isOptimal },
      wrong: counts { !$0.isCorrect })
  }
}

extension Tally {
  init(of responses: [JudgedResponse]) {
    self.init()
    for response in responses {
      let judgement = response.judgement
      samples += 1
      terminated += judgement.isTerminated ? 1 : 0
      generatedTokens += response.length
      guard judgement.answer.isCorrect else { continue }
      correct += 1
      sound += judgement.trace.isSound ? 1 : 0
      legal += judgement.trace.isLegal ? 1 : 0
      guard judgement.answer.isOptimal else { continue }
      optimal += 1
      optimalTraceTokens += response.traceLength
      shortestOptimal = min(shortestOptimal ?? .max, response.traceLength)
    }
  }
}
