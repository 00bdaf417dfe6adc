import Configuration
import ExpertIteration
import Foundation
import Reading

/// The time that is passed to the libraries, which read no clock.
struct Clock: Sendable {
  private let start = ContinuousClock.now

  /// Monotonic seconds since the clock was made.
  var seconds: Double {
    let (whole, attoseconds) = (ContinuousClock.now - start).components
    return Double(whole) + Double(attoseconds) / 1e18
  }

  /// The time of day in UTC by ISO 8601: `2025-03-01T12:00:00Z`.
  static var utc: String { Date.now.formatted(.iso8601) }
}

extension RunLiveness {
  /// Asks this machine's kernel about the run's process.
  init(onThisMachine state: RunState) {
    self.init(of: state, asSeenFrom: .current) { pid in kill(pid, 0) == 0 || errno != ESRCH }
  }
}

extension Run.ProcessIdentity {
  /// This process, by the names that the database gives to processes.
  static var current: Self {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, name.count - 1)
    let host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return Self(
      pid: getpid(), bootID: boot?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown",
      host: host.isEmpty ? "unknown" : host)
  }
}
