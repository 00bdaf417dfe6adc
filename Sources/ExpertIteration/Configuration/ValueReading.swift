/// What is wrong with a value, as the rest of a sentence that starts with the key.
struct ValueRefusal: Error {
  let text: String
  /// Of the entry in a list; nil for the value itself.
  var position: TextPosition?

  func mistake(in value: JSONNode, of key: String) -> ConfigurationMistake {
    .init(position ?? value.position, "\"\(key)\" \(text)")
  }
}

extension ConfigurationField {
  /// What the key takes, for messages.
  var expectation: String {
    switch kind {
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

  func value(of node: JSONNode) throws(ValueRefusal) -> ConfigurationValue {
    switch (kind, node.value) {
    case (.integer(let range), .number(let text)):
      guard !text.contains(where: { $0 == "." || $0 == "e" || $0 == "E" }) else {
        throw ValueRefusal(
          text: "must be a whole number, \(range.lowerBound) to \(range.upperBound), found \(node.summary)")
      }
      guard let value = Int(text), range.contains(value) else {
        throw ValueRefusal(text: "is \(node.summary); allowed: \(range.lowerBound) to \(range.upperBound)")
      }
      return .integer(value)
    case (.integers(let range), .array(let nodes)):
      return .integers(
        try nodes.map { node throws(ValueRefusal) in
          guard case .number(let text) = node.value, let value = Int(text), range.contains(value) else {
            throw ValueRefusal(
              text: "has \(node.summary) in its list; allowed there: whole numbers, \(range.lowerBound) to "
                + "\(range.upperBound)",
              position: node.position)
          }
          return value
        })
    case (.number(let range), .number(let text)):
      guard let value = Double(text), value.isFinite, range.contains(value) else {
        throw ValueRefusal(text: "is \(node.summary); \(expectation)")
      }
      return .number(value)
    case (.choice(let names), .string(let text)):
      guard names.contains(text) else {
        let hint = nearest(to: text, among: names).map { " (did you mean \"\($0)\"?)" } ?? ""
        throw ValueRefusal(text: "is \(quoted(String(text.prefix(60)))); \(expectation)\(hint)")
      }
      return .text(text)
    case (.text, .string(let text)):
      return .text(text)
    case (.texts, .array(let nodes)):
      return .texts(
        try nodes.map { node throws(ValueRefusal) in
          guard case .string(let text) = node.value else {
            throw ValueRefusal(
              text: "must be a list of texts, found \(node.summary)", position: node.position)
          }
          return text
        })
    case (.flag, .boolean(let flag)):
      return .flag(flag)
    default:
      let kind =
        switch kind {
        case .integer: "a whole number"
        case .integers: "a list of whole numbers"
        case .number: "a number"
        case .choice, .text: "a text"
        case .texts: "a list of texts"
        case .flag: "true or false"
        case .sets: "a list of sets"
        }
      throw ValueRefusal(text: "must be \(kind), found \(node.summary)")
    }
  }
}
