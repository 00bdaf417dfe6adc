import Foundation
import Search

/// A domain from outside: where its tasks and its verifier are.
public struct ExternalSettings: Sendable, Equatable {
  /// Paths as they were given; relative ones start from `folder`, in which the verifier works too.
  public var tasks = ""
  public var verifier: [String] = []
  public var folder = ""
  /// Of the tasks' bytes.
  public var tasksSHA256 = ""
  public var answerWord = "answer"
  /// Beside those of the tasks.
  public var words: [String] = []
  public var secondsPerReply = 30.0
  /// nil: not read, as for a stored configuration that is only compared.
  private(set) var list: ExternalTasks?

  public init() {}

  /// What the tasks are is what their digest says.
  public static func == (one: Self, other: Self) -> Bool {
    one.tasks == other.tasks && one.verifier == other.verifier && one.folder == other.folder
      && one.tasksSHA256 == other.tasksSHA256 && one.answerWord == other.answerWord
      && one.words == other.words
      && one.secondsPerReply == other.secondsPerReply
  }

  func makeDomain() -> ExternalDomain {
    ExternalDomain(
      list ?? .none, verifier: VerifierProcess(verifier, in: folder, seconds: secondsPerReply))
  }

  /// Reads the tasks; `directory` is where a relative folder starts, and the folder where none is given.
  mutating func load(from directory: String) throws(TaskFile.Refusal) {
    folder = Self.path(folder.isEmpty ? "." : folder, in: directory)
    let file = try TaskFile(Self.path(tasks, in: folder), answerWord: answerWord, words: words)
    guard tasksSHA256.isEmpty || tasksSHA256 == file.sha256 else {
      throw TaskFile.Refusal(
        text:
          "\(Self.path(tasks, in: folder)) was changed since domain.tasksSHA256 was noted, as every run notes it: its "
          + "SHA-256 is \(file.sha256), not \(tasksSHA256); restore it, or start a new run")
    }
    (tasksSHA256, list) = (file.sha256, file.tasks)
  }

  /// Absolute and without dots.
  static func path(_ path: String, in folder: String) -> String {
    let base = URL(filePath: folder, directoryHint: .isDirectory)
    let plain = URL(filePath: path, relativeTo: base).standardizedFileURL.path
    return plain.count > 1 && plain.hasSuffix("/") ? String(plain.dropLast()) : plain
  }
}
