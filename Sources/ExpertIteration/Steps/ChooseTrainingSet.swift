import Determinism
import Model
import Search
import Store

extension Run {
  /// What a round trains on. Round 0: the reference's own responses. Later: the traces kept in this round and in the
  /// `replayRounds` before it, each exercise once with its newest, and the reference's full responses as
  /// `fullTraceShare` of the whole, this round's unimproved exercises first. By the paper's rule all of these
  /// are in it. A method that seeks no traces: the reference's responses to all exercises of the same rounds.
  func trainingSet(round: Int) throws -> TrainingSet {
    let settings = configuration.rounds
    let split = Split.train.rawValue
    guard round > 0 else {
      return try trainingSet(
        try store.exercises(split: split, rounds: 0...0).map(referenceText), kept: 0,
        batchSize: configuration.base.batchSize, epochs: configuration.base.epochs,
        round: round)
    }
    let rounds = max(1, round - settings.replayRounds)...round
    guard configuration.method.seeksTraces else {
      return try trainingSet(
        try store.exercises(split: split, rounds: rounds).map(referenceText), kept: 0,
        batchSize: settings.batchSize, epochs: settings.epochs, round: round)
    }
    let kept = try store.newestKeptTraces(rounds: rounds)
    let prompts = try store.promptsOfKeptTraces(rounds: rounds)
    var texts = kept.map { trace in
      guard let prompt = prompts[trace.exerciseID] else {
        preconditionFailure("the database keeps a trace of exercise \(trace.exerciseID) without its prompt")
      }
      return (prompt: prompt, response: trace.responseText)
    }
    let improved = Set(kept.map(\.exerciseID))
    let full =
      configuration.method == .replaceAlways
      ? try store.exercises(split: split, rounds: rounds).filter { !improved.contains($0.id) }
        .map(referenceText)
      : try fullTraces(round: round, count: fullTraceCount(besides: texts.count), improved: improved)
    texts += full
    return try trainingSet(
      texts, kept: kept.count, batchSize: settings.batchSize, epochs: settings.epochs, round: round)
  }

  /// So many full traces that they are `fullTraceShare` of the whole beside `kept` others; where nothing was
  /// kept, as many as the round has exercises.
  private func fullTraceCount(besides kept: Int) -> Int {
    let share = configuration.rounds.fullTraceShare
    guard share < 1, kept > 0 else { return configuration.rounds.exercises }
    return Int(min(Double(kept) * share / (1 - share), Double(Int32.max)).rounded())
  }

  private func fullTraces(
    round: Int, count: Int, improved: Set<Int64>
  ) throws -> [(prompt: String, response: String)] {
    guard count > 0 else { return [] }
    let split = Split.train.rawValue
    let own = try store.exercises(split: split, rounds: round...round).filter { !improved.contains($0.id) }
    guard own.count < count else { return own.prefix(count).map(referenceText) }
    var base = try store.exercises(split: split, rounds: 0...0).filter { !improved.contains($0.id) }
    var random = CounterRandom(seed: configuration.seed, stream: .mixture, UInt64(round), 1)
    random.shuffle(&base)
    return (own + base.prefix(count - own.count)).map(referenceText)
  }

  /// Prompt and the reference's whole response, or its answer where the method has no traces.
  private func referenceText(of exercise: ExerciseRecord) -> (prompt: String, response: String) {
    let hasTrace = configuration.method.writesTraces
    return (exercise.prompt, hasTrace ? "\(exercise.trace) \(exercise.answer)" : exercise.answer)
  }

  private func trainingSet(
    _ texts: [(prompt: String, response: String)], kept: Int, batchSize: Int, epochs: Double, round: Int
  ) throws -> TrainingSet {
    precondition(!texts.isEmpty, "a round has exercises, so it has something to train on")
    return try TrainingSet(
      texts: texts, kept: kept, vocabulary: domain.vocabulary, batchSize: batchSize, epochs: epochs,
      seed: configuration.seed, round: round,
      hints: configuration.method == .hint ? domain.hintedPrompt : nil,
      variation: configuration.method == .traceDropping ? domain.droppingFromTraces : nil)
  }
}

extension Domain {
  /// The hints of a framed prompt, as the trainer reads them.
  var hintedPrompt: TrainingSet.Hints {
    { prompt in
      let hints = hints(for: Array(prompt.dropFirst().dropLast())) ?? []
      return [Example.noHint] + hints.map { $0 ?? Example.noHint } + [Example.noHint]
    }
  }

  /// A sequence with more or less of its trace left out.
  var droppingFromTraces: TrainingSet.Variation {
    { example, random in
      let parts = split(Array(example.response.dropFirst().dropLast()))
      let level = DroppingLevel.draw(using: &random)
      let trace = trace(Array(parts.trace), dropping: level, using: &random)
      return Example(prompt: example.prompt, response: framed(trace + parts.answer))
    }
  }
}

extension TraceRecord {
  var responseText: String { trace.isEmpty ? answer : "\(trace) \(answer)" }
}
