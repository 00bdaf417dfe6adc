import Foundation
import Model
import Search
import Store

/// What an error means for the process: its exit status and its text.
///
/// 1 the work failed, 2 usage or configuration, 65 bad data, 74 input/output failed, 75 locked: try again.
public struct Failure: Sendable, Equatable {
  public let status: Int32
  /// As printed: `error: ...`, or a line for each mistake of a configuration.
  public let message: String

  public init(_ error: any Error) {
    switch error {
    case let error as ConfigurationErrors: self.init(2, placed: "\(error)")
    case is Stopped: self.init(130, "stopped")
    case let error as RunError: self.init(error.exitStatus, "\(error)")
    case let error as ReadingError: self.init(error.exitStatus, "\(error)")
    case let error as StoreError: self.init(error.exitCode, "\(error)")
    case let error as CheckpointError: self.init(65, "\(error)")
    case let error as ModelError: self.init(Self.status(of: error), "\(error)")
    case let error as SearchError: self.init(2, "\(error)")
    case let error as CocoaError: self.init(74, error.localizedDescription)
    case let error as POSIXError: self.init(74, error.localizedDescription)
    default: self.init(1, "\(error)")
    }
  }

  /// What a configuration has is checked before it meets a network, so a setting or an example that cannot
  /// be used comes from a file.
  private static func status(of error: ModelError) -> Int32 {
    switch error {
    case .invalidSetting, .invalidExample: 65
    case .nonFinite, .unsupportedProcessor: 1
    }
  }

  private init(_ status: Int32, _ text: String) {
    self.init(status, placed: "error: " + text)
  }

  private init(_ status: Int32, placed message: String) {
    self.status = status
    self.message = message
  }
}

/// Why a finished or running run cannot be read as asked.
public enum ReadingError: Error, Sendable, Equatable {
  case noRun(directory: String)
  case noExercise(Int64, directory: String, count: Int)
  case noRound(Int, directory: String, last: Int?)
  case noModel(directory: String)
  case noModelYet(round: Int, directory: String)
  case otherWords(directory: String)
  case configurationUnreadable(directory: String, detail: String)
  case badPrompt(String)
  case noCommonTasks(String, String)
  case unknownName(option: String, name: String, known: [String])

  var exitStatus: Int32 {
    switch self {
    case .noExercise, .noRound, .noModelYet, .otherWords, .badPrompt, .noCommonTasks, .unknownName: 2
    case .noRun, .noModel, .configurationUnreadable: 65
    }
  }
}

extension ReadingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noRun(let directory):
      "\(directory) holds a database without a run; `shorten run` starts one there"
    case .noExercise(let id, let directory, let count):
      count == 0
        ? "\(directory) has no exercises yet"
        : "\(directory) has no exercise \(id); they are numbered from 1 to \(count)"
    case .noRound(let round, let directory, let last):
      last.map { "\(directory) has no round \(round); the last is \($0)" }
        ?? "\(directory) has no round yet"
    case .noModel(let directory):
      "\(directory) has no accepted round yet, so no model; let `shorten run` finish round 0"
    case .noModelYet(let round, let directory):
      "round \(round) of \(directory) has no weights yet; choose an earlier one"
    case .otherWords(let directory):
      "the configuration has other words than \(directory): domain.grammar, vocabularyWidth and "
        + "vocabularyHeight must be the run's"
    case .configurationUnreadable(let directory, let detail):
      "the configuration stored in \(directory) cannot be used any more:\n\(detail)"
    case .badPrompt(let detail):
      "the prompt cannot be read: \(detail)"
    case .noCommonTasks(let first, let other):
      "\(first) and \(other) have no test task in common; compare runs of one seed and domain"
    case .unknownName(let option, let name, let known):
      "\(option) \(name) is unknown"
        + (nearest(to: name, among: known).map { " (did you mean \"\($0)\"?)" } ?? "")
        + "; known: \(known.joined(separator: ", "))"
    }
  }
}
