import Dispatch
import Foundation
import Model
import WidePeak

/// What this processor can do: fused multiply-adds on registers alone, of sixteen floats where products use
/// them.
enum Peak {
  /// GFLOP/s, the best of several runs.
  static func measure(threads: Int) -> Double {
    let narrow = best(threads: threads, lanes: 8, of: chains)
    return Processor.usesWideRegisters
      ? max(narrow, best(threads: threads, lanes: 16, of: wideChains)) : narrow
  }

  private static func best(threads: Int, lanes: Int, of chains: @Sendable (Int, Float) -> Float) -> Double {
    let steps = 4_000_000
    var best = 0.0
    for _ in 0..<8 {
      let start = ContinuousClock.now
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        if chains(steps, Float(thread)) == 0.125 { print("") }
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      best = max(best, Double(threads * steps) * 12 * Double(lanes) * 2 / seconds / 1e9)
    }
    return best
  }

  /// Twelve chains of eight lanes: enough to hide the latency of each.
  @Sendable @inline(never)
  private static func chains(steps: Int, start: Float) -> Float {
    var sums = InlineArray<12, SIMD8<Float>>(repeating: SIMD8(repeating: start))
    let (factor, term) = (SIMD8<Float>(repeating: 0.999), SIMD8<Float>(repeating: 0.001))
    for _ in 0..<steps { for i in 0..<12 { sums[i] = term.addingProduct(sums[i], factor) } }
    var total: Float = 0
    for i in 0..<12 { total += sums[i][0] }
    return total
  }
}

/// The most memory this process has held since the last reset (Linux; elsewhere nil).
enum PeakMemory {
  static func reset() { try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs")) }

  static var bytes: Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
    return kibibytes.map { $0 * 1024 }
  }
}
