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
      let fault = Fault(kind: .badPrompt, position: 0, detail: "prompt, \(error)")
      (answer, trace) = (.wrong(fault), .unsound(fault))
    }
    return Judgement(
      answer: answer, trace: trace, traceLength: end, clauses: chain.entries.count,
      expansions: chain.entries.count, isTerminated: isTerminated)
  }

  /// Entries by their step's number, those without one by their text.
  func entries(of response: [Token], to prompt: [Token]) -> [TraceEntry]? {
    guard let task = try? rules.task(from: prompt) else { return nil }
    let end = split(response).trace.endIndex
    let chain = read(response, before: end)
    let flaws = rules.flaws(of: chain.entries.map(\.entry), in: task)
    var entries = zip(chain.entries, flaws).map { read, flaw in
      let text = vocabulary.text(of: response[read.place])
      let fault = flaw.flatMap { $0.isFault ? $0.detail : nil }
      return TraceEntry(
        key: rules.step(of: read.entry, in: task).map(String.init) ?? text, text: text, fault: fault)
    }
    if let malformed = chain.malformed {
      let start = chain.entries.last?.place.upperBound ?? 0
      let text = vocabulary.text(of: response[start..<end])
      entries.append(TraceEntry(key: text, text: text, fault: malformed.detail))
    }
    return entries
  }

  var hasStrides: Bool { rules.hasSteps }

  func strides(of response: [Token], to prompt: [Token]) -> [Int]? {
    guard let task = try? rules.task(from: prompt) else { return nil }
    let chain = read(response, before: split(response).trace.endIndex)
    let entries = chain.entries.map(\.entry)
    guard chain.malformed == nil, rules.flaws(of: entries, in: task).allSatisfy({ $0?.isFault != true }),
      let steps = rules.steps(of: entries, in: task)
    else { return nil }
    let places = [0] + steps + [rules.steps(of: task)]
    return zip(places, places.dropFirst()).map { $1 - $0 }
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
      fault = Fault(kind: .missingAnswer, position: end, detail: "the response has no answer")
    } else if let misfit = rules.misfit(inAnswer: response, from: first) {
      fault = unreadable(response, at: misfit, .malformedAnswer, in: "the answer")
    }
    if let fault, fault.position < response.count || isTerminated { return .wrong(fault) }
    guard isTerminated else {
      let detail = "the response was cut before its end"
      return .wrong(Fault(kind: .notTerminated, position: response.count, detail: detail))
    }
    let right = rules.answer(to: task)
    guard response[first...].elementsEqual(right) else {
      let (given, due) = (vocabulary.text(of: response[first...]), vocabulary.text(of: right))
      return .wrong(
        Fault(kind: .wrongAnswer, position: first, detail: "the answer is \"\(due)\", not \"\(given)\""))
    }
    return .optimal(cost: rules.steps(of: task))
  }

  /// The first flaw of the worst kind decides; one of the answer's place stands where the chain ends.
  private func judge(
    _ entries: [(entry: Rules.Entry, place: Range<Int>)], before end: Int, _ task: Rules.Task
  ) -> TraceVerdict {
    var disordered: Fault?
    var skips: Fault?
    let places = entries.map(\.place.lowerBound) + [end]
    for (flaw, position) in zip(rules.flaws(of: entries.map(\.entry), in: task), places) {
      switch flaw {
      case .untrue(let detail):
        return .unsound(Fault(kind: .untrueEntry, position: position, detail: detail))
      case .disordered(let detail):
        disordered = disordered ?? Fault(kind: .disorderedEntry, position: position, detail: detail)
      case .skips(let detail):
        skips = skips ?? Fault(kind: .skipsSteps, position: position, detail: detail)
      case nil: break
      }
    }
    if let disordered { return .unsound(disordered) }
    return skips.map { .sound(firstIllegality: $0) } ?? .legal
  }

  private func unreadable(
    _ response: [Token], at index: Int, _ kind: Fault.Kind, in place: String
  ) -> Fault {
    let found = index < response.count ? rules.words.quoted(response, at: index) : "the end of the response"
    return Fault(kind: kind, position: index, detail: "\(found) does not fit into \(place)")
  }
}
