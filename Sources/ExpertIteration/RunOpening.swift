import Foundation
import Search
import Store

/// Everything that happens between `shorten run` and the first step: what stands in the directory, the lock,
/// the database, the comparison of configurations, and the cleaning up after an attempt that ended badly.
///
/// A configuration that differs from the run's, or cuts the reference's own responses, is refused before anything is
/// written.
struct RunOpening {
  /// As given, or with the stored run's number of rounds where that was raised.
  let configuration: RunConfiguration
  let store: RunStore
  let lock: RunLock
  let files: CheckpointFiles
  let attempt: Int64
  let isResumed: Bool
  let notes: [String]

  init(
    _ given: RunConfiguration, in directory: URL, domain: any Domain, _ options: Run.Options,
    _ surroundings: Run.Surroundings
  ) throws {
    let isNew = try Self.isNew(given, in: directory, options)
    let estimate = try RunEstimate(of: given, threads: options.threads)
    if isNew {
      try estimate.refuseTruncation()
      try given.refuseReferences(by: domain, shouldStop: surroundings.shouldStop)
    }
    try StoreError.translating(path: directory.path) {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }
    let process = surroundings.process
    lock = try RunLock(directory: directory, pid: process.pid, host: process.host)
    let database = directory.appending(path: RunStanding.database)
    store = try RunStore(database, mode: isNew ? .create : .write)
    files = try CheckpointFiles(directory: directory)
    var notes = ["needs about \(estimate.memoryBytes >> 20) MiB of memory beside the exercises"]

    // Once more under the lock: another process may have been here since.
    if let run = try store.run() {
      let standing = try RunStanding(of: given, after: run, in: directory, resume: options.resume)
      isResumed = true
      configuration = standing.configuration
      if let note = standing.note { notes.append(note) }
      if run.configurationJSON != configuration.resolvedJSON() {
        try store.updateConfiguration(json: configuration.resolvedJSON(), sha256: configuration.digest)
      }
      let removed = try files.removeUnknown(keeping: Set(try store.checkpointPaths()))
      if !removed.isEmpty { notes.append("removed unfinished files: \(removed.joined(separator: ", "))") }
    } else {
      guard options.resume != .must else { throw RunError.noRunToResume(directory: directory.path) }
      try estimate.refuseTruncation()
      isResumed = false
      configuration = given
      try store.insertRun(
        RunRecord(
          name: directory.lastPathComponent, domain: domain.name,
          configurationJSON: configuration.resolvedJSON(), configurationSHA256: configuration.digest,
          vocabularySHA256: domain.vocabulary.digest, seed: String(configuration.seed),
          codeVersion: surroundings.codeVersion, createdAt: surroundings.wallTime(), finishedReason: nil))
    }
    try Self.write(configuration.resolvedJSON(), to: directory.appending(path: "config.resolved.json"))
    attempt = try store.beginAttempt(
      pid: process.pid, bootID: process.bootID, host: process.host, at: surroundings.wallTime())
    self.notes = notes
  }

  private static func isNew(
    _ configuration: RunConfiguration, in directory: URL, _ options: Run.Options
  ) throws -> Bool {
    try RunStanding(of: configuration, in: directory, resume: options.resume).earlier == nil
  }

  private static func write(_ text: String, to url: URL) throws {
    try StoreError.translating(path: url.path) {
      try Data((text + "\n").utf8).write(to: url, options: .atomic)
    }
  }
}
