import Configuration
import ExpertIteration
import Reading
import Synchronization

/// Prints a run's events as lines of JSON on stdout. Progress within a phase is printed at most twice a
/// second. If the reader closes the pipe, the lines end and the run continues.
final class EventLines: Sendable {
  private struct State {
    var isOpen = true
    var lastProgress = -Double.infinity
  }

  private let clock: @Sendable () -> Double
  private let state = Mutex(State())

  init(clock: @escaping @Sendable () -> Double) {
    self.clock = clock
  }

  func observe(_ event: RunEvent) {
    state.withLock { state in
      guard state.isOpen else { return }
      if case .phaseAdvanced = event {
        guard clock() - state.lastProgress >= 0.5 else { return }
        state.lastProgress = clock()
      }
      do { try Output.line(event.json) } catch { state.isOpen = false }
    }
  }
}
