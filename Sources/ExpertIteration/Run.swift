import Foundation
import Model
import Search
import Store

/// A run: from a configuration to rounds of shorter reasoning, in one directory.
///
/// The loop asks `nextStep`, performs the step, commits, and asks again. Nothing but the store remembers
/// where the run is, so a run killed anywhere continues and ends with the same rows and the same weights.
///
///     let run = Run(configuration, in: directory, options: options, surroundings: surroundings)
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

  /// What a library may not take for itself: time, identity, and someone to talk to.
  public struct Surroundings: Sendable {
    /// Monotonic seconds.
    public var clock: @Sendable () -> Double
    /// UTC now, ISO 8601.
    public var wallTime: @Sendable () -> String
    public var process: ProcessIdentity
    public var codeVersion: String
    public var observe: @Sendable (RunEvent) -> Void
    public var shouldStop: @Sendable () -> Bool

    public init(
      clock: @escaping @Sendable () -> Double, wallTime: @escaping @Sendable () -> String,
      process: ProcessIdentity, codeVersion: String, observe: @escaping @Sendable (RunEvent) -> Void,
      shouldStop: @escaping @Sendable () -> Bool
    ) {
      self.clock = clock
      self.wallTime = wallTime
      self.process = process
      self.codeVersion = codeVersion
      self.observe = observe
      self.shouldStop = shouldStop
    }
  }

  public struct ProcessIdentity: Sendable {
    public let pid: Int32
    public let bootID: String
    public let host: String

    public init(pid: Int32, bootID: String, host: String) {
      self.pid = pid
      self.bootID = bootID
      self.host = host
    }
  }

  public let configuration: RunConfiguration
  public let directory: URL
  let options: Options
  let surroundings: Surroundings
  let domain: any Domain
  /// The test exercises first, then `evaluation.sets`.
  let evaluationSets: [ExerciseSet]
  let store: RunStore
  let files: CheckpointFiles
  let attempt: Int64
  let isResumed: Bool
  let heartbeat: Heartbeat
  private let lock: RunLock

  /// Opens or creates the run in `directory` and locks it. Throws `RunError` and `StoreError`.
  public init(
    _ configuration: RunConfiguration, in directory: URL, options: Options, surroundings: Surroundings
  ) throws {
    domain = try configuration.domain.makeDomain()
    let opening = try RunOpening(configuration, in: directory, domain: domain, options, surroundings)
    self.configuration = opening.configuration
    evaluationSets = try opening.configuration.evaluationSets(test: domain)
    self.directory = directory
    self.options = options
    self.surroundings = surroundings
    store = opening.store
    lock = opening.lock
    files = opening.files
    attempt = opening.attempt
    isResumed = opening.isResumed
    heartbeat = Heartbeat(of: opening.attempt, in: opening.store, surroundings)
    surroundings.observe(
      .started(directory: directory.path, resumed: isResumed, note: opening.notes.joined(separator: "\n")))
  }

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
        switch nextStep(
          after: try progress(), of: configuration.rounds.ending(for: configuration.method))
        {
        case .begin(let round, let parent):
          try store.beginRound(
            RoundRecord(
              round: round, state: Phase.generate.rawValue, parentCheckpoint: parent,
              startedAt: surroundings.wallTime()))
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

  func progress() throws -> Progress {
    Progress(
      rounds: try store.rounds().map { record in
        let state: Progress.State =
          switch record.state {
          case "accepted": .accepted
          case "rejected": .rejected
          default: .running(Self.phase(of: record))
          }
        let relative = try store.metric(
          round: record.round, phase: .evaluate, step: 0, name: "relative_length")
        return Progress.Round(
          round: record.round, state: state, checkpoint: record.checkpoint, relativeLength: relative)
      })
  }

  private static func phase(of round: RoundRecord) -> Phase {
    guard let phase = round.phase else {
      preconditionFailure("the database lets no round be in state \(round.state)")
    }
    return phase
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

  var transformer: TransformerConfiguration {
    configuration.model.configuration(vocabularySize: domain.vocabulary.count)
  }

  func record(of round: Int) throws -> RoundRecord {
    guard let record = try store.round(round) else { throw RunError.missingRound(round) }
    return record
  }
}
