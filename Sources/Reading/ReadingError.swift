import Text
import Words

/// Why a finished or running run cannot be read as asked.
public enum ReadingError: Error, Sendable, Equatable {
  case noRun(directory: String)
  case noExercise(Int64, directory: String, count: Int)
  case noRound(Int, directory: String, last: Int?)
  case noModel(directory: String)
  case noModelYet(round: Int, directory: String)
  case otherWords(directory: String)
  case badPrompt(String)
  case noCommonTasks(String, String)
  case unknownName(option: String, name: String, known: [String])

  /// What kind of mistake it is, for an exit status.
  public enum Category: Sendable { case usage, data }

  public var category: Category {
    switch self {
    case .noExercise, .noRound, .noModelYet, .otherWords, .badPrompt, .noCommonTasks, .unknownName: .usage
    case .noRun, .noModel: .data
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
    case .badPrompt(let detail):
      "the prompt cannot be read: \(detail)"
    case .noCommonTasks(let first, let other):
      "\(first) and \(other) have no test task in common; compare runs of one seed and domain"
    case .unknownName(let option, let name, let known):
      "\(option) \(name) is unknown"
        + (name.nearest(among: known).map { " (did you mean \"\($0)\"?)" } ?? "")
        + "; known: \(known.joined(separator: ", "))"
    }
  }
}
