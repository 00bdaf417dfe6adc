import Foundation

extension Double {
  /// With a fixed number of decimals, whatever the locale: `12.345.formatted(decimals: 1)` is "12.3". What rounds
  /// to zero has no sign.
  public func formatted(decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", self)
    return text.hasPrefix("-") && text.allSatisfy { "-0.".contains($0) } ? String(text.dropFirst()) : text
  }
}

extension String {
  /// Zeros put before a number until it has `width` digits.
  func leftPadded(_ width: Int) -> String { String(repeating: "0", count: max(0, width - count)) + self }
}
