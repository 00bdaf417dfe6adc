import JSON
import Outside
import Words

/// What kind of value a key takes, and which values.
enum SettingKind: Sendable {
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

  /// What is allowed, for messages.
  var expectation: String {
    switch self {
    case .integers(let range): "allowed: a list of whole numbers, \(range.lowerBound) to \(range.upperBound)"
    case .integer(let range): "allowed: a whole number, \(range.lowerBound) to \(range.upperBound)"
    case .number(let range): "allowed: \(range.description)"
    case .choice(let names): "allowed: \(names.joined(separator: ", "))"
    case .text: "allowed: a text"
    case .texts: "allowed: a list of texts"
    case .flag: "allowed: true, false"
    case .sets: "allowed: a list of sets"
    }
  }

  private var noun: String {
    switch self {
    case .integer: "a whole number"
    case .integers: "a list of whole numbers"
    case .number: "a number"
    case .choice, .text: "a text"
    case .texts: "a list of texts"
    case .flag: "true or false"
    case .sets: "a list of sets"
    }
  }
}

/// What is wrong with a value, as the rest of a sentence that begins with the key.
struct ValueRefusal: Error {
  let text: String
  /// Of an entry in a list; nil for the value itself.
  var position: TextPosition?

  func mistake(in value: JSONNode, of key: String) -> ConfigurationMistake {
    .init(position ?? value.position, "\"\(key)\" \(text)")
  }
}

// MARK: - Reading

extension SettingKind {
  /// The value of a JSON node. `aliases` are earlier words of a choice with the words of today.
  func value(of node: JSONNode, aliases: [String: String]) throws(ValueRefusal) -> ConfigurationValue {
    switch (self, node.value) {
    case (.integer(let range), .number(let text)):
      return .integer(try Self.integer(text, node, range))
    case (.integers(let range), .array(let nodes)):
      return .integers(try nodes.map { node throws(ValueRefusal) in try Self.entry(node, range) })
    case (.number(let range), .number(let text)):
      guard let value = Double(text), value.isFinite, range.contains(value) else {
        throw ValueRefusal(text: "is \(node.summary); \(expectation)")
      }
      return .number(value)
    case (.choice(let names), .string(let text)):
      let word = aliases[text] ?? text
      guard names.contains(word) else {
        let hint = text.nearest(among: names).map { " (did you mean \"\($0)\"?)" } ?? ""
        throw ValueRefusal(text: "is \(String(text.prefix(60)).jsonQuoted); \(expectation)\(hint)")
      }
      return .text(word)
    case (.text, .string(let text)):
      return .text(text)
    case (.texts, .array(let nodes)):
      return .texts(try nodes.map { node throws(ValueRefusal) in try Self.entry(node) })
    case (.flag, .boolean(let flag)):
      return .flag(flag)
    default:
      throw ValueRefusal(text: "must be \(noun), found \(node.summary)")
    }
  }

  private static func integer(
    _ text: String, _ node: JSONNode, _ range: ClosedRange<Int>
  ) throws(ValueRefusal) -> Int {
    guard !text.contains(where: { $0 == "." || $0 == "e" || $0 == "E" }) else {
      throw ValueRefusal(
        text: "must be a whole number, \(range.lowerBound) to \(range.upperBound), found \(node.summary)")
    }
    guard let value = Int(text), range.contains(value) else {
      throw ValueRefusal(text: "is \(node.summary); allowed: \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  private static func entry(_ node: JSONNode, _ range: ClosedRange<Int>) throws(ValueRefusal) -> Int {
    guard case .number(let text) = node.value, let value = Int(text), range.contains(value) else {
      throw ValueRefusal(
        text: "has \(node.summary) in its list; allowed there: whole numbers, \(range.lowerBound) to "
          + "\(range.upperBound)",
        position: node.position)
    }
    return value
  }

  private static func entry(_ node: JSONNode) throws(ValueRefusal) -> String {
    guard case .string(let text) = node.value else {
      throw ValueRefusal(text: "must be a list of texts, found \(node.summary)", position: node.position)
    }
    return text
  }
}
