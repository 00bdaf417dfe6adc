import Foundation
import Synchronization

/// ctrl-C and its kin: the first asks the work to stop at the next safe point, the second ends the process.
///
/// SIGTERM and SIGHUP count as ctrl-C; a signal that was ignored when the process began (nohup) stays so.
/// Signals within 0.3 s are one: `timeout` sends its own twice, to the process and to its group. A thread of
/// its own waits for them, because the work may keep every thread of the dispatch queues busy.
final class Interruption: Sendable {
  /// Nanoseconds of uptime at the first signal; 0 before it.
  private let requestedAt = Atomic<UInt64>(0)

  var isRequested: Bool { requestedAt.load(ordering: .relaxed) > 0 }

  /// To be called before other threads start: they inherit that the signals are not theirs. `onFirst` runs on
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
