import Determinism
import Foundation
import Search

/// A file of tasks from outside, a line of JSON for each:
///
///     {"prompt": "3 5 target 8", "trace": "3 - 5 no 3 + 5 yes", "answer": "answer 3 + 5"}
///
/// Its form says how the three are written. The trace may be left out. `split` ("train" or "test") and `cost`
/// (of the answer) may follow; other keys are ignored unless they look like a misspelt one.
public struct TaskFile<Form: TaskForm>: Sendable {
  public let tasks: Form.FormDomain.Tasks
  /// In tokens, the end counted.
  public let longestResponse: Int
  /// Of its bytes.
  public let sha256: String

  /// Throws a text that names file and line.
  public init(_ path: String, form: Form) throws(Refusal) {
    let bytes = try Self.bytes(of: path)
    sha256 = SHA256.hexDigest(of: bytes)
    let read = try Self.tasks(in: bytes, path)
    longestResponse = read.map(Form.responseLength).max() ?? 1
    do throws(ExternalTaskError) {
      tasks = try form.tasks(read)
    } catch {
      throw Refusal("\(path):\(error.line): \(error.reason)")
    }
  }

  private static func bytes(of path: String) throws(Refusal) -> [UInt8] {
    do {
      return Array(try Data(contentsOf: URL(filePath: path)))
    } catch {
      switch NamedFile.kind(of: path) {
      case .absent: throw Refusal("\(path) does not exist" + NamedFile.hint(for: path))
      case .folder: throw Refusal("\(path) is a folder; name a file of tasks")
      case .file: throw Refusal("\(path) cannot be read: \(error.localizedDescription)")
      }
    }
  }

  private static func tasks(in bytes: [UInt8], _ path: String) throws(Refusal) -> [Form.Task] {
    var tasks: [Form.Task] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.contains(where: { $0 > UInt8(ascii: " ") }) {
      do throws(Refusal) {
        tasks.append(try Form.task(of: TaskLine(Array(line)), number: index + 1))
      } catch {
        throw Refusal("\(path):\(index + 1): \(error.text)")
      }
    }
    guard !tasks.isEmpty else { throw Refusal("\(path) has no tasks; a task is a line of JSON") }
    return tasks
  }
}
