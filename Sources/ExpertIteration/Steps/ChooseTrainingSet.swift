import Configuration
import Determinism
import Learning
import Search
import Store
import Words

extension Run {
  /// What a round trains on. Round 0: the reference's own responses. Later: the traces kept in this round
  /// and in the `replayRounds` before it, each exercise once with its newest, and the reference's full
  /// responses as `fullTraceShare` of the whole, this round's unimproved exercises first. By the paper's
  /// rule all of these are in it. A method that seeks no traces: the reference's responses to all exercises
  /// of the same rounds.
  func trainingSet(round: Int) throws -> TrainingSet {
    let split = Split.train.rawValue
    guard round > 0 else {
      return try trainingSet(references(try store.exercises(split: split, rounds: 0...0)), kept: 0)
    }
    let rounds = max(1, round - configuration.rounds.replayRounds)...round
    guard configuration.method.seeksTraces else {
      return try trainingSet(references(try store.exercises(split: split, rounds: rounds)), kept: 0)
    }
    let kept = try keptTexts(rounds)
    let improved = Set(kept.map(\.exercise))
    let full =
      configuration.method == .replaceAlways
      ? references(
        try store.exercises(split: split, rounds: rounds).filter { !improved.contains($0.id) })
      : try fullTraces(round: round, count: fullTraceCount(besides: kept.count), improved: improved)
    return try trainingSet(kept.map(\.text) + full, kept: kept.count)
  }

  private func keptTexts(_ rounds: ClosedRange<Int>) throws -> [(exercise: Int64, text: TrainingSet.Text)] {
    let prompts = try store.promptsOfKeptTraces(rounds: rounds)
    return try store.newestKeptTraces(rounds: rounds).map { trace in
      guard let prompt = prompts[trace.exerciseID] else {
        preconditionFailure("the database keeps a trace of exercise \(trace.exerciseID) without its prompt")
      }
      return (
        trace.exerciseID, TrainingSet.Text(prompt: prompt, trace: trace.trace, answer: trace.answer)
      )
    }
  }

  /// As many full traces as make `fullTraceShare` of the whole, next to `kept` others; if nothing was kept,
  /// as many as the round has exercises.
  private func fullTraceCount(besides kept: Int) -> Int {
    let share = configuration.rounds.fullTraceShare
    guard share < 1, kept > 0 else { return configuration.rounds.exercises }
    return Int(min(Double(kept) * share / (1 - share), Double(Int32.max)).rounded())
  }

  private func fullTraces(round: Int, count: Int, improved: Set<Int64>) throws -> [TrainingSet.Text] {
    guard count > 0 else { return [] }
    let split = Split.train.rawValue
    let own = try store.exercises(split: split, rounds: round...round).filter { !improved.contains($0.id) }
    guard own.count < count else { return references(Array(own.prefix(count))) }
    var base = try store.exercises(split: split, rounds: 0...0).filter { !improved.contains($0.id) }
    var random = CounterRandom(seed: configuration.seed, stream: .mixture, UInt64(round), 1)
    random.shuffle(&base)
    return references(own + base.prefix(count - own.count))
  }

  /// The reference's whole responses, or its answers where the method has no traces. An exercise that came
  /// without a trace teaches nothing to a method that writes one.
  private func references(_ exercises: [ExerciseRecord]) -> [TrainingSet.Text] {
    exercises.compactMap { exercise in
      guard configuration.method.writesTraces else {
        return TrainingSet.Text(prompt: exercise.prompt, trace: "", answer: exercise.answer)
      }
      return exercise.trace.map {
        TrainingSet.Text(prompt: exercise.prompt, trace: $0, answer: exercise.answer)
      }
    }
  }

  private func trainingSet(_ texts: [TrainingSet.Text], kept: Int) throws -> TrainingSet {
    try TrainingSet(
      texts, kept: kept, domain: domain, hasLabels: configuration.method == .hint,
      isVaried: configuration.method == .traceDropping)
  }

  /// For the method `traceDropping`: each lesson in each epoch with more or less of its trace left out, by
  /// a draw of (seed, round, lesson, epoch).
  func variation(of set: TrainingSet, round: Int) -> (@Sendable (_ index: Int, _ epoch: Int) -> Lesson)? {
    guard configuration.method == .traceDropping, let variations = domain.variations else { return nil }
    let (domain, seed, lessons) = (domain, configuration.seed, set.lessons)
    return { index, epoch in
      var random = CounterRandom(
        seed: seed, stream: .mixture, UInt64(round), 2, UInt64(index), UInt64(epoch))
      let parts = domain.parts(of: lessons[index].response)
      let level = DroppingLevel.draw(using: &random)
      let trace = variations.dropping(level, from: parts.trace, using: &random)
      return Lesson(prompt: lessons[index].prompt, response: trace + parts.answer)
    }
  }
}
