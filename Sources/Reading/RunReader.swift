import Configuration
import Determinism
import ExpertIteration
import Foundation
import Learning
import Search
import Store
import Synchronization
import Text

public typealias RoundSummary = Store.RoundSummary
public typealias RunState = Store.RunState
public typealias Phase = Store.Phase

/// A run as others see it: read from its directory while it works and afterwards, without disturbing it.
///
/// The stored configuration is parsed, and what it names is read, when it is needed first, and then once.
///
///     let reader = try RunReader("runs/maze", learner: Learners.maker(threads: 2))
///     for round in try reader.rounds() { print(round.round, round.optimalPercent ?? .nan) }
public struct RunReader: Sendable {
  public let directory: URL
  public let store: RunStore
  public let run: RunRecord
  private let opened: Once<Experiment>

  /// `opened`: the experiment of the run, if the caller has it already. Throws `StoreError` and
  /// `ReadingError`.
  public init(
    _ directory: String, learner: @escaping LearnerMaker, opened experiment: Experiment? = nil
  ) throws {
    let url = URL(filePath: directory, directoryHint: .isDirectory)
    self.directory = url
    store = try RunStore(url.appending(path: RunDirectory.database), mode: .read)
    guard let run = try store.run() else { throw ReadingError.noRun(directory: directory) }
    self.run = run
    opened = Once {
      if let experiment, experiment.configuration.digest == run.configurationSHA256 { return experiment }
      return try Experiment(
        try run.configuration(in: url.relativePath, loading: .tasks), learner: learner)
    }
  }

  /// The run's configuration with its domains and its learner.
  public func experiment() throws -> Experiment { try opened.value() }

  /// What the run was started with, as it stands in its database.
  public func configuration() throws -> RunConfiguration { try experiment().configuration }

  /// The words of the run's domain.
  public func terms() throws -> DomainTerms { try experiment().domain.terms }

  /// What lengths count.
  public var unit: LengthUnit { LengthUnit(name: run.lengthUnit) }

  /// What the run promises of its rows; an unknown word promises nothing.
  public var promise: Promise { Promise(rawValue: run.promise) ?? .recorded }

  /// The file that `sqlite3` opens.
  public var database: String { store.url.path }

  public func rounds() throws -> [RoundSummary] { try store.roundsSummary() }

  /// Running, stale, stopped or finished, and where in the run. `now`: UTC, ISO 8601.
  public func state(now: String) throws -> RunState {
    guard let state = try store.runState(now: now) else { throw ReadingError.noRun(directory: path) }
    return state
  }

  /// Why the newest round was rejected; nil if it was not.
  public func rejection() throws -> String? { try store.rounds().last?.reason }

  /// SHA-256 over everything the run computed: exercises, kept traces, samplings, evaluations, metrics,
  /// weights. Times and processes do not enter, so equal runs of a learner that promises it have equal
  /// digests.
  public func digest() throws -> String {
    var hash = SHA256()
    try store.forEachCanonicalRow { row in
      hash.update(row.utf8)
      hash.update(CollectionOfOne(UInt8(ascii: "\n")))
    }
    return SHA256.hexadecimal(hash.finalize())
  }

  /// Whether a run was begun in `directory`, so that a configuration is to go on with it.
  public static func isBegun(in directory: String) -> Bool { RunDirectory.isBegun(in: directory) }

  func requireRound(_ round: Int) throws {
    let rounds = try store.rounds()
    guard rounds.contains(where: { $0.round == round }) else {
      throw ReadingError.noRound(round, directory: path, last: rounds.last?.round)
    }
  }

  var path: String { directory.relativePath }
}

/// A value that is made when it is asked for first, and then kept. A failure is not kept.
private final class Once<Value: Sendable>: Sendable {
  private let make: @Sendable () throws -> Value
  private let made = Mutex<Value?>(nil)

  init(_ make: @escaping @Sendable () throws -> Value) { self.make = make }

  func value() throws -> Value {
    try made.withLock { made in
      if let made { return made }
      let value = try make()
      made = value
      return value
    }
  }
}
