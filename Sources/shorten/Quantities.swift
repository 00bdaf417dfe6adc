import ExpertIteration
import Foundation

/// Numbers as people read them.
enum Quantities {
  /// `12,345`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return number < 0 ? "-" + text : text
  }

  /// `text` with spaces before it, `width` characters at least.
  static func aligned(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// `7`, `950`, `41 k`, `1.2 M`.
  static func short(_ number: Double) -> String {
    switch number {
    case ..<1000: String(Int(number.rounded()))
    case ..<10_000: (number / 1000).formatted(decimals: 1) + " k"
    case ..<1_000_000: String(Int((number / 1000).rounded())) + " k"
    default: (number / 1_000_000).formatted(decimals: 1) + " M"
    }
  }

  /// `02:14`, `1:02:14`, `22 days`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e12 else { return "--:--" }
    if seconds >= 360_000 { return grouped(Int((seconds / 86_400).rounded())) + " days" }
    let total = Int(max(0, seconds).rounded())
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    let (minutes, rest) = total.quotientAndRemainder(dividingBy: 60)
    return minutes < 60 ? "\(two(minutes)):\(two(rest))" : "\(minutes / 60):\(two(minutes % 60)):\(two(rest))"
  }

  /// `1.5 GB`.
  static func bytes(_ count: Int) -> String {
    let megabytes = Double(count) / 1e6
    return megabytes < 1000
      ? "\(Int(megabytes.rounded(.up))) MB" : (megabytes / 1000).formatted(decimals: 1) + " GB"
  }

  /// `text` as one word of a shell's command line.
  static func shellWord(_ text: String) -> String {
    let plain = text.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || "-_./=:,+@%".unicodeScalars.contains($0)
    }
    return plain && !text.isEmpty ? text : "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}
