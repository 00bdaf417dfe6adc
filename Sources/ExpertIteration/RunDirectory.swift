import Configuration
import Foundation
import Store

/// The names in a run directory, and what a configuration finds there.
package enum RunDirectory {
  package static let database = "shorten.db"
  static let resolvedConfiguration = "config.resolved.json"

  /// Whether a run was begun in the directory, if only its database.
  package static func isBegun(in directory: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(directory)/\(database)")
  }

  /// Compares a configuration with what the run directory holds, without changing it: an empty directory,
  /// or a run to continue. Anything else is refused.
  package struct Finding {
    /// The configuration stored with the run; nil: there is no run yet.
    package let earlier: RunConfiguration?
    /// What the run goes on with: the given one, or with the earlier number of rounds if that is higher.
    package let configuration: RunConfiguration
    /// What a person should know about the two; nil: they agree.
    let note: String?
  }
}

extension RunDirectory.Finding {
  /// Looks at the directory without locking or writing. Throws `RunError` and `StoreError`.
  package init(_ configuration: RunConfiguration, in directory: URL, resume: Run.ResumePolicy) throws {
    guard let run = try Self.run(in: directory) else {
      guard resume != .must else { throw RunError.noRunToResume(directory: directory.path) }
      let orphans = Self.checkpoints(in: directory)
      guard orphans == 0 else {
        throw RunError.lostDatabase(directory: directory.path, checkpoints: orphans)
      }
      self.init(earlier: nil, configuration: configuration, note: nil)
      return
    }
    try self.init(configuration, after: run, in: directory, resume: resume)
  }

  /// Compares with the stored `run`; only the number of rounds may differ: it grows with the configuration's,
  /// and never falls.
  init(
    _ configuration: RunConfiguration, after run: RunRecord, in directory: URL, resume: Run.ResumePolicy
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

  /// nil: no database, or one without a run, as where its creation was interrupted.
  private static func run(in directory: URL) throws -> RunRecord? {
    do {
      return try RunStore(directory.appending(path: RunDirectory.database), mode: .inspect).run()
    } catch StoreError.notFound, StoreError.empty {
      return nil
    }
  }

  private static func checkpoints(in directory: URL) -> Int {
    let folder = directory.appending(path: CheckpointFiles.folder).path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.count { $0.hasSuffix(".safetensors") || CheckpointFiles.isArtifact($0) }
  }
}

extension RunRecord {
  /// What the run was started with. Throws `RunError.configurationUnreadable`, as for one written by another
  /// version; `directory` is for its text.
  public func configuration(in directory: String, loading: LoadedFiles) throws -> RunConfiguration {
    do {
      return try RunConfiguration(
        parsing: Array(configurationJSON.utf8), file: "configuration", loading: loading)
    } catch {
      throw RunError.configurationUnreadable(directory: directory, detail: "\(error)")
    }
  }
}
