import Foundation
import Store

/// What a configuration meets in a run directory, before anything is changed there: nothing, or a run that it
/// continues. Anything else is refused.
struct RunStanding {
  static let database = "shorten.db"

  /// The configuration stored with the run; nil: there is no run yet.
  let earlier: RunConfiguration?
  /// What the run goes on with: the given one, or with the earlier number of rounds where that is higher.
  let configuration: RunConfiguration
  /// What a person should know about the two; nil when they agree.
  let note: String?

  /// Looks at the directory without locking or writing. Throws `RunError` and `StoreError`.
  init(of configuration: RunConfiguration, in directory: URL, resume: Run.ResumePolicy) throws {
    guard let run = try Self.run(in: directory) else {
      guard resume != .must else { throw RunError.noRunToResume(directory: directory.path) }
      let orphans = Self.checkpoints(in: directory)
      guard orphans == 0 else {
        throw RunError.lostDatabase(directory: directory.path, checkpoints: orphans)
      }
      self.init(earlier: nil, configuration: configuration, note: nil)
      return
    }
    try self.init(of: configuration, after: run, in: directory, resume: resume)
  }

  private init(earlier: RunConfiguration?, configuration: RunConfiguration, note: String?) {
    self.earlier = earlier
    self.configuration = configuration
    self.note = note
  }

  /// Compares with the stored `run`; only the number of rounds may differ: it grows with the configuration's,
  /// and never falls.
  init(
    of configuration: RunConfiguration, after run: RunRecord, in directory: URL, resume: Run.ResumePolicy
  ) throws {
    guard resume != .never else { throw RunError.runExists(directory: directory.path) }
    let earlier = try run.configuration(in: directory.relativePath, loading: .nothing)
    var continued = configuration
    if continued.base.weightsSHA256.isEmpty, !continued.base.weights.isEmpty, !earlier.base.weights.isEmpty {
      // The file is gone; which one it was is known.
      continued.base.weights = earlier.base.weights
      continued.base.weightsSHA256 = earlier.base.weightsSHA256
    }
    let (before, now) = (earlier.rounds.count, configuration.rounds.count)
    continued.rounds.count = max(before, now)
    guard continued.continues(earlier) else {
      throw RunError.configurationChanged(
        directory: directory.path, differences: continued.differences(from: earlier))
    }
    self.init(
      earlier: earlier, configuration: continued,
      note: now > before
        ? "rounds.count raised from \(before) to \(now)"
        : now < before ? "rounds.count stays \(before), for it can only be raised" : nil)
  }

  /// Whether a run was begun in the directory, if only its database.
  static func isBegun(in directory: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(directory)/\(database)")
  }

  /// nil: no database, or one without a run, as where its creation was interrupted.
  private static func run(in directory: URL) throws -> RunRecord? {
    do {
      return try RunStore(directory.appending(path: database), mode: .inspect).run()
    } catch StoreError.notFound, StoreError.empty {
      return nil
    }
  }

  private static func checkpoints(in directory: URL) -> Int {
    let folder = directory.appending(path: CheckpointFiles.folder).path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.count { $0.hasSuffix(".safetensors") }
  }
}
