import Foundation

// Numbers as people read them. The same for every locale.

extension Double {
  /// The number with a fixed count of decimals: `12.345.fixed(decimals: 1)` is "12.3". What rounds to
  /// zero has no sign.
  public func fixed(decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", self)
    return text.hasPrefix("-") && text.allSatisfy { "-0.".contains($0) } ? String(text.dropFirst()) : text
  }

  /// The number in at most five characters: `7`, `950`, `41 k`, `1.2 M`.
  public var abbreviated: String {
    switch self {
    case ..<1000: String(Int(rounded()))
    case ..<10_000: (self / 1000).fixed(decimals: 1) + " k"
    case ..<1_000_000: String(Int((self / 1000).rounded())) + " k"
    default: (self / 1_000_000).fixed(decimals: 1) + " M"
    }
  }
}

extension Double? {
  /// The number as `Double.fixed` writes it; `-` if there is none.
  public func fixedOrDash(decimals: Int = 1) -> String { self?.fixed(decimals: decimals) ?? "-" }
}

extension Int {
  /// The number with a comma between thousands: `12,345`.
  public var grouped: String {
    let digits = Array(String(magnitude))
    var text = self < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }
}

extension Collection<Double> {
  /// The arithmetic mean; nil if there is no number.
  public var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}

/// A number of things: `1 task`, `2 tasks`.
public func counted(_ number: Int, _ noun: String) -> String {
  "\(number.grouped) \(noun)\(number == 1 ? "" : "s")"
}

/// A time in minutes and seconds, with hours if there are any: `02:14`, `1:02:14`. From 100 hours on in days,
/// `22 days`; `--:--` if it is not finite.
public func clockTime(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e12 else { return "--:--" }
  if seconds >= 360_000 { return Int((seconds / 86_400).rounded()).grouped + " days" }
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
  let (minutes, rest) = Int(max(0, seconds).rounded()).quotientAndRemainder(dividingBy: 60)
  return minutes < 60 ? "\(two(minutes)):\(two(rest))" : "\(minutes / 60):\(two(minutes % 60)):\(two(rest))"
}

/// A size in memory or on disk, rounded up to megabytes: `12 MB`, `1.5 GB`.
public func byteSize(_ count: Int) -> String {
  let megabytes = Double(count) / 1e6
  return megabytes < 1000
    ? "\(Int(megabytes.rounded(.up))) MB" : (megabytes / 1000).fixed(decimals: 1) + " GB"
}

/// The ends of an interval with one decimal: `[29.3, 31.1]`.
public func interval(_ low: Double, _ high: Double) -> String {
  "[\(low.fixed(decimals: 1)), \(high.fixed(decimals: 1))]"
}

/// A value with the ends of its interval: `11.6 [10.2, 13.1]`. The value alone if an end is missing, `-` if
/// the value is.
public func estimate(_ value: Double?, _ low: Double?, _ high: Double?) -> String {
  guard value != nil, let low, let high else { return value.fixedOrDash() }
  return "\(value.fixedOrDash()) \(interval(low, high))"
}

/// A value with half the width of its interval: `81.2 ±1.1`. Otherwise as `estimate`.
public func margin(_ value: Double?, _ low: Double?, _ high: Double?) -> String {
  guard value != nil, let low, let high else { return value.fixedOrDash() }
  return "\(value.fixedOrDash()) ±\(((high - low) / 2).fixed(decimals: 1))"
}
