import Store
import Synchronization

/// Says in the store that the process lives, at most every ten seconds, from whatever thread is at work.
final class Heartbeat: Sendable {
  private let attempt: Int64
  private let store: RunStore
  private let surroundings: Run.Surroundings
  private let last: Mutex<Double>

  init(of attempt: Int64, in store: RunStore, _ surroundings: Run.Surroundings) {
    self.attempt = attempt
    self.store = store
    self.surroundings = surroundings
    last = Mutex(surroundings.clock())
  }

  /// Throws `StoreError`.
  func beat() throws {
    let now = surroundings.clock()
    let isDue = last.withLock { last in
      guard now - last > 10 else { return false }
      last = now
      return true
    }
    if isDue { try store.heartbeat(attempt, at: surroundings.wallTime()) }
  }
}
