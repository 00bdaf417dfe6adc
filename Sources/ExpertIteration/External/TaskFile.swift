import Determinism
import Foundation
import Search
import Synchronization

/// A file of tasks from outside, a line of JSON each:
///
///     {"prompt": "3 5 target 8", "trace": "3 - 5 no 3 + 5 yes", "answer": "answer 3 + 5"}
///
/// Each of the three is a text of words or a list of words. `split` ("train" or "test") and `cost` (of the
/// answer) may follow; a key that resembles none of these is somebody else's.
struct TaskFile: Sendable {
  let tasks: ExternalTasks
  /// Of its bytes.
  let sha256: String

  /// Throws a `Refusal` that names file and line.
  init(_ path: String, answerWord: String, words: [String]) throws(Refusal) {
    let bytes = try Self.bytes(of: path)
    sha256 = SHA256.hexDigest(of: bytes)
    let key = [sha256, answerWord] + words
    if let known = Self.last.withLock({ $0?.key == key ? $0?.tasks : nil }) {
      tasks = known
      return
    }
    do {
      tasks = try ExternalTasks(Self.tasks(in: bytes, path), answerWord: answerWord, words: words)
    } catch let error as ExternalTaskError {
      throw Refusal(text: "\(path):\(error.line): \(error.reason)")
    } catch {
      throw (error as? Refusal) ?? Refusal(text: "\(path): \(error)")
    }
    let tasks = tasks
    Self.last.withLock { $0 = (key, tasks) }
  }

  /// The file that was read last: a command reads its configuration several times.
  private static let last = Mutex<(key: [String], tasks: ExternalTasks)?>(nil)

  static func bytes(of path: String) throws(Refusal) -> [UInt8] {
    do {
      return Array(try Data(contentsOf: URL(filePath: path)))
    } catch {
      switch ExternalSettings.kind(of: path) {
      case .absent:
        throw Refusal(text: "\(path) does not exist" + ExternalSettings.neighbour(of: path))
      case .folder: throw Refusal(text: "\(path) is a folder; name a file of tasks")
      case .file: throw Refusal(text: "\(path) cannot be read: \(error.localizedDescription)")
      }
    }
  }

  private static func tasks(in bytes: [UInt8], _ path: String) throws(Refusal) -> [ExternalTask] {
    var tasks: [ExternalTask] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.contains(where: { $0 > UInt8(ascii: " ") }) {
      do throws(Refusal) {
        tasks.append(try TaskLine(Array(line)).task(line: index + 1))
      } catch {
        throw Refusal(text: "\(path):\(index + 1): \(error.text)")
      }
    }
    guard !tasks.isEmpty else { throw Refusal(text: "\(path) has no tasks; a task is a line of JSON") }
    return tasks
  }

  /// What is wrong with a file or a line of it.
  struct Refusal: Error {
    let text: String
  }
}

/// One line of JSON with words in it.
struct TaskLine {
  private let members: [JSONNode.Member]

  init(_ bytes: [UInt8]) throws(TaskFile.Refusal) {
    let document: JSONDocument
    do {
      document = try JSONDocument(bytes: bytes)
    } catch {
      throw TaskFile.Refusal(text: "column \(error.column): \(error.message)")
    }
    if let repeated = document.repeatedKeys.first {
      throw TaskFile.Refusal(text: "the key \"\(repeated.key)\" is there twice; remove one of the two")
    }
    guard case .object(let members) = document.root.value else {
      throw TaskFile.Refusal(text: "expected an object, found \(document.root.summary)")
    }
    self.members = members
  }

  private static let keys = ["prompt", "trace", "answer", "split", "cost"]

  func task(line: Int) throws(TaskFile.Refusal) -> ExternalTask {
    for member in members where !Self.keys.contains(member.key) {
      guard let near = nearest(to: member.key, among: Self.keys), self[near] == nil else { continue }
      throw TaskFile.Refusal(text: "unknown key \(quoted(member.key)) (did you mean \"\(near)\"?)")
    }
    return ExternalTask(
      prompt: try words("prompt"), trace: try words("trace"), answer: try words("answer"), cost: try cost,
      split: try split, line: line)
  }

  /// nil: not given.
  var split: Split? {
    get throws(TaskFile.Refusal) {
      guard let node = self["split"] else { return nil }
      guard case .string(let name) = node.value, let split = Split(rawValue: name) else {
        throw TaskFile.Refusal(text: "\"split\" is \(node.summary); allowed: train, test")
      }
      return split
    }
  }

  /// nil: not given.
  var cost: Int? {
    get throws(TaskFile.Refusal) {
      guard let node = self["cost"] else { return nil }
      let allowed = 0...VerifierReply.highestCost
      guard case .number(let text) = node.value, let cost = Int(text), allowed.contains(cost) else {
        let most = allowed.upperBound
        throw TaskFile.Refusal(text: "\"cost\" is \(node.summary); allowed: a whole number, 0 to \(most)")
      }
      return cost
    }
  }

  subscript(key: String) -> JSONNode? { members.first { $0.key == key }?.value }

  func words(_ key: String) throws(TaskFile.Refusal) -> [String] {
    guard let node = self[key] else {
      throw TaskFile.Refusal(text: "\"\(key)\" is missing; give its words as a text or a list")
    }
    guard let words = node.words else {
      throw TaskFile.Refusal(
        text: "\"\(key)\" must be a text of words or a list of words, found \(node.summary)")
    }
    return words
  }
}

extension JSONNode {
  /// Of a text between its white space, or of a list of texts; nil: it is neither.
  var words: [String]? {
    switch value {
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
