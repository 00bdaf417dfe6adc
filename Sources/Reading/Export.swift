import ExpertIteration
import JSON
import Learning
import Search
import Store

extension RunReader {
  /// Calls `body` with a line of JSON for each trace of a round, in ascending order of exercise: round 0
  /// has the reference's own traces, of its training exercises and then of its test exercises, a later
  /// round the ones it kept. The keys are exercise, split, prompt, trace, answer (also as plan), tokens (of
  /// the trace), sound, legal, round.
  public func export(round: Int, _ body: (String) throws -> Void) throws {
    try requireRound(round)
    guard round > 0 else {
      for split in [Split.train, .test] { try exportReferences(split, body) }
      return
    }
    for trace in try store.keptTraces(round: round) {
      guard let exercise = try store.exercise(id: trace.exerciseID) else { continue }
      try body(
        ExportedTrace(
          exercise: exercise, trace: trace.trace, answer: trace.answer, length: trace.traceLength,
          isSound: trace.sound, isLegal: trace.legal, round: round
        ).json)
    }
  }

  /// What the judge says of them: a reference may leave out steps, and tasks from outside bring any trace.
  private func exportReferences(_ split: Split, _ body: (String) throws -> Void) throws {
    let domain = try experiment().domain
    try forEachExercise(of: split) { exercise in
      guard let trace = exercise.trace, let length = exercise.traceLength else { return }
      let verdict = try domain.judge(
        try domain.response(trace, exercise.answer), isTerminated: true,
        to: try domain.writing(of: exercise.prompt)
      ).trace
      try body(
        ExportedTrace(
          exercise: exercise, trace: trace, answer: exercise.answer, length: length,
          isSound: verdict.isSound, isLegal: verdict.isLegal, round: 0
        ).json)
    }
  }

  private func forEachExercise(of split: Split, _ body: (ExerciseRecord) throws -> Void) throws {
    var last: Int64 = 0
    while true {
      let page = try store.exercises(split: split.rawValue, rounds: 0...0, after: last, limit: 1000)
      guard let end = page.last?.id else { return }
      for exercise in page { try body(exercise) }
      last = end
    }
  }

  /// The round's first `count` traces, as `export` orders them, as lessons: against these another program's
  /// reading of the weights is checked.
  public func lessons(ofRound round: Int, count: Int) throws -> [Lesson] {
    let domain = try experiment().domain
    let texts: [(String, String?, String)] =
      round > 0
      ? try store.keptTraces(round: round).prefix(count).compactMap { trace in
        try store.exercise(id: trace.exerciseID).map { ($0.prompt, trace.trace, trace.answer) }
      }
      : try store.exercises(split: Split.train.rawValue, rounds: 0...0, after: 0, limit: count).map {
        ($0.prompt, $0.trace, $0.answer)
      }
    return try texts.map { prompt, trace, answer in
      Lesson(prompt: try domain.writing(of: prompt), response: try domain.response(trace, answer))
    }
  }
}

/// A line of `shorten export`.
private struct ExportedTrace {
  let exercise: ExerciseRecord
  let trace: String
  let answer: String
  let length: Int
  let isSound: Bool
  let isLegal: Bool
  let round: Int

  var json: String {
    JSONTree.object([
      "exercise": .number(Int(exercise.id)), "split": .text(exercise.split),
      "prompt": .text(exercise.prompt), "trace": .text(trace), "answer": .text(answer), "plan": .text(answer),
      "tokens": .number(length), "sound": .flag(isSound), "legal": .flag(isLegal), "round": .number(round),
    ]).line()
  }
}
