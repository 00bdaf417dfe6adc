import Foundation
import Testing

/// `shorten run` and what reads its directory, on a real run of a second or two.
@Suite(.serialized) struct RunCommandTests {
  static let config = """
    {
      "domain": {"kind": "maze", "width": 4, "height": 4, "grammar": "cell"},
      "model": {"width": 16, "layers": 1, "heads": 1, "hiddenWidth": 16, "tokenShift": 0},
      "base": {"exercises": 40, "batchSize": 8, "learningRate": {"peak": 0.001, "warmupSteps": 1}},
      "rounds": {"count": 1, "exercises": 8, "samples": 2, "curation": "any", "fullTraceShare": 1,
        "learningRate": {"peak": 0.001, "warmupSteps": 1}, "gate": {"maximumDrop": 100}},
      "evaluation": {"exercises": 8, "samples": 8, "referenceRuns": 2}
    }
    """

  /// A folder with maze.json.
  static func withConfig<Value>(_ body: (URL) throws -> Value) throws -> Value {
    try Shell.withFolder { folder in
      try config.write(to: folder.appending(path: "maze.json"), atomically: true, encoding: .utf8)
      return try body(folder)
    }
  }

  @Test func aRunFinishesIsReadAndIsNotRepeated() throws {
    try Self.withConfig { folder in
      let run = try Shell.shorten("run", "--config", "maze.json", "--threads", "1", in: folder)
      #expect(run.status == 0 && run.output == "")
      let lines = run.errors.split(separator: "\n").map(String.init)
      #expect(lines[0].hasPrefix("Starting ") && lines[0].hasSuffix("/runs/maze"))
      #expect(lines.contains { $0.hasPrefix("round  optimal %") })
      #expect(lines.contains("Finished: all 1 rounds are done."))
      #expect(lines.contains("  report    runs/maze/report.html"))
      #expect(lines.contains("  database  runs/maze/shorten.db"))

      let rounds = try Shell.shorten("rounds", "runs/maze", in: folder)
      let printed = rounds.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      #expect(rounds.status == 0)
      let table = try #require(printed.firstIndex { $0.hasPrefix("test tasks ") })
      #expect(printed[table - 1] == "" && printed.count == table + 9)
      #expect(printed[table + 1].hasPrefix("A*, a coin per tie, mean of 2 runs "))
      #expect(printed[table...].prefix(8).allSatisfy(lines.contains))
      let json = try Shell.shorten("rounds", "runs/maze", "--json", in: folder)
      #expect(json.output.split(separator: "\n").count == 2)
      #expect(json.output.contains("\"round\":1,"))
      let status = try Shell.shorten("status", "runs/maze", in: folder)
      #expect(
        status.output == """
          runs/maze: finished: all 1 rounds are done
            round 1 of 1: accepted; 2 accepted, attempt 1
            promise: the same configuration and seed give the same rows and weights, byte for byte

          """)
      let digest = try Shell.shorten("digest", "runs/maze", in: folder).output
      #expect(digest.count == 65)

      let again = try Shell.shorten("run", "--config", "maze.json", "--quiet", in: folder)
      #expect(again == Outcome(output: "", errors: "", status: 0))
      #expect(try Shell.shorten("digest", "runs/maze", in: folder).output == digest)
      let never = try Shell.shorten("run", "--config", "maze.json", "--resume", "never", in: folder)
      #expect(never.status == 2)

      let changed = try Shell.shorten("run", "--config", "maze.json", "--seed", "2", in: folder)
      #expect(changed.status == 2)
      #expect(changed.errors.contains("\n  seed: 1 -> 2\n"))
      let raised = try Shell.shorten("run", "--config", "maze.json", "--rounds", "2", in: folder)
      #expect(raised.status == 0)
      #expect(raised.errors.contains("Finished: all 2 rounds are done."))
      let resolved = "runs/maze/config.resolved.json"
      let continued = try Shell.shorten(
        "run", "--config", resolved, "--run-directory", "runs/maze", in: folder)
      #expect(continued.status == 0)
    }
  }

  @Test func threadsChangeNothing() throws {
    try Self.withConfig { folder in
      for threads in ["1", "2"] {
        let run = try Shell.run(
          ["run", "--config", "maze.json", "--run-directory", threads, "--threads", threads, "--quiet"],
          in: folder)
        #expect(run == Outcome(output: "", errors: "", status: 0))
      }
      #expect(try Shell.shorten("digest", "1", in: folder) == Shell.shorten("digest", "2", in: folder))
    }
  }

  @Test func eventsAreLinesOfJSON() throws {
    try Self.withConfig { folder in
      let run = try Shell.shorten("run", "--config", "maze.json", "--json", "--quiet", in: folder)
      #expect(run.status == 0 && run.errors == "")
      let events = try run.output.split(separator: "\n").map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
      let names = events.compactMap { $0["event"] as? String }
      #expect(names.first == "started" && names.last == "finished")
      #expect(names.filter { $0 == "roundFinished" }.count == 2)
      let phases = events.filter { $0["event"] as? String == "phaseFinished" }.compactMap {
        $0["phase"] as? String
      }
      #expect(
        phases == ["generate", "train", "evaluate", "generate", "sample", "curate", "train", "evaluate"])
    }
  }

  @Test func aDryRunPrintsTheConfigurationAndStartsNothing() throws {
    try Self.withConfig { folder in
      let run = try Shell.shorten("run", "--config", "maze.json", "--dry-run", in: folder)
      #expect(run.status == 0)
      let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
      #expect(object?["seed"] as? Int == 1)
      #expect(run.errors.contains("run directory     runs/maze (new)\n"))
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "runs").path))
    }
  }

  @Test func aDryRunRefusesWhatTheRunWould() throws {
    try Self.withConfig { folder in
      let missing = try Shell.shorten(
        "run", "--config", "maze.json", "--dry-run", "--resume", "must", in: folder)
      #expect(missing.status == 2 && missing.output == "")
      #expect(missing.errors.contains("holds no run to resume"))
      let short = Self.config.replacingOccurrences(
        of: "\"evaluation\"", with: "\"sampler\": {\"maximumLength\": 40}, \"evaluation\"")
      try short.write(to: folder.appending(path: "short.json"), atomically: true, encoding: .utf8)
      let cut = try Shell.shorten("run", "--config", "short.json", "--dry-run", in: folder)
      #expect(cut.status == 2 && cut.errors.contains("longer than sampler.maximumLength (40)"))
    }
  }

  /// Kills at moments spread over the run, resumes each time; `make kill-test` does it at fifty random ones.
  @Test func aKilledRunEndsWithTheSameDigest() throws {
    try Self.withConfig { folder in
      let clock = ContinuousClock()
      let duration = try clock.measure {
        _ = try Shell.shorten(
          "run", "--config", "maze.json", "--run-directory", "whole", "--quiet", in: folder)
      }
      let microseconds = duration / .microseconds(1)
      var kills = 0
      for share in [0.15, 0.3, 0.45, 0.6, 0.75, 0.9] {
        let process = Process()
        process.executableURL = Shell.binary
        process.arguments = ["run", "--config", "maze.json", "--run-directory", "killed", "--quiet"]
        process.currentDirectoryURL = folder
        try process.run()
        usleep(UInt32(share * microseconds))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        kills += process.terminationReason == .uncaughtSignal ? 1 : 0
      }
      #expect(kills > 0)
      let last = try Shell.shorten(
        "run", "--config", "maze.json", "--run-directory", "killed", "--quiet", in: folder)
      #expect(last == Outcome(output: "", errors: "", status: 0))
      #expect(
        try Shell.shorten("digest", "killed", in: folder) == Shell.shorten("digest", "whole", in: folder))
    }
  }

  @Test(arguments: [false, true]) func aSignalStopsWithTheCommandThatContinues(isQuiet: Bool) throws {
    try Self.withConfig { folder in
      let long = Self.config.replacingOccurrences(
        of: "\"exercises\": 40,", with: "\"exercises\": 40, \"epochs\": 1000,")
      try long.write(to: folder.appending(path: "long run.json"), atomically: true, encoding: .utf8)
      let process = Process()
      process.executableURL = Shell.binary
      process.arguments =
        ["run", "--config", "long run.json", "--threads", "1", "--resume", "allow"]
        + (isQuiet ? ["--quiet"] : [])
      process.currentDirectoryURL = folder
      let stderr = Pipe()
      process.standardError = stderr
      try process.run()
      let database = folder.appending(path: "runs/long run/shorten.db").path
      while !FileManager.default.fileExists(atPath: database), process.isRunning { usleep(10_000) }
      usleep(300_000)
      process.interrupt()
      process.waitUntilExit()
      let text = String(decoding: stderr.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      #expect(process.terminationStatus == 130)
      let line = "\(Shell.binary.path) run --config 'long run.json' --threads 1"
      if isQuiet {
        #expect(text == "Stopped. To continue:\n  \(line) --quiet\n")
      } else {
        #expect(text.contains("Stopping: what is done is being committed; ctrl-C again ends at once.\n"))
        #expect(text.hasSuffix("Stopped. To continue:\n  \(line)\n"))
      }
      let status = try Shell.shorten("status", "runs/long run", in: folder)
      #expect(status.output.hasPrefix("runs/long run: stopped\n"))
    }
  }

  @Test func anExerciseIsShownAndSolved() throws {
    try Self.withConfig { folder in
      _ = try Shell.shorten("run", "--config", "maze.json", "--quiet", in: folder)
      let shown = try Shell.shorten("show", "runs/maze", "1", in: folder)
      #expect(shown.status == 0)
      #expect(shown.output.hasPrefix("exercise 1 (train, drawn for round 0), optimal cost "))
      #expect(shown.output.contains("\nprompt  start@"))
      #expect(shown.output.contains("optimal answer, legal trace\ntrace   create@"))
      let json = try Shell.shorten("show", "runs/maze", "1", "--json", in: folder).output
      let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      let prompt = try #require(object["prompt"] as? String)
      let solved = try Shell.shorten("solve", "runs/maze", "--prompt", prompt, in: folder)
      #expect([0, 1].contains(solved.status) && solved.errors == "")
      #expect(solved.output.contains("\nmodel   round 1, checkpoints/r01-"))
      let missing = try Shell.shorten("show", "runs/maze", "999", in: folder)
      #expect(
        missing
          == Outcome(
            output: "", errors: "error: runs/maze has no exercise 999; they are numbered from 1 to 56\n",
            status: 2))
    }
  }
}
