import Determinism
import Foundation
import Search
import Store

public typealias RoundSummary = Store.RoundSummary
public typealias RunState = Store.RunState
public typealias Phase = Store.Phase

/// A run as others see it: read from its directory while it works and afterwards, without disturbing it.
///
///     let reader = try RunReader("runs/maze")
///     for round in try reader.rounds() { print(round.round, round.optimalPercent ?? .nan) }
public struct RunReader: Sendable {
  public let directory: URL
  let store: RunStore
  let run: RunRecord

  /// Throws `StoreError` and `ReadingError`.
  public init(_ directory: String) throws {
    self.directory = URL(filePath: directory, directoryHint: .isDirectory)
    store = try RunStore(self.directory.appending(path: RunStanding.database), mode: .read)
    guard let run = try store.run() else { throw ReadingError.noRun(directory: directory) }
    self.run = run
  }

  /// The file that `sqlite3` opens.
  public var database: String { store.url.path }

  public func rounds() throws -> [RoundSummary] { try store.roundsSummary() }

  /// Running, stale, stopped or finished, and where in the run.
  public func state() throws -> RunState {
    guard let state = try store.runState() else { throw ReadingError.noRun(directory: path) }
    return state
  }

  /// Why the newest round was rejected; nil if it was not.
  public func rejection() throws -> String? { try store.rounds().last?.reason }

  /// What the run was started with, as it stands in its database.
  public func configuration() throws -> RunConfiguration {
    try run.configuration(in: path)
  }

  /// The words of the run's domain.
  public func terms() throws -> DomainTerms { try configuration().terms() }

  /// SHA-256 over everything the run computed: exercises, kept traces, samplings, evaluations, metrics,
  /// weights. Times and processes do not enter, so equal runs have equal digests.
  public func digest() throws -> String {
    var hash = SHA256()
    try store.forEachCanonicalRow { row in
      hash.update(row.utf8)
      hash.update(CollectionOfOne(UInt8(ascii: "\n")))
    }
    return SHA256.hexadecimal(hash.finalize())
  }

  /// Whether a run was begun in `directory`, so that a configuration is to go on with it.
  public static func isBegun(in directory: String) -> Bool { RunStanding.isBegun(in: directory) }

  /// What `shorten run` with this configuration would find in `directory`, "new" or the run's state, and what
  /// it would go on with. Throws what the run would refuse the configuration for.
  public static func standing(
    of configuration: RunConfiguration, in directory: String, _ options: Run.Options
  ) throws -> (state: String, configuration: RunConfiguration) {
    let url = URL(filePath: directory, directoryHint: .isDirectory)
    let standing = try RunStanding(of: configuration, in: url, resume: options.resume)
    if standing.earlier != nil {
      return (try RunReader(directory).state().state, standing.configuration)
    }
    try RunEstimate(of: configuration, threads: options.threads).refuseTruncation()
    try configuration.refuseReferences(by: try configuration.domain.makeDomain())
    return ("new", configuration)
  }

  var path: String { directory.relativePath }
}

extension RunRecord {
  /// What the run was started with. Throws `ReadingError.configurationUnreadable`, as for one written by
  /// another version; `directory` is for its text. `loading`: by itself
  /// what reading needs.
  func configuration(in directory: String, loading: LoadedFiles = .tasks) throws -> RunConfiguration {
    do {
      return try RunConfiguration(
        parsing: Array(configurationJSON.utf8), file: "configuration", loading: loading)
    } catch {
      throw ReadingError.configurationUnreadable(directory: directory, detail: "\(error)")
    }
  }
}
