import Store

/// Why a run cannot start or go on. Each text names what is wrong and what helps.
public enum RunError: Error, Sendable, Equatable {
  case noRunToResume(directory: String)
  case runExists(directory: String)
  case configurationChanged(directory: String, differences: [String])
  case missingRound(Int)
  case missingCheckpoint(Int64)
  case vocabularyMismatch(path: String)
  /// Training a round again did not give the weights it had.
  case otherWeights(path: String, round: Int)
  case tooFewExercises(split: String, wanted: Int, found: Int)
  /// Checkpoints without the database that says what they are.
  case lostDatabase(directory: String, checkpoints: Int)
  /// What the verifier of an external domain says of a task's own response.
  /// `count` of the tasks that were tried cannot be used, first `task`.
  case referenceRefused(task: String, reason: String, count: Int, of: Int)
  /// Those of `base.weights`, gone or changed since the run began.
  case startingWeights(String)
  /// Asked to stop before anything was begun.
  case stopped
  case truncated(percent: Double, maximumLength: Int)

  /// The process's exit status: 2 usage or configuration, 65 bad data,
  /// 130 stopped.
  public var exitStatus: Int32 {
    switch self {
    case .noRunToResume, .runExists, .configurationChanged, .tooFewExercises, .referenceRefused,
      .truncated:
      2
    case .missingRound, .missingCheckpoint, .vocabularyMismatch, .otherWeights, .lostDatabase,
      .startingWeights:
      65
    case .stopped: 130
    }
  }
}

extension RunError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noRunToResume(let directory):
      "\(directory) holds no run to resume; use --resume allow to start one"
    case .runExists(let directory):
      "\(directory) holds a run already; use --resume allow to continue it, or another --run-directory"
    case .configurationChanged(let directory, let differences):
      "the configuration differs from the one the run in \(directory) was started with:\n  "
        + differences.joined(separator: "\n  ")
        + (differences.contains { $0.hasPrefix("domain.tasksSHA256") } ? "\nThe tasks file was changed." : "")
        + "\nUndo the change, or start a new run with another --run-directory. "
        + "(Only rounds.count may be raised on a run.)"
    case .missingRound(let round):
      "the database has no complete row for round \(round); it was changed by another program"
    case .missingCheckpoint(let id):
      "the database names checkpoint \(id) but has no row for it; it was changed by another program"
    case .vocabularyMismatch(let path):
      "\(path) was trained with another vocabulary than this run's; it belongs to another run"
    case .otherWeights(let path, let round):
      "\(path) is lost, and training round \(round) again gives other weights, as with another version of "
        + "shorten or another processor; restore the file from a copy, or start anew with another "
        + "--run-directory"
    case .stopped:
      "stopped before anything was begun; the same command starts again"
    case .startingWeights(let reason):
      "base.weights: \(reason)"
    case .tooFewExercises(let split, let wanted, let found):
      "only \(found) more \(split) exercises were found, different from those before, where \(wanted) are "
        + "asked for; ask for fewer or for a larger domain"
    case .lostDatabase(let directory, let checkpoints):
      "\(directory)/shorten.db is missing or empty, yet \(checkpoints) checkpoints are there; "
        + "restore the database from a copy, or start anew with another --run-directory"
    case .referenceRefused(let task, let reason, let count, let tried):
      "\(task): \(reason)" + (count > 1 ? " (\(count) of the \(tried) tasks that were tried)" : "")
    case .truncated(let percent, let maximumLength):
      "\(percent.formatted(decimals: 1)) % of the reference's own responses are longer than sampler.maximumLength "
        + "(\(maximumLength)) and would count as failures; raise it"
    }
  }
}
