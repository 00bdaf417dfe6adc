import Configuration
import ExpertIteration
import Reading

/// What a run's state means now: the database's word, and what this machine knows of the process that wrote
/// it.
///
///     RunLiveness(of: state, asSeenFrom: .current, isAlive: { kill($0, 0) == 0 })
enum RunLiveness: Equatable {
  /// A process works on it.
  case running
  /// The process that worked on it has ended without notice, or gives no sign of life.
  case stale
  /// It was interrupted, or ended by an error; nobody works on it.
  case stopped
  case finished

  /// `isAlive` is asked about the run's process only if that was started on this machine since its last boot.
  init(of state: RunState, asSeenFrom here: Run.ProcessIdentity, isAlive: (_ pid: Int32) -> Bool) {
    switch state.state {
    case .finished: self = .finished
    case .stale: self = .stale
    case .running: self = Self.hasEnded(state, here, isAlive) ? .stale : .running
    case .stopped: self = .stopped
    }
  }

  /// Whether `shorten run` has anything to do, and nobody does it.
  var canBeContinued: Bool { self == .stale || self == .stopped }

  /// False if nothing is known, as of a process on another machine.
  private static func hasEnded(
    _ state: RunState, _ here: Run.ProcessIdentity, _ isAlive: (Int32) -> Bool
  ) -> Bool {
    guard let pid = state.pid, state.host == here.host else { return false }
    // After a reboot the number may be another process's.
    return state.bootID != here.bootID || !isAlive(pid)
  }
}
