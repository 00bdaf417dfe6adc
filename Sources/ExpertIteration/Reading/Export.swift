import Search
import Store

extension RunReader {
  /// Calls `body` with a line of JSON for each trace of a round, in ascending order of exercise: round 0 has
  /// the reference's own traces, of its training exercises and then of its test exercises, a later round the ones it
  /// kept. The keys are exercise, split, prompt, trace, plan, tokens (of the trace), sound, legal, round.
  public func export(round: Int, _ body: (String) throws -> Void) throws {
    try requireRound(round)
    guard round > 0 else {
      let domain = try configuration().domain.makeDomain()
      for split in Split.allCases { try exportReferences(split, domain, body) }
      return
    }
    for trace in try store.keptTraces(round: round) {
      guard let exercise = try store.exercise(id: trace.exerciseID) else { continue }
      try body(
        Self.line(
          exercise, trace: trace.trace, plan: trace.answer, tokens: trace.traceLength, sound: trace.sound,
          legal: trace.legal, round: round))
    }
  }

  /// What the judge says of them: a reference may leave out steps, and tasks from outside bring any trace.
  private func exportReferences(
    _ split: Split, _ domain: any Domain, _ body: (String) throws -> Void
  ) throws {
    let vocabulary = domain.vocabulary
    var last: Int64 = 0
    while true {
      let page = try store.exercises(split: split.rawValue, rounds: 0...0, after: last, limit: 1000)
      guard let end = page.last?.id else { return }
      for exercise in page {
        let response = try vocabulary.tokens(of: "\(exercise.trace) \(exercise.answer)")
        let prompt = try vocabulary.tokens(of: exercise.prompt)
        let verdict = domain.judge(response, isTerminated: true, to: prompt).trace
        try domain.verifier?.check()
        try body(
          Self.line(
            exercise, trace: exercise.trace, plan: exercise.answer, tokens: exercise.traceLength,
            sound: verdict.isSound, legal: verdict.isLegal, round: 0))
      }
      last = end
    }
  }

  private static func line(
    _ exercise: ExerciseRecord, trace: String, plan: String, tokens: Int, sound: Bool, legal: Bool, round: Int
  ) -> String {
    JSONTree.object([
      "exercise": .number(Int(exercise.id)), "split": .text(exercise.split),
      "prompt": .text(exercise.prompt), "trace": .text(trace), "plan": .text(plan), "tokens": .number(tokens),
      "sound": .flag(sound), "legal": .flag(legal), "round": .number(round),
    ]).line()
  }
}
