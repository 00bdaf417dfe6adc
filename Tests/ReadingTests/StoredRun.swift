import Configuration
import Determinism
import ExpertIteration
import Foundation
import Search
import Store

@testable import Reading

/// A run as the loop would leave it in round 1, written by hand: a training exercise with a kept trace and an
/// evaluated test exercise. No weights. The board is 4x4, but its last row and column are walls: what is left
/// is the paper's figure 1.
final class StoredRun {
  let directory: URL
  let store: RunStore

  /// Figure 1 of the paper on its own 3x3 board, and its search.
  static let figure = "start 0 2 goal 1 0 wall 1 2 wall 2 0"
  static let prompt = figure + " wall 3 0 wall 3 1 wall 3 2 wall 3 3 wall 0 3 wall 1 3 wall 2 3"
  static let plan = "plan 0 2 plan 0 1 plan 0 0 plan 1 0"
  static let trace = """
    create 0 2 c0 c3 close 0 2 c0 c3 create 0 1 c1 c2 close 0 1 c1 c2 create 0 0 c2 c1 create 1 1 c2 c1 close 0 0 \
    c2 c1 create 1 0 c3 c0 close 1 0 c3 c0
    """
  /// Without the child at 1 1: sound, no longer a run of A*.
  static let kept = """
    create 0 2 c0 c3 close 0 2 c0 c3 create 0 1 c1 c2 close 0 1 c1 c2 create 0 0 c2 c1 close 0 0 c2 c1 create 1 0 \
    c3 c0 close 1 0 c3 c0
    """

  static var configuration: RunConfiguration {
    var settings = MazeSettings(width: 4, height: 4)
    settings.minimumPlanCells = 3
    (settings.wordsWidth, settings.wordsHeight) = (4, 4)
    var configuration = RunConfiguration(domain: .maze(settings))
    configuration.rounds.count = 2
    return configuration
  }

  /// `tokens`: of round 0's two optimal responses together; `wall`: of the test maze's last wall;
  /// `optimal`: of round 0's four responses.
  init(
    _ configuration: RunConfiguration = StoredRun.configuration, tokens: Int = 90, wall: String = "3 3",
    optimal: Int = 2, accepting: Bool = false
  ) throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    store = try RunStore(directory.appending(path: "shorten.db"), mode: .create)
    let domain = try configuration.domain.makeDomain()
    let time = "2025-03-01T12:00:00Z"
    try store.insertRun(
      RunRecord(
        name: "maze", domain: "maze", configurationJSON: configuration.resolvedJSON(),
        configurationSHA256: configuration.digest, plannedRounds: configuration.rounds.count,
        learnerSHA256: domain.vocabulary?.digest ?? "",
        seed: String(configuration.seed),
        codeVersion: "test", createdAt: time))
    try store.beginRound(RoundRecord(round: 0, startedAt: time))
    try store.appendExercises(
      [Self.exercise(split: "train", index: 0, prompt: Self.prompt)], split: "train", nextIndex: 1)
    try store.appendExercises(
      [Self.exercise(split: "test", index: 0, prompt: Self.figure + " wall \(wall)")],
      split: "test", nextIndex: 1)
    try store.insertReferences([
      ReferenceRecord(exerciseID: 2, name: "reference", tokens: 61.25),
      ReferenceRecord(exerciseID: 2, name: "shortestLegal", tokens: 45),
    ])
    let base = try finishTraining(round: 0)
    try evaluate(round: 0, tokens: tokens, optimal: optimal)
    try store.decide(RoundDecision(round: 0, .accepted, at: time))
    try store.beginRound(RoundRecord(round: 1, parentCheckpoint: base, startedAt: time))
    try store.commitCuration(
      round: 1,
      kept: [
        TraceRecord(
          exerciseID: 1, round: 1, checkpointID: base, attempt: 5, trace: Self.kept, answer: Self.plan,
          traceLength: 40, sound: true, legal: false)
      ], nextPhase: .train)
    _ = try finishTraining(round: 1)
    try evaluate(round: 1, tokens: 80, optimal: 2)
    if accepting { try store.decide(RoundDecision(round: 1, .accepted, at: time)) }
    let attempt = try store.beginAttempt(pid: 123, bootID: "boot", host: "host", at: time)
    try store.endAttempt(attempt, at: time, exit: "stopped")
  }

  func reader() throws -> RunReader { try RunReader(directory.path) }

  deinit { try? FileManager.default.removeItem(at: directory) }

  private static func exercise(split: String, index: Int, prompt: String) -> ExerciseRecord {
    ExerciseRecord(
      split: split, candidateIndex: index, round: 0, prompt: prompt, trace: trace, answer: plan,
      optimalCost: 3,
      traceLength: 45, identitySHA256: SHA256.hexDigest(of: prompt))
  }

  private func finishTraining(round: Int) throws -> Int64 {
    let id = try store.insertCheckpoint(
      CheckpointRecord(
        round: round, step: 10, isFinal: true, path: "checkpoints/r0\(round)-s000010.safetensors", bytes: 100,
        sha256: SHA256.hexDigest(of: "weights of round \(round)"),
        learnerSHA256: try store.run()?.learnerSHA256 ?? ""),
      metrics: [])
    try store.finishTraining(
      TrainingResult(
        round: round, checkpoint: id, trainSetSHA256: SHA256.hexDigest(of: "set"), trainTokens: 1000,
        trainedSequences: 10, keptSequences: round, nextPhase: .evaluate))
    return id
  }

  private func evaluate(round: Int, tokens: Int, optimal: Int) throws {
    let tally = Tally(
      samples: 4, terminated: 4, correct: optimal, optimal: optimal, sound: optimal,
      legal: min(1, optimal), generatedTokens: 300, optimalTraceTokens: optimal > 0 ? tokens : 0,
      shortestOptimal: optimal > 0 ? 35 : nil)
    try store.commitEvaluation(
      round: round, rows: [EvaluationRecord(round: round, exerciseID: 2, tally: tally)], faults: [:])
  }
}
