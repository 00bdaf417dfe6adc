import Configuration
import Foundation

/// A folder with a file of tasks from outside, and configurations that are read as if they were in it.
struct TaskFolder {
  let url: URL

  /// The folder is removed when the body is done.
  static func with(_ lines: [String], _ body: (TaskFolder) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "tasks-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    let bytes = lines.joined(separator: "\n") + "\n"
    try Data(bytes.utf8).write(to: url.appending(path: "tasks.jsonl"))
    try body(TaskFolder(url: url))
  }

  /// A configuration for 60 + 20 training and 5 test exercises. `keys` end the whole, `domain` the domain.
  static func text(kind: String, domain: String = "", _ keys: String = "") -> String {
    """
    {"domain": {"kind": "\(kind)", "tasks": "tasks.jsonl", "verifier": ["/bin/sh"]\(domain)},
     "base": {"exercises": 60, "learningRate": {"warmupSteps": 1}},
     "rounds": {"count": 1, "exercises": 20, "learningRate": {"warmupSteps": 0}},
     "evaluation": {"exercises": 5}\(keys)}
    """
  }

  /// By default as for a run that begins.
  func configuration(
    _ text: String, loading: LoadedFiles = .all(weights: NoStartingWeights())
  ) throws -> RunConfiguration {
    try RunConfiguration(parsing: text, file: url.appending(path: "own.json").path, loading: loading)
  }

  /// What is wrong with a configuration, without the folder; nil: nothing.
  func complaint(
    _ text: String, loading: LoadedFiles = .all(weights: NoStartingWeights())
  ) -> String? {
    do {
      _ = try configuration(text, loading: loading)
      return nil
    } catch {
      return "\(error)".replacingOccurrences(of: url.path + "/", with: "")
    }
  }
}
