import Dispatch
import Foundation
import Synchronization

/// ctrl-C and its kin: the first asks the work to stop at the next safe point, the second ends the process.
///
/// SIGTERM and SIGHUP count as ctrl-C; a signal that was ignored when the process began (nohup) stays so.
final class Interruption: Sendable {
  private let requested = Atomic<Bool>(false)
  private let sources = Mutex<[Source]>([])

  /// A source must be kept, or its signal is lost; it is never touched again.
  private struct Source: @unchecked Sendable {
    let source: any DispatchSourceSignal
  }

  var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// `onFirst` runs on another thread.
  func listen(onFirst: @escaping @Sendable () -> Void) {
    for number in [SIGINT, SIGTERM, SIGHUP] where !Self.isIgnored(number) {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler { [self] in
        if requested.exchange(true, ordering: .relaxed) { _exit(130) }
        onFirst()
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
