import Foundation
import Testing

/// `examples/countdown`: a domain from outside, in Python.
@Suite(.enabled(if: Countdown.python != nil, "python3 is not on the PATH"))
struct CountdownTests {
  @Test func itsTasksFitItsConfigurationAndPassItsJudge() throws {
    try Countdown.withCopy { folder in
      let tasks = try Countdown.make(6500, in: folder)
      #expect(tasks.split(separator: "\n").count == 6500)
      #expect(
        try Shell.shorten("config", "check", "countdown.json", in: folder)
          == Outcome(output: "countdown.json: ok\n", errors: "", status: 0))
      let verdicts = try Countdown.run("check", input: tasks, in: folder).split(separator: "\n")
      #expect(verdicts.count == 6500)
      #expect(Set(verdicts) == [#"{"correct": true, "sound": true}"#])
    }
  }

  @Test func theDocumentShowsTheConfigurationAsItIs() throws {
    func text(_ path: String) throws -> String {
      try String(contentsOf: Countdown.repository.appending(path: path), encoding: .utf8)
    }
    #expect(
      try text("docs/adding-a-domain.md").contains(
        "```\n" + text("examples/countdown/countdown.json") + "```\n"))
  }

  /// Each is a trace, an answer and whether they are sound and correct, for 5 3 2 target 4.
  @Test(arguments: [
    ("5 - 3 = 2 left 2 2 2 * 2 = 4 left 4 yes", "answer 5 - 3 = 2 2 * 2 = 4", true, true),
    ("", "answer 5 - 3 = 2 2 + 2 = 4", true, true),
    ("", "answer 5 - 3 = 2", true, false),
    ("", "answer", true, false),
    ("", "answer 5 - 3 = 2 2 * 2 = 5", true, false),
    ("", "answer 2 + 2 = 4", true, false),
    ("", "answer 3 - 5 = -2 2 - -2 = 4", true, false),
    ("", "answer 5 - 3 = 2 2 * 2 = 4 4", true, false),
    ("", "answer 5 - 3 = eos", true, false),
    ("5 - 3 = 2 left 2 2 2 * 2 = 4 left 4 no", "answer 5 - 3 = 2 2 * 2 = 4", false, true),
    ("2 * 2 = 4 left 4 yes", "answer 5 - 3 = 2 2 * 2 = 4", false, true),
    ("5 - 3 = 2 left 2 3", "answer 5 - 3 = 2 2 * 2 = 4", false, true),
    ("5 - 3 = 2 left 2 2 2", "answer 5 - 3 = 2 2 * 2 = 4", false, true),
    ("yes", "answer 5 - 3 = 2 2 * 2 = 4", false, true),
  ])
  func itsJudgeTellsRightFromWrong(trace: String, answer: String, isSound: Bool, isCorrect: Bool) throws {
    try Countdown.withCopy { folder in
      let request = #"{"prompt": "5 3 2 target 4", "trace": "\#(trace)", "answer": "\#(answer)"}"# + "\n"
      let reply = try Countdown.run("check", input: request, in: folder)
      #expect(reply.hasPrefix(#"{"correct": \#(isCorrect), "sound": \#(isSound)"#), "\(reply)")
      #expect(reply.contains("fault") != (isSound && isCorrect))
    }
  }

  @Test func aSmallRunOfItWorksFromAnyFolder() throws {
    try Countdown.withCopy { folder in
      _ = try Countdown.make(300, in: folder)
      let text = """
        {"domain": {"kind": "external", "tasks": "tasks.jsonl", "verifier": ["\(Countdown.python ?? "")", \
        "check"]},
         "model": {"width": 16, "layers": 1, "heads": 1, "hiddenWidth": 32},
         "base": {"exercises": 200, "learningRate": {"warmupSteps": 1}},
         "rounds": {"count": 1, "exercises": 20, "samples": 2, "learningRate": {"warmupSteps": 0},
                    "gate": {"maximumDrop": 100}},
         "evaluation": {"exercises": 8}}
        """
      try text.write(to: folder.appending(path: "small.json"), atomically: true, encoding: .utf8)
      let run = try Shell.shorten("run", "--config", "small.json", "--quiet", in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let shown = try Shell.shorten("show", folder.appending(path: "runs/small").path, "1")
      #expect(shown.status == 0 && shown.output.contains("optimal answer, sound trace"), "\(shown)")
      let traces = try Shell.shorten("export", "runs/small", "--round", "0", in: folder)
      let claims = traces.output.split(separator: "\n").map { line in
        line.contains(#""sound":true"#) && line.contains(#""legal":false"#)
      }
      #expect(claims == Array(repeating: true, count: 208), "\(traces.errors)")
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: "runs/small/report.html").path))
    }
  }
}

/// The example, copied where it may write.
private enum Countdown {
  /// The Python of the PATH; nil: there is none.
  static let python: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  static let repository = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func withCopy<Value>(_ body: (URL) throws -> Value) throws -> Value {
    try Shell.withFolder { folder in
      for name in ["make-tasks", "check", "countdown.json"] {
        try FileManager.default.copyItem(
          at: repository.appending(path: "examples/countdown/\(name)"), to: folder.appending(path: name))
      }
      return try body(folder)
    }
  }

  static func make(_ count: Int, in folder: URL) throws -> String {
    let tasks = try run("make-tasks", String(count), in: folder)
    try tasks.write(to: folder.appending(path: "tasks.jsonl"), atomically: true, encoding: .utf8)
    return tasks
  }

  /// What a program of the example prints.
  static func run(_ program: String, _ arguments: String..., input: String = "", in folder: URL) throws
    -> String
  {
    let source = folder.appending(path: "input")
    try input.write(to: source, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(filePath: python ?? "")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = folder
    let output = Pipe()
    process.standardInput = try FileHandle(forReadingFrom: source)
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }
}
