import Configuration
import Foundation
import Search
import Store

/// Everything that happens between `shorten run` and the first step: what the directory holds, the lock,
/// the database, the comparison of configurations, and the cleaning up after an attempt that ended badly.
///
/// A configuration that differs from the run's, or cuts the reference's own responses, is refused before
/// anything is written.
struct RunStart {
  /// As given, or with the stored run's number of rounds if that is higher.
  private(set) var experiment: Experiment
  let store: RunStore
  let lock: RunLock
  let files: CheckpointFiles
  let attempt: Int64
  let isResumed: Bool
  let notes: [String]

  init(
    _ given: Experiment, in directory: URL, _ options: Run.Options, _ surroundings: Run.Surroundings
  ) throws {
    try given.learner.requireSupported()
    let isNew =
      try RunDirectory.Finding(given.configuration, in: directory, resume: options.resume).earlier == nil
    let estimate = try RunEstimate(of: given)
    if isNew { try given.preflight(estimate, shouldStop: surroundings.shouldStop) }
    try StoreError.translating(path: directory.path) {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }
    let process = surroundings.process
    lock = try RunLock(directory: directory, pid: process.pid, host: process.host)
    store = try RunStore(directory.appending(path: RunDirectory.database), mode: isNew ? .create : .write)
    files = try CheckpointFiles(directory: directory)
    experiment = given
    var notes =
      estimate.memoryBytes.map { ["needs about \($0 >> 20) MiB of memory beside the exercises"] } ?? []

    // Once more under the lock: another process may have been here since.
    if let run = try store.run() {
      isResumed = true
      notes += try Self.resume(run, &experiment, in: directory, store, options)
      let removed = try files.removeUnknown(keeping: Set(try store.checkpointPaths()))
      if !removed.isEmpty { notes.append("removed unfinished files: \(removed.joined(separator: ", "))") }
    } else {
      guard options.resume != .must else { throw RunError.noRunToResume(directory: directory.path) }
      try estimate.requireRoomForReferences()
      isResumed = false
      try store.insertRun(Self.record(of: given, in: directory, surroundings))
    }
    let json = experiment.configuration.resolvedJSON()
    try Self.write(json, to: directory.appending(path: RunDirectory.resolvedConfiguration))
    attempt = try store.beginAttempt(
      pid: process.pid, bootID: process.bootID, host: process.host, at: surroundings.wallTime())
    self.notes = notes
  }

  /// Compares with the stored run and goes on with its number of rounds. Returns notes for people.
  private static func resume(
    _ run: RunRecord, _ experiment: inout Experiment, in directory: URL, _ store: RunStore,
    _ options: Run.Options
  ) throws -> [String] {
    let finding = try RunDirectory.Finding(
      experiment.configuration, after: run, in: directory, resume: options.resume)
    let learner = experiment.learner.identity
    guard run.learnerSHA256 == learner.digest else {
      throw RunError.otherLearner(directory: directory.path, run: run.learner)
    }
    guard run.lengthUnit == learner.unit.name, run.promise == learner.promise.rawValue else {
      throw RunError.otherPromise(
        directory: directory.path, run: "\(run.lengthUnit), \(run.promise)",
        now: "\(learner.unit.name), \(learner.promise.rawValue)")
    }
    experiment.configuration = finding.configuration
    let json = finding.configuration.resolvedJSON()
    if run.configurationJSON != json {
      try store.updateConfiguration(
        json: json, sha256: finding.configuration.digest, plannedRounds: finding.configuration.rounds.count)
    }
    return finding.note.map { [$0] } ?? []
  }

  private static func record(
    of experiment: Experiment, in directory: URL, _ surroundings: Run.Surroundings
  ) -> RunRecord {
    let (configuration, learner) = (experiment.configuration, experiment.learner.identity)
    return RunRecord(
      name: directory.lastPathComponent, domain: experiment.domain.name,
      configurationJSON: configuration.resolvedJSON(), configurationSHA256: configuration.digest,
      plannedRounds: configuration.rounds.count, keepsLonger: configuration.method == .replaceAlways,
      learner: learner.name, learnerSHA256: learner.digest, lengthUnit: learner.unit.name,
      promise: learner.promise.rawValue, seed: String(configuration.seed),
      codeVersion: surroundings.codeVersion, createdAt: surroundings.wallTime(), finishedReason: nil)
  }

  private static func write(_ text: String, to url: URL) throws {
    try StoreError.translating(path: url.path) {
      try Data((text + "\n").utf8).write(to: url, options: .atomic)
    }
  }
}
