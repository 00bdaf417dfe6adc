/// What pages show of serial tasks: words, the chain entry by entry, and a drawing where there is one.
extension SerialDomain {
  var terms: DomainTerms { .chain }

  /// An entry is named by the step that it says it is about, or else by what it states. One that leaves steps
  /// out is as true as any.
  func entries(of response: [Token], to prompt: [Token]) -> [TraceEntry]? {
    guard let task = try? rules.task(from: prompt) else { return nil }
    let end = split(response).trace.endIndex
    let chain = read(response, before: end)
    let flaws = rules.flaws(of: chain.entries.map(\.entry), in: task)
    var entries = zip(chain.entries, flaws).map { read, flaw in
      let text = vocabulary.text(of: response[read.place])
      let key = rules.step(of: read.entry, in: task).map(String.init) ?? text
      return TraceEntry(key: key, text: text, fault: flaw.flatMap(\.fault))
    }
    if let malformed = chain.malformed {
      let text = vocabulary.text(of: response[(chain.entries.last?.place.upperBound ?? 0)..<end])
      entries.append(TraceEntry(key: text, text: text, fault: malformed.description))
    }
    return entries
  }

  func diagram(of prompt: [Token]) -> Diagram? {
    (try? rules.task(from: prompt)).flatMap { rules.diagram(of: $0) }
  }
}

extension SerialFlaw {
  /// nil: the entry is true and in its place.
  fileprivate var fault: String? {
    switch self {
    case .untrue(let detail), .disordered(let detail): detail
    case .skips: nil
    }
  }
}

extension SerialRules {
  func diagram(of task: Task) -> Diagram? { nil }
}

extension CircuitRules {
  /// The gates of a whole chain, each below what it reads, named by their steps as the entries are. In layout
  /// `paper` no entry says which gate it is about.
  func diagram(of task: Circuit) -> Diagram? {
    guard hasIDs else { return nil }
    var steps: [Int: String] = [:]
    for (index, id) in task.order.enumerated() { steps[id] = String(index + 1) }
    let nodes = task.order.map { id in
      Diagram.Node(
        key: steps[id] ?? "", label: "\(id) \(name(of: task.gates[id]))",
        inputs: (task.gates[id]?.inputs ?? []).compactMap { steps[$0] })
    }
    return Diagram(nodes: nodes, output: steps[task.output] ?? "")
  }

  private func name(of gate: Circuit.Gate?) -> String {
    switch gate {
    case .constant(let value): value ? Word.yes.rawValue : Word.no.rawValue
    case .not: Word.not.rawValue
    case .and: Word.and.rawValue
    case .or: Word.or.rawValue
    case nil: ""
    }
  }
}
