import Foundation
import Synchronization

/// Listens to ctrl-C and similar signals. The first asks the work to stop at the next safe point, the second
/// ends the process.
///
/// SIGTERM and SIGHUP count as ctrl-C. A signal that was ignored when the process began (nohup) stays
/// ignored. Signals within 0.3 s count as one, because `timeout` signals both the process and its group. A
/// separate thread waits for them, because the work may keep every thread of the dispatch queues busy.
final class Interruption: Sendable {
  /// Nanoseconds of uptime at the first signal; 0 before it.
  private let requestedAt = Atomic<UInt64>(0)

  var isRequested: Bool { requestedAt.load(ordering: .relaxed) > 0 }

  /// Call it before other threads start, which inherit that these signals are blocked. `onFirst` runs on
  /// another thread.
  func listen(onFirst: @escaping @Sendable () -> Void) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] where !Self.isIgnored(number) { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let awaited = signals
    Thread { [self] in
      var signals = awaited
      var number: Int32 = 0
      while sigwait(&signals, &number) == 0 { received(onFirst) }
    }.start()
  }

  private func received(_ onFirst: () -> Void) {
    let now = DispatchTime.now().uptimeNanoseconds
    let (isFirst, first) = requestedAt.compareExchange(expected: 0, desired: now, ordering: .relaxed)
    if isFirst {
      onFirst()
    } else if now - first > 300_000_000 {
      _exit(ExitStatus.stopped.rawValue)
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if os(Linux)
      return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    #else
      return unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
    #endif
  }
}
