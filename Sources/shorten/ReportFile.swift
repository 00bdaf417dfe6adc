import Configuration
import ExpertIteration
import Foundation
import Reading
import Report
import Text

/// Makes the page about a run and writes files.
enum ReportFile {
  static func path(in directory: String) -> String {
    (directory.hasSuffix("/") ? directory : directory + "/") + "report.html"
  }

  /// The page about the first run, compared with the others. If there can be no examples, it says why.
  static func page(
    about readers: [RunReader], withDigest: Bool, threads: Int, withExamples: Bool = true,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> Page {
    let reader = readers[0]
    let facts = try reader.facts(withDigest: withDigest, now: Clock.utc)
    let examples: Result<[ExampleTask], ExamplesMissing>
    do {
      guard withExamples else { throw ExamplesMissing.whileRunning }
      try reader.experiment().learner.requireSupported()
      examples = .success(try reader.examples(threads: threads, shouldStop: shouldStop))
    } catch let missing as ExamplesMissing {
      examples = .failure(missing)
    }
    return Page(
      facts: facts, examples: examples,
      comparison: readers.count > 1 ? try Comparison(of: readers).runs : [])
  }

  /// Writes a file whole or not at all: it gets its name once it is complete. Throws `FileFailure`.
  static func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  static func write(_ bytes: Data, to path: String) throws {
    do {
      try bytes.write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw FileFailure(path: path, detail: error.localizedDescription)
    }
  }
}

/// A file that could not be written, or read.
struct FileFailure: Error, CustomStringConvertible {
  let path: String
  let detail: String
  var isRead = false

  var description: String { "\(path) cannot be \(isRead ? "read" : "written"): \(detail)" }
}
