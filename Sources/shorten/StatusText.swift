import Configuration
import ExpertIteration
import Learning
import Reading
import Store
import Text

/// A run's state in words.
enum StatusText {
  /// The headline, the round it is in, and how to continue if nobody works on it.
  static func lines(
    _ state: RunState, _ liveness: RunLiveness, rejection: String?, directory: String
  ) -> [String] {
    var lines = ["\(directory): \(headline(state, liveness))"]
    if let place = place(state) { lines.append(place) }
    if let rejection, state.phase == .rejected { lines.append("  rejected: \(rejection)") }
    if let promise = Promise(rawValue: state.promise) { lines.append("  promise: \(promise.sentence)") }
    if liveness.canBeContinued { lines.append("  continue: \(continuation(directory))") }
    return lines
  }

  private static func headline(_ state: RunState, _ liveness: RunLiveness) -> String {
    let process = state.pid.map { " (pid \($0) on \(state.host ?? "unknown"))" } ?? ""
    switch liveness {
    case .running: return "running\(process)"
    case .stale:
      return "stale\(process): no sign of life since \(state.heartbeatAt ?? "its start"); the process has "
        + "probably died, and nothing committed is lost"
    case .finished: return "finished: \(state.finishedReason ?? "")"
    case .stopped: return "stopped" + (state.exit.map { $0 == "stopped" ? "" : " (\($0))" } ?? "")
    }
  }

  private static func place(_ state: RunState) -> String? {
    guard let round = state.round, let phase = state.phase else { return nil }
    let planned = state.rounds.map { " of \($0)" } ?? ""
    let rejected = state.rejected > 0 ? ", \(state.rejected) rejected" : ""
    return
      "  round \(round)\(planned): \(phase.rawValue); \(state.accepted) accepted\(rejected), "
      + "attempt \(state.attempts)"
  }

  /// The resolved configuration in the run directory always continues the run it belongs to.
  private static func continuation(_ directory: String) -> String {
    let config = "\(directory)/config.resolved.json".shellQuoted
    return "\(Shorten.program) run --config \(config) --run-directory \(directory.shellQuoted)"
  }
}
