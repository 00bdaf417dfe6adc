import JSON
import Search
import Words

extension VerifierRequest {
  /// One line with sorted keys.
  var json: String {
    JSONTree.object(["prompt": .text(prompt), "trace": .text(trace), "answer": .text(answer)]).line()
  }
}

extension VerifierReply {
  private static let keys = ["correct", "optimal", "cost", "sound", "legal", "fault"]

  static let highestCost = 1_000_000_000

  /// A reply from its line. Other keys are ignored unless they look like a misspelt one that is missing.
  init(json bytes: [UInt8]) throws(LineProcess.Fault) {
    let members = try ReplyMembers(bytes, known: Self.keys)
    guard let isCorrect = try members.flag("correct") else { throw members.fault("\"correct\" is missing") }
    self.init(
      isCorrect: isCorrect, isOptimal: try members.flag("optimal"), cost: try members.cost("cost"),
      isSound: try members.flag("sound"), isLegal: try members.flag("legal"),
      fault: try members.text("fault"))
    if !isCorrect, isOptimal == true {
      throw members.fault("an answer that is not correct cannot be optimal")
    }
    if isSound == false, isLegal == true {
      throw members.fault("a trace that is not sound cannot be legal")
    }
  }
}

/// The members of a reply; a value of null is as good as none.
private struct ReplyMembers {
  private let object: JSONNode
  private let shown: String

  init(_ bytes: [UInt8], known keys: [String]) throws(LineProcess.Fault) {
    shown = String(decoding: bytes.prefix(100), as: UTF8.self).jsonQuoted
    if bytes.isEmpty { throw Self.fault(shown, "an empty line; expected a JSON object") }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw Self.fault(shown, "not UTF-8") }
    let document: JSONDocument
    do throws(JSONMistake) {
      document = try JSONDocument(bytes: bytes)
    } catch {
      throw Self.fault(shown, "no JSON, column \(error.position.column): \(error.message)")
    }
    object = document.root
    guard case .object(let members) = document.root.value, document.repeatedKeys.isEmpty else {
      throw fault("not an object of different keys")
    }
    for member in members where !keys.contains(member.key) {
      guard let near = member.key.nearest(among: keys), document.root[near] == nil else { continue }
      throw fault("unknown key \(member.key.jsonQuoted) (did you mean \"\(near)\"?)")
    }
  }

  func flag(_ key: String) throws(LineProcess.Fault) -> Bool? {
    switch object[key]?.value {
    case nil, .null: return nil
    case .boolean(let flag): return flag
    default: throw fault("\"\(key)\" must be true or false")
    }
  }

  func cost(_ key: String) throws(LineProcess.Fault) -> Int? {
    let allowed = 0...VerifierReply.highestCost
    switch object[key]?.value {
    case nil, .null: return nil
    case .number(let digits):
      if let value = Int(digits), allowed.contains(value) { return value }
    default: break
    }
    throw fault("\"\(key)\" must be a whole number, 0 to \(allowed.upperBound)")
  }

  func text(_ key: String) throws(LineProcess.Fault) -> String? {
    switch object[key]?.value {
    case nil, .null: return nil
    case .string(let words): return words
    default: throw fault("\"\(key)\" must be a text")
    }
  }

  func fault(_ reason: String) -> LineProcess.Fault { Self.fault(shown, reason) }

  private static func fault(_ shown: String, _ reason: String) -> LineProcess.Fault {
    LineProcess.Fault("wrote \(shown): \(reason)")
  }
}
