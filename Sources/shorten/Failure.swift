import BuiltIn
import Configuration
import ExpertIteration
import Foundation
import Learning
import Model
import NetworkSettings
import Reading
import Search
import Store

/// What an error means for the process: its exit status and its text.
struct Failure: Equatable {
  let status: ExitStatus
  /// As printed: `error: ...`, or a line for each mistake of a configuration.
  let message: String

  init(_ error: any Error) {
    switch error {
    case let error as ConfigurationErrors: (status, message) = (.usage, "\(error)")
    case is Stopped: (status, message) = (.stopped, "stopped; the same command starts again")
    case let error as CocoaError: (status, message) = (.inputOutput, "error: \(error.localizedDescription)")
    case let error as POSIXError: (status, message) = (.inputOutput, "error: \(error.localizedDescription)")
    default: (status, message) = (Self.status(of: error), "error: \(error)")
    }
  }

  private static func status(of error: any Error) -> ExitStatus {
    switch error {
    case let error as RunError: error.category == .usage ? .usage : .badData
    case let error as ReadingError: error.category == .usage ? .usage : .badData
    case let error as StoreError:
      switch error.category {
      case .data: .badData
      case .io: .inputOutput
      case .locked: .locked
      }
    // What a configuration has is checked before it meets a network, so a setting or an example that cannot
    // be used comes from a file.
    case is LearnerError, is CheckpointError, is InvalidSetting: .badData
    case let error as ModelError: if case .invalidExample = error { .badData } else { .failed }
    case is SearchError: .usage
    default: .failed
    }
  }
}
