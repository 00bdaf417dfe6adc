import Text

/// Why a run cannot start or go on. Each text names what is wrong and what helps.
public enum RunError: Error, Sendable, Equatable {
  case noRunToResume(directory: String)
  case runExists(directory: String)
  case configurationChanged(directory: String, differences: [String])
  case missingRound(Int)
  case missingCheckpoint(Int64)
  /// The run was made by another learner than the configuration's.
  case otherLearner(directory: String, run: String)
  /// The run's learner counts lengths in another unit now, or promises something else.
  case otherPromise(directory: String, run: String, now: String)
  /// Of a learner that does not promise to train the same weights again.
  case lostWeights(path: String, round: Int, detail: String)
  case configurationUnreadable(directory: String, detail: String)
  /// Training a round again did not give the weights it had.
  case otherWeights(path: String, round: Int)
  case tooFewExercises(split: String, wanted: Int, found: Int)
  /// Checkpoints without the database that says what they are.
  case lostDatabase(directory: String, checkpoints: Int)
  /// What the verifier of an external domain says of a task's own response: `count` of the tasks that were
  /// tried cannot be used, first `task`.
  case referenceRefused(task: String, reason: String, count: Int, of: Int)
  case truncated(percent: Double, maximumLength: Int)

  /// What kind of mistake it is, for an exit status.
  public enum Category: Sendable { case usage, data }

  public var category: Category {
    switch self {
    case .noRunToResume, .runExists, .configurationChanged, .tooFewExercises, .referenceRefused, .truncated:
      .usage
    case .missingRound, .missingCheckpoint, .otherWeights, .lostDatabase, .otherLearner, .otherPromise,
      .lostWeights,
      .configurationUnreadable:
      .data
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
      "the database has no complete row for round \(round); it was changed by another program; "
        + "restore it from a copy"
    case .missingCheckpoint(let id):
      "the database names checkpoint \(id) but has no row for it; it was changed by another "
        + "program; restore it from a copy"
    case .otherLearner(let directory, let run):
      "the run in \(directory) was made by another learner (\(run)) or with other words than the "
        + "configuration's; "
        + "restore the configuration, or start a new run with another --run-directory"
    case .otherPromise(let directory, let run, let now):
      "the run in \(directory) was started with a learner of \(run), which is one of \(now) now; use the "
        + "learner as it was, or start a new run with another --run-directory"
    case .lostWeights(let path, let round, let detail):
      "\(detail) \(path) holds the weights of round \(round), which this learner cannot train "
        + "again; restore the "
        + "file from a copy"
    case .configurationUnreadable(let directory, let detail):
      "the configuration stored in \(directory) cannot be used any more; use the version of shorten that "
        + "wrote it:\n\(detail)"
    case .otherWeights(let path, let round):
      "\(path) is lost, and training round \(round) again gives other weights, as with another version of "
        + "shorten or another processor; restore the file from a copy, or start anew with another "
        + "--run-directory"
    case .tooFewExercises(let split, let wanted, let found):
      "only \(found) more \(split) exercises were found, different from those before, where \(wanted) are "
        + "asked for; ask for fewer or for a larger domain"
    case .lostDatabase(let directory, let checkpoints):
      "\(directory)/shorten.db is missing or empty, yet \(checkpoints) checkpoints are there; "
        + "restore the database from a copy, or start anew with another --run-directory"
    case .referenceRefused(let task, let reason, let count, let tried):
      "\(task): \(reason)" + (count > 1 ? " (\(count) of the \(tried) tasks that were tried)" : "")
    case .truncated(let percent, let maximumLength):
      "\(percent.fixed(decimals: 1)) % of the reference's own responses are longer than "
        + "sampler.maximumLength "
        + "(\(maximumLength)) and would count as failures; raise it"
    }
  }
}
