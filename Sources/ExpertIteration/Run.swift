import Configuration
import Foundation
import Learning
import Search
import Store

/// A run: from a configuration to rounds of shorter reasoning, in one directory.
///
/// The loop asks `nextStep`, performs the step, commits, and asks again. Nothing but the store remembers
/// where the run is, so a run killed anywhere continues and ends with the same rows and, if its learner
/// promises so, the same weights.
///
///     let run = try Run(experiment, in: directory, options: options, surroundings: surroundings)
///     switch try run.execute() { case .finished(let reason): ...; case .stopped: ... }
public final class Run {
  public enum Outcome: Sendable, Equatable {
    case finished(reason: String)
    /// `shouldStop` said so; everything is committed and the same call continues.
    case stopped
  }

  public enum ResumePolicy: String, Sendable, CaseIterable {
    case allow, must, never
  }

  public struct Options: Sendable {
    /// Worker threads; changes no result.
    public var threads: Int
    public var resume: ResumePolicy

    public init(threads: Int, resume: ResumePolicy = .allow) {
      self.threads = threads
      self.resume = resume
    }
  }

  public let experiment: Experiment
  public let directory: URL
  let options: Options
  let surroundings: Surroundings
  let store: RunStore
  let files: CheckpointFiles
  let attempt: Int64
  let isResumed: Bool
  let heartbeat: Heartbeat
  private let lock: RunLock

  /// Opens or creates the run in `directory` and locks it. Throws `RunError` and `StoreError`.
  public init(
    _ experiment: Experiment, in directory: URL, options: Options, surroundings: Surroundings
  ) throws {
    let start = try RunStart(experiment, in: directory, options, surroundings)
    self.experiment = start.experiment
    self.directory = directory
    self.options = options
    self.surroundings = surroundings
    store = start.store
    lock = start.lock
    files = start.files
    attempt = start.attempt
    isResumed = start.isResumed
    heartbeat = Heartbeat(of: start.attempt, in: start.store, surroundings)
    surroundings.observe(
      .started(directory: directory.path, resumed: isResumed, note: start.notes.joined(separator: "\n")))
  }

  public var configuration: RunConfiguration { experiment.configuration }
  var domain: any Domain { experiment.domain }
  var learner: any Learner { experiment.learner }

  /// Runs until finished or told to stop.
  public func execute() throws -> Outcome {
    do {
      let outcome = try loop()
      try store.endAttempt(
        attempt, at: surroundings.wallTime(), exit: outcome == .stopped ? "stopped" : "finished")
      return outcome
    } catch {
      try? store.endAttempt(attempt, at: surroundings.wallTime(), exit: "failed: \(error)")
      throw error
    }
  }

  private func loop() throws -> Outcome {
    do {
      while true {
        try checkForStop()
        try removeObsoleteCheckpoints()
        switch nextStep(after: try progress(), of: configuration.rounds.ending(for: configuration.method)) {
        case .begin(let round, let parent):
          try store.beginRound(
            RoundRecord(round: round, parentCheckpoint: parent, startedAt: surroundings.wallTime()))
        case .perform(let phase, let round):
          try perform(phase, round: round)
        case .finish(let reason):
          try ensureFinalWeights()
          try store.setFinished(reason: reason)
          surroundings.observe(.finished(reason: reason))
          return .finished(reason: reason)
        }
      }
    } catch is Stopped {
      return .stopped
    }
  }

  private func perform(_ phase: Phase, round: Int) throws {
    let seconds = try timed(phase, round: round) {
      switch phase {
      case .generate: try generate(round: round)
      case .sample: try sample(round: round)
      case .curate: try curate(round: round)
      case .train: try train(round: round)
      case .evaluate: try evaluate(round: round)
      }
    }
    surroundings.observe(.phaseFinished(round: round, phase: phase, seconds: seconds))
    if phase.next(inRound: round) == nil, let summary = try store.roundsSummary().last {
      surroundings.observe(.roundFinished(summary))
    }
  }

  /// Adds the seconds of `body` to the phase's, also when it is stopped; returns them.
  private func timed(_ phase: Phase, round: Int, _ body: () throws -> Void) throws -> Double {
    let start = surroundings.clock()
    do {
      try body()
    } catch {
      try? store.addSeconds(round: round, phase: phase, seconds: surroundings.clock() - start)
      throw error
    }
    let seconds = surroundings.clock() - start
    try store.addSeconds(round: round, phase: phase, seconds: seconds)
    return seconds
  }

  /// What the store says is done.
  func progress() throws -> Progress {
    Progress(
      rounds: try store.rounds().map { record in
        Progress.Round(
          round: record.round, state: record.state, checkpoint: record.checkpoint,
          relativeLength: try store.measured(round: record.round, name: EvaluationSummary.relativeLengthName))
      })
  }

  func record(of round: Int) throws -> RoundRecord {
    guard let record = try store.round(round) else { throw RunError.missingRound(round) }
    return record
  }

  // MARK: - Shared by the steps

  /// Called between units of work: leaves when told to, and says that the process lives.
  func checkForStop() throws {
    if surroundings.shouldStop() { throw Stopped() }
    try heartbeat.beat()
  }

  func announce(_ phase: Phase, round: Int, total: Int, unit: String) {
    surroundings.observe(
      .phaseStarted(round: round, rounds: configuration.rounds.count, phase: phase, total: total, unit: unit))
  }
}
