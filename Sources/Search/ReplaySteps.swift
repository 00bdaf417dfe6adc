/// Steps of a replay in the making: a domain reads them, and what the judge found is put in its place.
struct ReplaySteps {
  /// A step as it was read.
  struct Read {
    let action: Replay.Action
    let cell: Int?
    var pieces: [Int]?
    var fault: Fault?
  }

  private let response: [Token]
  private let verdict: Judgement
  private let vocabulary: Vocabulary
  private(set) var steps: [Replay.Step] = []

  init(of response: [Token], _ verdict: Judgement, _ vocabulary: Vocabulary) {
    self.response = response
    self.verdict = verdict
    self.vocabulary = vocabulary
  }

  /// `read` reads the clause at an index and moves behind it; nil: it cannot be read, and the rest of the trace
  /// is one step.
  mutating func playTrace(_ read: (_ index: inout Int, _ end: Int) -> Read?) {
    let end = verdict.traceLength
    var index = 0
    while index < end {
      let first = index
      guard let step = read(&index, end) else {
        let fault = verdict.trace.fault.flatMap { (first...index).contains($0.position) ? $0 : nil }
        let reason = fault.map(\.description) ?? "this does not fit into a clause"
        append(Read(action: .unreadable, cell: nil), first..<end, .untrue(reason))
        return
      }
      append(step, first..<index, step.fault.map { .untrue("\($0)") })
    }
  }

  /// Marks the clause that the fault begins with, unless more is wrong with it.
  mutating func markIllegal(_ fault: Fault?) {
    guard let fault else { return }
    var end = 0
    for index in steps.indices {
      end += steps[index].length
      guard fault.position < end else { continue }
      if steps[index].flaw == nil { steps[index].flaw = .illegal("\(fault)") }
      return
    }
  }

  /// The same for the plan. Faults of the answer, and those of the trace that show in the answer alone, stand at
  /// their place of the plan; behind it where they have none there.
  mutating func playPlan(_ read: (_ index: inout Int) -> Read?) {
    var faults = [
      verdict.answer.fault, verdict.trace.fault.flatMap { $0.position >= verdict.traceLength ? $0 : nil },
    ]
    .compactMap(\.self)
    var index = verdict.traceLength
    while index < response.count {
      let first = index
      let step = read(&index)
      if step == nil { index = response.count }
      let found = faults.firstIndex { (first..<index).contains($0.position) }
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
