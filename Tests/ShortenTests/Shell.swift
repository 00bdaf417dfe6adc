import Foundation
import Testing

/// What a command printed and how it ended.
struct Outcome: Equatable {
  var output: String
  var errors: String
  var status: Int32
}

/// The built `shorten`, which stands beside the test bundle, run as people run it.
enum Shell {
  static let binary: URL = {
    let bundle = URL(filePath: CommandLine.arguments[0])
    return bundle.deletingLastPathComponent().appending(path: "shorten")
  }()

  /// In an environment without a terminal; `directory` nil: where the tests run.
  static func shorten(_ arguments: String..., input: String = "", in directory: URL? = nil) throws -> Outcome
  {
    try run(arguments, input: input, in: directory)
  }

  static func run(_ arguments: [String], input: String = "", in directory: URL? = nil) throws -> Outcome {
    let process = Process()
    process.executableURL = binary
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
    process.currentDirectoryURL = directory
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, stderr)
    try process.run()
    let writer = Thread {
      try? stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try? stdin.fileHandleForWriting.close()
    }
    writer.start()
    let errors = Late { stderr.fileHandleForReading.readDataToEndOfFile() }
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      output: String(decoding: output, as: UTF8.self), errors: String(decoding: errors.value, as: UTF8.self),
      status: process.terminationStatus)
  }

  /// A folder that is removed at the end.
  static func withFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "shorten-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}

/// Data read on another thread, so that neither pipe fills up while the other is read.
private final class Late: @unchecked Sendable {
  private var data = Data()
  private let done = DispatchSemaphore(value: 0)

  init(_ read: @escaping @Sendable () -> Data) {
    Thread { [self] in
      data = read()
      done.signal()
    }.start()
  }

  var value: Data {
    done.wait()
    return data
  }
}
