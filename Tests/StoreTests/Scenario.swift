import Foundation
import GRDB

@testable import Store

typealias GRDBRow = Row

/// Two rounds and a begun third, small enough to be computed by hand: training exercises 1, 2, 3 (A* traces
/// of 30, 20 and 10 tokens) and 8 (40); test exercises 4 to 7 (A* means 100, 200, 50, 80).
enum Scenario {
  static func run() -> RunRecord {
    RunRecord(
      name: "maze", domain: "maze", configurationJSON: #"{"rounds": {"count": 4}}"#,
      configurationSHA256: sha("a"), plannedRounds: 4, learnerSHA256: sha("b"), seed: "18446744073709551615",
      codeVersion: "1.0", createdAt: noon)
  }

  static func exercise(
    _ number: Int, _ split: String, round: Int = 0, length: Int = 100
  ) -> ExerciseRecord {
    ExerciseRecord(
      split: split, candidateIndex: 10 * number, round: round, prompt: "start \(number) goal",
      trace: "create \(number)",
      answer: "plan \(number)", optimalCost: number, traceLength: length, identitySHA256: layout(number))
  }

  static func checkpoint(round: Int, step: Int = 100, isFinal: Bool = true) -> CheckpointRecord {
    CheckpointRecord(
      round: round, step: step, isFinal: isFinal, path: "checkpoints/r\(round)-s\(step).safetensors",
      bytes: 1000, sha256: sha(Character(String(round))), learnerSHA256: sha("b"))
  }

  static func tally(
    _ terminated: Int, _ correct: Int, _ optimal: Int, sound: Int, legal: Int, tokens: Int,
    shortest: Int? = nil,
    generated: Int = 1000
  ) -> Tally {
    Tally(
      samples: 4, terminated: terminated, correct: correct, optimal: optimal, sound: sound, legal: legal,
      generatedTokens: generated, optimalTraceTokens: tokens, shortestOptimal: shortest)
  }

  static let firstEvaluation: [Tally] = [
    tally(4, 4, 4, sound: 4, legal: 2, tokens: 400, shortest: 90),
    tally(4, 3, 2, sound: 3, legal: 1, tokens: 500, shortest: 240),
    tally(3, 0, 0, sound: 0, legal: 0, tokens: 0),
    tally(4, 1, 1, sound: 0, legal: 0, tokens: 80, shortest: 80),
  ]

  static let secondEvaluation: [Tally] = [
    tally(4, 4, 4, sound: 2, legal: 0, tokens: 320, shortest: 70),
    tally(4, 4, 0, sound: 4, legal: 4, tokens: 0),
    tally(4, 4, 4, sound: 4, legal: 4, tokens: 200, shortest: 50),
    tally(4, 4, 2, sound: 0, legal: 0, tokens: 120, shortest: 55),
  ]

  /// The run with a round 0 that has its exercises and is about to train.
  static func begin(_ store: RunStore) throws {
    try store.insertRun(run())
    try store.beginRound(RoundRecord(round: 0, startedAt: noon))
    let training = [
      exercise(1, "train", length: 30), exercise(2, "train", length: 20), exercise(3, "train", length: 10),
    ]
    try store.appendExercises(training, split: "train", nextIndex: 100)
    try store.appendExercises((4...7).map { exercise($0, "test") }, split: "test", nextIndex: 100)
    let lines = [("reference", [100.0, 200, 50, 80]), ("shortest", [80, 150, 50, 40])]
    try store.insertReferences(
      lines.flatMap { name, lengths in
        lengths.enumerated().map { ReferenceRecord(exerciseID: Int64(4 + $0), name: name, tokens: $1) }
      })
    try store.setPhase(round: 0, to: .train)
  }

  static func train(_ store: RunStore, round: Int, kept: Int) throws {
    let metrics = [MetricRecord(round: round, phase: .train, step: 100, name: "loss", value: 0.1)]
    let id = try store.insertCheckpoint(checkpoint(round: round), metrics: metrics)
    try store.finishTraining(
      TrainingResult(
        round: round, checkpoint: id, trainSetSHA256: sha("c"), trainTokens: 12_345, trainedSequences: 300,
        keptSequences: kept, nextPhase: .evaluate))
    try store.addSeconds(round: round, phase: .train, seconds: 10.4)
  }

  static func evaluations(_ tallies: [Tally], round: Int) -> [EvaluationRecord] {
    tallies.enumerated().map {
      EvaluationRecord(
        round: round, exerciseID: Int64(4 + $0), tally: $1, measures: measures(of: $1, exercise: 4 + $0),
        votes: votes(of: $1))
    }
  }

  /// Every kind of answer has one text, but the last optimal sample has one of its own.
  static func votes(of tally: Tally) -> Votes {
    let counts = [tally.correct - tally.optimal, tally.terminated - tally.correct].map { $0 > 0 ? [$0] : [] }
    let optimal = tally.optimal > 1 ? [tally.optimal - 1, 1] : tally.optimal > 0 ? [1] : []
    return Votes(optimal: optimal, correct: counts[0], wrong: counts[1])
  }

  /// Correct samples that are not optimal have traces of 50 tokens and cost two more; a clause is 5 tokens,
  /// half of the clauses close.
  static func measures(of tally: Tally, exercise: Int) -> Measures {
    Measures(
      correctTraceTokens: tally.optimalTraceTokens + 50 * (tally.correct - tally.optimal),
      leastCost: tally.correct == 0 ? nil : tally.optimal > 0 ? exercise : exercise + 2,
      distinctCorrect: min(tally.correct, 2), optimalClauses: tally.optimalTraceTokens / 5,
      optimalExpansions: tally.optimalTraceTokens / 10)
  }

  static func evaluate(
    _ store: RunStore, round: Int, _ tallies: [Tally], intervals others: [IntervalRecord] = []
  ) throws {
    let faults = ["planEntersWall": 2, "truncated": 1, "optimal": 7]
    try store.commitEvaluation(round: round, rows: evaluations(tallies, round: round), faults: faults)
    let intervals = [
      IntervalRecord(round: round, set: "test", figure: .optimalPercent, low: 40.04, high: 47),
      IntervalRecord(round: round, set: "test", figure: .shorterPercent, low: -1.26, high: 2.5),
      IntervalRecord(
        round: round, set: "test", line: "reference", figure: .shorterPercent, low: -1.31, high: 30),
    ]
    let measured = MeasuredRecord(round: round, set: "test", name: "relative_length", value: 0.5)
    try store.addSeconds(round: round, phase: .evaluate, seconds: 2.2)
    try store.decide(
      RoundDecision(
        round: round, .accepted, at: noon, measured: [measured], intervals: intervals + others))
  }

  /// Samples of `exercise`; `best` is the length of a replacement.
  static func sampling(_ exercise: Int64, round: Int, best: Int?) -> SamplingRecord {
    let tally = tally(
      4, 4, 4, sound: 3, legal: 2, tokens: 4 * (best ?? 50), shortest: best ?? 50, generated: 500)
    guard let best else { return SamplingRecord(round: round, exerciseID: exercise, tally: tally) }
    return SamplingRecord(
      round: round, exerciseID: exercise, tally: tally, incumbentLength: Double(best) + 0.5, bestAttempt: 2,
      bestTrace: "close \(best)",
      bestAnswer: "plan \(exercise)", bestLength: best, bestSound: true, bestLegal: false)
  }

  static func trace(_ exercise: Int64, round: Int, length: Int, parent: Int64? = nil) -> TraceRecord {
    TraceRecord(
      exerciseID: exercise, round: round, checkpointID: 1_000_000_000 * Int64(round - 1) + 100, attempt: 2,
      parentTraceID: parent, trace: "close \(length)", answer: "plan \(exercise)", traceLength: length,
      sound: true,
      legal: false)
  }

  static func zero(_ store: RunStore) throws {
    try begin(store)
    try train(store, round: 0, kept: 0)
    try evaluate(store, round: 0, firstEvaluation)
  }

  static func one(_ store: RunStore) throws {
    try store.beginRound(RoundRecord(round: 1, parentCheckpoint: 100, startedAt: noon))
    try store.appendExercises([exercise(8, "train", round: 1, length: 40)], split: "train", nextIndex: 200)
    let rows = [
      sampling(1, round: 1, best: 25), sampling(3, round: 1, best: nil), sampling(8, round: 1, best: 32),
    ]
    try store.commitSampling(round: 1, rows: rows, faults: ["planEntersWall": 3])
    let kept = [trace(1, round: 1, length: 25), trace(8, round: 1, length: 32)]
    try store.commitCuration(round: 1, kept: kept, nextPhase: .train)
    try train(store, round: 1, kept: 2)
    try evaluate(store, round: 1, secondEvaluation)
  }

  /// Round 2 has curated and is training.
  static func two(_ store: RunStore) throws {
    try store.beginRound(RoundRecord(round: 2, parentCheckpoint: 1_000_000_100, startedAt: noon))
    try store.commitSampling(round: 2, rows: [sampling(1, round: 2, best: 20)], faults: [:])
    let parent = try store.incumbentTraceIDs()[1]
    try store.commitCuration(
      round: 2, kept: [trace(1, round: 2, length: 20, parent: parent)], nextPhase: .train)
  }

  static func all(_ store: RunStore) throws {
    try zero(store)
    try one(store)
    try two(store)
  }
}
