/// A value of a configuration key.
enum ConfigurationValue: Sendable, Equatable {
  case integer(Int)
  case integers([Int])
  case number(Double)
  case text(String)
  case texts([String])
  case flag(Bool)
  case tree(JSONTree)

  /// As JSON; the shortest text that gives the number back, whole numbers without a point.
  var json: String {
    switch self {
    case .integer(let value): String(value)
    case .integers(let values): "[" + values.map(String.init).joined(separator: ", ") + "]"
    case .number(let value):
      value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    case .text(let value): quoted(value)
    case .texts(let values): "[" + values.map(quoted).joined(separator: ", ") + "]"
    case .flag(let value): String(value)
    case .tree(let value): value.line()
    }
  }

  /// For people: a text without its quotes.
  var bare: String {
    if case .text(let value) = self { value } else { json }
  }

  var tree: JSONTree {
    if case .tree(let value) = self { value } else { .leaf(json) }
  }
}

/// `text` as a JSON string.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// The numbers a key allows, printable: "greater than 0, at most 10".
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
    let low = ConfigurationValue.number(low).json
    let high = ConfigurationValue.number(high).json
    if includesLow && includesHigh { return "\(low) to \(high)" }
    return (includesLow ? "at least \(low)" : "greater than \(low)")
      + (includesHigh ? ", at most \(high)" : ", less than \(high)")
  }
}

/// One key of the configuration: its name, meaning and range, and how it is read and written.
///
/// The list of them drives the parser, the JSON Schema and the resolved JSON, so that none of the three can
/// know a key the others do not.
struct ConfigurationField: Sendable {
  enum Kind: Sendable {
    case integer(ClosedRange<Int>)
    /// A list of whole numbers.
    case integers(ClosedRange<Int>)
    case number(NumberRange)
    case choice([String])
    case text
    /// A list of texts.
    case texts
    case flag
    /// Other evaluation sets, each an object of its own keys; see `EvaluationSet`.
    case sets
  }

  enum Default: Sendable {
    /// The value the structs have.
    case constant
    case required
    /// Another way to write keys that are listed too; never written out.
    case shorthand
    /// Follows from other keys, in words and in code.
    case derived(String, from: [String], @Sendable (RunConfiguration) -> Int)
    /// Set by the kind's `load`; in words.
    case loaded(String)
  }

  /// From the outermost section to the key.
  let path: [String]
  let kind: Kind
  let unit: String?
  let summary: String
  var defaultRule = Default.constant
  /// The keys it replaces, for a shorthand.
  var replaces: [String] = []
  /// False for what only changes speed or says where something is; such a key is not part of the digest and
  /// may change within a run.
  var affectsResults = true
  /// True if the value may grow on an existing run.
  var mayBeRaised = false
  /// True for a key of the domain that an evaluation set may have of its own.
  var mayVaryBySet = false
  let read: @Sendable (RunConfiguration) -> ConfigurationValue
  let write: @Sendable (inout RunConfiguration, ConfigurationValue) -> Void

  /// `rounds.samples`.
  var name: String { path.joined(separator: ".") }
  var key: String { path[path.count - 1] }
  var section: [String] { Array(path.dropLast()) }

  var isShorthand: Bool {
    if case .shorthand = defaultRule { true } else { false }
  }
}

// MARK: - Ways to write a row of the table

extension ConfigurationField {
  typealias Path<Value> = WritableKeyPath<RunConfiguration, Value> & Sendable

  static func integer(
    _ name: String, _ path: Path<Int>, _ range: ClosedRange<Int>, unit: String? = nil, _ summary: String
  ) -> Self {
    Self(
      path: split(name), kind: .integer(range), unit: unit, summary: summary,
      read: { .integer($0[keyPath: path]) },
      write: { if case .integer(let value) = $1 { $0[keyPath: path] = value } })
  }

  static func integers(
    _ name: String, _ path: Path<[Int]>, _ range: ClosedRange<Int>, _ summary: String
  ) -> Self {
    Self(
      path: split(name), kind: .integers(range), unit: nil, summary: summary,
      read: { .integers($0[keyPath: path]) },
      write: { if case .integers(let values) = $1 { $0[keyPath: path] = values } })
  }

  static func number(
    _ name: String, _ path: Path<Double>, _ range: NumberRange, unit: String? = nil, _ summary: String
  ) -> Self {
    Self(
      path: split(name), kind: .number(range), unit: unit, summary: summary,
      read: { .number($0[keyPath: path]) },
      write: { if case .number(let value) = $1 { $0[keyPath: path] = value } })
  }

  static func choice<Value: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ path: Path<Value>, _ summary: String
  ) -> Self where Value.RawValue == String {
    Self(
      path: split(name), kind: .choice(Value.allCases.map(\.rawValue)), unit: nil, summary: summary,
      read: { .text($0[keyPath: path].rawValue) },
      write: { configuration, value in
        if case .text(let text) = value, let value = Value(rawValue: text) {
          configuration[keyPath: path] = value
        }
      })
  }

  static func text(_ name: String, _ path: Path<String>, _ summary: String) -> Self {
    Self(
      path: split(name), kind: .text, unit: nil, summary: summary,
      read: { .text($0[keyPath: path]) },
      write: { if case .text(let value) = $1 { $0[keyPath: path] = value } })
  }

  static func texts(_ name: String, _ path: Path<[String]>, _ summary: String) -> Self {
    Self(
      path: split(name), kind: .texts, unit: nil, summary: summary,
      read: { .texts($0[keyPath: path]) },
      write: { if case .texts(let values) = $1 { $0[keyPath: path] = values } })
  }

  static func flag(_ name: String, _ path: Path<Bool>, _ summary: String) -> Self {
    Self(
      path: split(name), kind: .flag, unit: nil, summary: summary,
      read: { .flag($0[keyPath: path]) },
      write: { if case .flag(let value) = $1 { $0[keyPath: path] = value } })
  }

  func required() -> Self { with { $0.defaultRule = .required } }

  /// `names`: the keys that `value` reads, first the one that decides most.
  func derived(
    _ rule: String, from names: [String], _ value: @escaping @Sendable (RunConfiguration) -> Int
  ) -> Self {
    with { $0.defaultRule = .derived(rule, from: names, value) }
  }

  func loaded(_ rule: String) -> Self { with { $0.defaultRule = .loaded(rule) } }

  func shorthand(for names: [String]) -> Self {
    with {
      $0.defaultRule = .shorthand
      $0.replaces = names
    }
  }

  func withoutEffectOnResults() -> Self { with { $0.affectsResults = false } }

  func raisable() -> Self { with { $0.mayBeRaised = true } }

  func varyingBySet() -> Self { with { $0.mayVaryBySet = true } }

  private func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }

  static func split(_ name: String) -> [String] {
    name.split(separator: ".").map(String.init)
  }
}
