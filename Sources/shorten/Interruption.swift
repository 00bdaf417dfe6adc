import Dispatch
import Foundation
import Synchronization

/// ctrl-C and its kin: the first asks the work to stop at the next safe point, the second ends the process.
///
/// SIGTERM and SIGHUP count as ctrl-C; a signal that was ignored when the process began (nohup) stays so.
/// Signals within 0.3 s are one: `timeout` sends its own twice, to the process and to its group.
final class Interruption: Sendable {
  /// Nanoseconds of uptime at the first signal; 0 before it.
  private let requestedAt = Atomic<UInt64>(0)
  private let sources = Mutex<[Source]>([])

  /// A source must be kept, or its signal is lost; it is never touched again.
  private struct Source: @unchecked Sendable {
    let source: any DispatchSourceSignal
  }

  var isRequested: Bool { requestedAt.load(ordering: .relaxed) > 0 }

  /// `onFirst` runs on another thread.
  func listen(onFirst: @escaping @Sendable () -> Void) {
    for number in [SIGINT, SIGTERM, SIGHUP] where !Self.isIgnored(number) {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler { [self] in
        let now = DispatchTime.now().uptimeNanoseconds
        let (isFirst, first) = requestedAt.compareExchange(expected: 0, desired: now, ordering: .relaxed)
        if isFirst {
          onFirst()
        } else if now - first > 300_000_000 {
          _exit(130)
        }
      }
      source.resume()
      let kept = Source(source: source)
      sources.withLock { $0.append(kept) }
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
