import Words

/// Judges responses to serial tasks from the prompt alone.
extension SerialDomain {
  func judge(_ response: [Token], isTerminated: Bool, to prompt: [Token]) -> Judgement {
    let end = split(response).trace.endIndex
    let chain = read(response, before: end)
    let answer: AnswerVerdict
    let trace: TraceVerdict
    do throws(SearchError) {
      let task = try rules.task(from: prompt)
      answer = judgeAnswer(response, from: end, isTerminated: isTerminated, task)
      trace = chain.malformed.map { .unsound($0) } ?? judge(chain.entries, before: end, task)
    } catch {
      (answer, trace) = (.wrong(.badPrompt(error)), .unsound(.badPrompt(error)))
    }
    return Judgement(
      answer: answer, trace: trace, clauses: chain.entries.count, closedStates: chain.entries.count,
      isTerminated: isTerminated)
  }

  /// Entries with their tokens, up to the first that cannot be read.
  struct Chain {
    var entries: [(entry: Rules.Entry, place: Range<Int>)] = []
    var malformed: Fault?
  }

  func read(_ response: [Token], before end: Int) -> Chain {
    var chain = Chain()
    var index = 0
    while index < end {
      let first = index
      guard let entry = rules.entry(in: response, &index, before: end) else {
        chain.malformed = unreadable(response, at: index, .malformedEntry, in: "an entry")
        break
      }
      chain.entries.append((entry, first..<index))
    }
    return chain
  }

  private func judgeAnswer(
    _ response: [Token], from end: Int, isTerminated: Bool, _ task: Rules.Task
  ) -> AnswerVerdict {
    let first = min(response.count, settings.layout == .marked ? end + 1 : end)
    var fault: Fault?
    if end == response.count {
      fault = Fault(kind: .missingAnswer, word: end, detail: "the response has no answer")
    } else if let misfit = rules.misfit(inAnswer: response, from: first) {
      fault = unreadable(response, at: misfit, .malformedAnswer, in: "the answer")
    }
    if let fault = Fault.incomplete(fault, of: response.count, isTerminated: isTerminated) {
      return .wrong(fault)
    }
    let right = rules.answer(to: task)
    guard response[first...].elementsEqual(right) else {
      let (given, due) = (words.text(of: response[first...]), words.text(of: right))
      return .wrong(
        Fault(kind: .wrongAnswer, word: first, detail: "the answer is \"\(due)\", not \"\(given)\""))
    }
    return .optimal(cost: rules.steps(of: task))
  }

  /// The first flaw of the worst kind decides. A flaw of the answer's place is put at the end of the chain.
  private func judge(
    _ entries: [(entry: Rules.Entry, place: Range<Int>)], before end: Int, _ task: Rules.Task
  ) -> TraceVerdict {
    var disordered: Fault?
    var skips: Fault?
    let places = entries.map(\.place.lowerBound) + [end]
    for (flaw, position) in zip(rules.flaws(of: entries.map(\.entry), in: task), places) {
      switch flaw {
      case .untrue(let detail):
        return .unsound(Fault(kind: .untrueEntry, word: position, detail: detail))
      case .disordered(let detail):
        disordered = disordered ?? Fault(kind: .disorderedEntry, word: position, detail: detail)
      case .skips(let detail):
        skips = skips ?? Fault(kind: .skipsSteps, word: position, detail: detail)
      case nil: break
      }
    }
    if let disordered { return .unsound(disordered) }
    return skips.map { .sound(firstIllegality: $0) } ?? .legal
  }

  private func unreadable(
    _ response: [Token], at index: Int, _ kind: Fault.Kind, in place: String
  ) -> Fault {
    .unreadable(response, at: index, kind, in: place, words)
  }
}
