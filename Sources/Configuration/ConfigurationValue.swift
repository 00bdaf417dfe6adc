import JSON

/// A value of a configuration key.
enum ConfigurationValue: Sendable, Equatable {
  case integer(Int)
  case integers([Int])
  case number(Double)
  case text(String)
  case texts([String])
  case flag(Bool)
  case tree(JSONTree)

  /// As JSON; numbers as `Double.json` writes them.
  var json: String {
    switch self {
    case .integer(let value): String(value)
    case .integers(let values): "[" + values.map(String.init).joined(separator: ", ") + "]"
    case .number(let value): value.json
    case .text(let value): value.jsonQuoted
    case .texts(let values): "[" + values.map(\.jsonQuoted).joined(separator: ", ") + "]"
    case .flag(let value): String(value)
    case .tree(let value): value.line()
    }
  }

  /// For people: a text is written without its quotes.
  var bare: String {
    if case .text(let value) = self { value } else { json }
  }

  var tree: JSONTree {
    if case .tree(let value) = self { value } else { .leaf(json) }
  }
}

/// The numbers that a key allows. Its description is for people: "greater than 0, at most 10".
struct NumberRange: Sendable, Equatable {
  let low: Double
  let high: Double
  /// Whether `low` itself is allowed.
  let includesLow: Bool
  let includesHigh: Bool

  static func closed(_ low: Double, _ high: Double) -> Self {
    Self(low: low, high: high, includesLow: true, includesHigh: true)
  }

  static func above(_ low: Double, atMost high: Double) -> Self {
    Self(low: low, high: high, includesLow: false, includesHigh: true)
  }

  static func from(_ low: Double, below high: Double) -> Self {
    Self(low: low, high: high, includesLow: true, includesHigh: false)
  }

  func contains(_ value: Double) -> Bool {
    (includesLow ? value >= low : value > low) && (includesHigh ? value <= high : value < high)
  }

  var description: String {
    if includesLow && includesHigh { return "\(low.json) to \(high.json)" }
    return (includesLow ? "at least \(low.json)" : "greater than \(low.json)")
      + (includesHigh ? ", at most \(high.json)" : ", less than \(high.json)")
  }
}
