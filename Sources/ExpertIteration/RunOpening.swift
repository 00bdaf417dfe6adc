import Foundation
import Search
import Store

/// Everything that happens between `shorten run` and the first step: the directory, the lock, the database,
/// the comparison of configurations, and the cleaning up after an attempt that ended badly.
struct RunOpening {
  let store: RunStore
  let lock: RunLock
  let files: CheckpointFiles
  let attempt: Int64
  let isResumed: Bool
  let notes: [String]

  init(
    _ configuration: RunConfiguration, in directory: URL, domain: any Domain, _ options: Run.Options,
    _ surroundings: Run.Surroundings
  ) throws {
    let database = directory.appending(path: "shorten.db")
    let exists = FileManager.default.fileExists(atPath: database.path)
    guard exists || options.resume != .must else { throw RunError.noRunToResume(directory: directory.path) }
    try StoreError.translating(path: directory.path) {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }
    let process = surroundings.process
    lock = try RunLock(directory: directory, pid: process.pid, host: process.host)
    store = try exists ? Self.openExisting(database) : RunStore(database, mode: .create)
    files = try CheckpointFiles(directory: directory)
    var notes: [String] = []

    if let run = try store.run() {
      guard options.resume != .never else { throw RunError.runExists(directory: directory.path) }
      isResumed = true
      if let note = try Self.compare(configuration, with: run, store: store, directory: directory) {
        notes.append(note)
      }
    } else {
      guard options.resume != .must else { throw RunError.noRunToResume(directory: directory.path) }
      isResumed = false
      let truncated = try RunEstimate(of: configuration, threads: options.threads).truncatedPercent
      guard truncated <= Self.tolerableTruncation else {
        throw RunError.truncated(percent: truncated, maximumLength: configuration.sampler.maximumLength)
      }
      try store.insertRun(
        RunRecord(
          name: directory.lastPathComponent, domain: domain.name,
          configurationJSON: configuration.resolvedJSON(), configurationSHA256: configuration.digest,
          vocabularySHA256: domain.vocabulary.digest, seed: String(configuration.seed),
          codeVersion: surroundings.codeVersion, createdAt: surroundings.wallTime(), finishedReason: nil))
    }
    try Self.write(configuration.resolvedJSON(), to: directory.appending(path: "config.resolved.json"))
    let removed = try files.removeUnknown(keeping: Set(try store.checkpointPaths()))
    if !removed.isEmpty { notes.append("removed unfinished files: \(removed.joined(separator: ", "))") }
    attempt = try store.beginAttempt(
      pid: process.pid, bootID: process.bootID, host: process.host, at: surroundings.wallTime())
    self.notes = notes
  }

  /// Checks and migrates; a file whose creation was interrupted is created anew.
  private static func openExisting(_ database: URL) throws -> RunStore {
    do {
      return try RunStore(database, mode: .write)
    } catch StoreError.empty {
      return try RunStore(database, mode: .create)
    }
  }

  /// Percent of A*'s own responses that may exceed the sampler's limit.
  private static let tolerableTruncation = 1.0

  /// Refuses a changed configuration; lets the number of rounds grow and records it.
  private static func compare(
    _ configuration: RunConfiguration, with run: RunRecord, store: RunStore, directory: URL
  ) throws -> String? {
    guard run.configurationSHA256 != configuration.digest else { return nil }
    let earlier = try RunConfiguration(parsing: run.configurationJSON, file: "the run's stored configuration")
    guard configuration.continues(earlier) else {
      throw RunError.configurationChanged(
        directory: directory.path, differences: configuration.differences(from: earlier))
    }
    try store.updateConfiguration(json: configuration.resolvedJSON(), sha256: configuration.digest)
    try store.setFinished(reason: nil)
    return "rounds.count raised from \(earlier.rounds.count) to \(configuration.rounds.count)"
  }

  private static func write(_ text: String, to url: URL) throws {
    try StoreError.translating(path: url.path) {
      try Data((text + "\n").utf8).write(to: url, options: .atomic)
    }
  }
}
