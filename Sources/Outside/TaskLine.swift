import JSON
import Search
import Words

/// One line of JSON with texts or words in it, as in a file of tasks.
public struct TaskLine: Sendable {
  private let object: JSONNode
  private let members: [JSONNode.Member]

  public init(_ bytes: [UInt8]) throws(Refusal) {
    let document: JSONDocument
    do throws(JSONMistake) {
      document = try JSONDocument(bytes: bytes)
    } catch {
      throw Refusal("column \(error.position.column): \(error.message)")
    }
    if let repeated = document.repeatedKeys.first {
      throw Refusal("the key \"\(repeated.key)\" is there twice; remove one of the two")
    }
    guard case .object(let members) = document.root.value else {
      throw Refusal("expected an object, found \(document.root.summary)")
    }
    object = document.root
    self.members = members
  }

  private static let keys = ["prompt", "trace", "answer", "split", "cost"]

  /// The task in words.
  public func task(line: Int) throws(Refusal) -> ExternalTask {
    try refuseMisspeltKeys()
    return ExternalTask(
      prompt: try words("prompt"), trace: self["trace"] == nil ? nil : try words("trace"),
      answer: try words("answer"), cost: try cost, split: try split, line: line)
  }

  /// The task in free text.
  public func textTask(line: Int) throws(Refusal) -> TextTask {
    try refuseMisspeltKeys()
    return TextTask(
      prompt: try text("prompt"), trace: self["trace"] == nil ? nil : try text("trace"),
      answer: try text("answer"), cost: try cost, split: try split, line: line)
  }

  private func refuseMisspeltKeys() throws(Refusal) {
    for member in members where !Self.keys.contains(member.key) {
      guard let near = member.key.nearest(among: Self.keys), self[near] == nil else { continue }
      throw Refusal("unknown key \(member.key.jsonQuoted) (did you mean \"\(near)\"?)")
    }
  }

  /// nil if it is not given.
  public var split: Split? {
    get throws(Refusal) {
      guard let node = self["split"] else { return nil }
      guard case .string(let name) = node.value, let split = Split(rawValue: name) else {
        throw Refusal("\"split\" is \(node.summary); allowed: train, test, validation")
      }
      return split
    }
  }

  /// nil if it is not given.
  public var cost: Int? {
    get throws(Refusal) {
      guard let node = self["cost"] else { return nil }
      let allowed = 0...VerifierReply.highestCost
      guard case .number(let text) = node.value, let cost = Int(text), allowed.contains(cost) else {
        let most = allowed.upperBound
        throw Refusal("\"cost\" is \(node.summary); allowed: a whole number, 0 to \(most)")
      }
      return cost
    }
  }

  public subscript(key: String) -> JSONNode? { object[key] }

  /// The words of a key: of a text between its white space, or of a list of texts.
  public func words(_ key: String) throws(Refusal) -> [String] {
    guard let node = self[key] else {
      throw Refusal("\"\(key)\" is missing; give its words as a text or a list")
    }
    guard let words = Self.words(of: node) else {
      throw Refusal("\"\(key)\" must be a text of words or a list of words, found \(node.summary)")
    }
    return words
  }

  /// The text of a key, byte for byte.
  public func text(_ key: String) throws(Refusal) -> String {
    guard let node = self[key] else { throw Refusal("\"\(key)\" is missing; give it as a text") }
    switch node.value {
    case .string(let text): return text
    case .array: throw Refusal("\"\(key)\" must be a text, found a list")
    default: throw Refusal("\"\(key)\" must be a text, found \(node.summary)")
    }
  }

  private static func words(of node: JSONNode) -> [String]? {
    switch node.value {
    case .string(let text):
      return text.split(whereSeparator: \.isWhitespace).map(String.init)
    case .array(let elements):
      let words = elements.compactMap { if case .string(let word) = $0.value { word } else { nil } }
      return words.count == elements.count ? words : nil
    default:
      return nil
    }
  }
}
