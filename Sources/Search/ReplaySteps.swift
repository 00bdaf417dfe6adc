import Words

/// Builds the steps of a replay: the domain reads them, then the judge's faults are placed.
struct ReplaySteps {
  /// A step as it was read.
  struct Read {
    let action: Replay.Action
    let cell: Int?
    var pieces: [Int]?
    var fault: Fault?
  }

  private let response: [Token]
  /// Where its answer begins.
  private let end: Int
  private let verdict: Judgement
  private let vocabulary: Vocabulary
  private(set) var steps: [Replay.Step] = []

  init(of response: [Token], answerAt end: Int, _ verdict: Judgement, _ vocabulary: Vocabulary) {
    self.response = response
    self.end = end
    self.verdict = verdict
    self.vocabulary = vocabulary
  }

  /// Adds the trace. `read` reads the clause at an index and moves behind it; nil: it cannot be read, and the
  /// rest of the trace is one step.
  mutating func playTrace(_ read: (_ index: inout Int, _ end: Int) -> Read?) {
    var index = 0
    while index < end {
      let first = index
      guard let step = read(&index, end) else {
        let fault = verdict.trace.fault.flatMap { $0.isAt(first...index) ? $0 : nil }
        let reason = fault.map(\.description) ?? "this does not fit into a clause"
        append(Read(action: .unreadable, cell: nil), first..<end, .untrue(reason))
        return
      }
      append(step, first..<index, step.fault.map { .untrue("\($0)") })
    }
  }

  /// Marks the clause at which the fault is, unless it is untrue.
  mutating func markIllegal(_ fault: Fault?) {
    guard let fault else { return }
    var end = 0
    for index in steps.indices {
      end += steps[index].length
      guard fault.isAt(..<end) else { continue }
      if steps[index].flaw == nil { steps[index].flaw = .illegal("\(fault)") }
      return
    }
  }

  /// Adds the plan. Faults of the answer, and those of the trace that show in the answer alone, go to their
  /// place of the plan, or behind it if they have none there.
  mutating func playPlan(_ read: (_ index: inout Int) -> Read?) {
    var faults = [
      verdict.answer.fault, verdict.trace.fault.flatMap { $0.isAt(end...) ? $0 : nil },
    ]
    .compactMap(\.self)
    var index = end
    while index < response.count {
      let first = index
      let step = read(&index)
      if step == nil { index = response.count }
      let found = faults.firstIndex { $0.isAt(first..<index) }
      let flaw = found.map { Replay.Flaw.untrue("\(faults.remove(at: $0))") }
      append(step ?? Read(action: .unreadable, cell: nil), first..<index, flaw)
    }
    for fault in faults {
      append(Read(action: .unreadable, cell: nil), response.count..<response.count, .untrue("\(fault)"))
    }
  }

  private mutating func append(_ step: Read, _ tokens: Range<Int>, _ flaw: Replay.Flaw?) {
    steps.append(
      Replay.Step(
        action: step.action, cell: step.cell, pieces: step.pieces,
        text: vocabulary.text(of: response[tokens]), length: tokens.count, flaw: flaw))
  }
}
