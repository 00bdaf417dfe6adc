import Foundation
import Testing

/// Commands that need no run: whole outputs, whole errors, exit statuses.
@Suite struct CommandTests {
  static let prompt = "start 0 2 goal 1 0 wall 1 2 wall 2 0"
  static let response = """
    create 0 2 c0 c3 close 0 2 c0 c3 create 0 1 c1 c2 close 0 1 c1 c2 create 0 0 c2 c1 create 1 1 c2 c1 \
    close 0 0 \
    c2 c1 create 1 0 c3 c0 close 1 0 c3 c0 plan 0 2 plan 0 1 plan 0 0 plan 1 0
    """
  static let maze3 = ["--domain", "maze", "--width", "3", "--height", "3"]

  @Test func theVersionIsPrinted() throws {
    #expect(try Shell.shorten("--version") == Outcome(output: "0.1.0\n", errors: "", status: 0))
  }

  @Test func usageErrorsEndWithTwo() throws {
    #expect(
      try Shell.shorten("fly")
        == Outcome(
          output: "",
          errors: """
            error: Unexpected argument 'fly'
            Usage: shorten <subcommand>
              See 'shorten --help' for more information.

            """, status: 2))
    #expect(
      try Shell.shorten("solve", "runs/maze", "--prompt", "x", "--samples", "0")
        == Outcome(
          output: "",
          errors: """
            error: --samples is 0; allowed: 1 to 4096
            Usage: shorten solve <dir> --prompt <words> [--samples <k>] [--temperature <t>] [--threads <n>] \
            [--json]
              See 'shorten solve --help' for more information.

            """, status: 2))
    for arguments in [
      ["run"], ["run", "--config", "x", "--resume", "perhaps"], ["show", "x", "one"], ["init", "chess"],
    ] {
      #expect(try Shell.run(arguments).status == 2, "\(arguments)")
    }
  }

  @Test func aStarReproducesThePaper() throws {
    let result = try Shell.run(
      ["reference"] + Self.maze3 + ["--order", "deterministic"], input: Self.prompt + "\n")
    let trace = Self.response.components(separatedBy: " plan")[0]
    #expect(
      result
        == Outcome(
          output: #"{"answer":"plan 0 2 plan 0 1 plan 0 0 plan 1 0","closedStates":4,"expanded":4,"#
            + #""plan":"plan 0 2 plan 0 1 plan 0 0 plan 1 0","prompt":"\#(Self.prompt)","#
            + #""trace":"\#(trace)"}"# + "\n", errors: "", status: 0))
  }

  @Test func theEarlierNameOfReferenceWorksTheSame() throws {
    for (options, input) in [
      (["--order", "fifo"], Self.prompt), (["--seed", "3"], "start 0 0"), (["--width", "x"], ""),
    ] {
      let results = try ["reference", "astar"].map {
        try Shell.run([$0] + Self.maze3 + options, input: input)
      }
      #expect(results[0].output == results[1].output && results[0].status == results[1].status)
      #expect(results[0].errors == results[1].errors.replacing("shorten astar", with: "shorten reference"))
    }
    #expect(try Shell.shorten("astar", "--domain", "maze").status == 2)
  }

  @Test func aStarAnswersEveryLine() throws {
    let input = "start 0 0 goal 0 2 wall 0 1 wall 1 1 wall 2 1\nstart 0 0\n\(Self.prompt)"
    let result = try Shell.run(["reference"] + Self.maze3, input: input)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].contains("\"plan\":null") && !lines[0].contains("error"))
    #expect(lines[1].contains(",\"error\":\"line 2: "))
    #expect(lines[2].contains("\"plan\":\"plan 0 2"))
    #expect(result.errors.hasPrefix("error: 1 of 3 lines could not be read; the first: line 2: "))
    #expect(result.status == 65)
  }

  @Test func aCellOutsideTheBoardIsRefusedWithTheBoardsSize() throws {
    let result = try Shell.run(["reference"] + Self.maze3, input: "\(Self.prompt)\nstart 0 5 goal 1 0\n")
    #expect(result.status == 65)
    #expect(
      result.errors
        == "error: 1 of 2 lines could not be read; the first: line 2: token 0: \"start 0 5\" is outside "
        + "the 3x3 board; x goes from 0 to 2, y from 0 to 2: name another cell or choose a larger board\n")
  }

  @Test func verifyJudges() throws {
    let line = #"{"prompt": "\#(Self.prompt)", "response": "\#(Self.response)"}"#
    #expect(
      try Shell.run(["verify"] + Self.maze3, input: "\(line)\n")
        == Outcome(
          output: #"{"correct":true,"fault":null,"legal":true,"optimal":true,"sound":true,"traceLength":45}"#
            + "\n",
          errors: "", status: 0))
    let broken = try Shell.run(["verify"] + Self.maze3, input: "\(line)\nnonsense\n\(line)\n")
    #expect(broken.status == 65)
    #expect(broken.output.split(separator: "\n").count == 3)
    #expect(
      broken.errors
        == "error: 1 of 3 lines could not be read; the first: line 2: column 1: \"nonsense\" is not a JSON "
        + "value; texts stand in double quotes\n")
  }

  @Test func unknownDomainsListTheKnownOnes() throws {
    let result = try Shell.shorten("reference", "--domain", "chess", "--width", "3", "--height", "3")
    #expect(
      result
        == Outcome(output: "", errors: "error: --domain chess is unknown; known: maze, sokoban\n", status: 2))
    let size = try Shell.shorten("reference", "--domain", "maze", "--width", "2", "--height", "3")
    #expect(size == Outcome(output: "", errors: "error: width: 2, but it must be 3...100\n", status: 2))
  }

  @Test func initPrintsAConfigurationThatChecks() throws {
    let config = try Shell.shorten("init", "maze")
    #expect(config.status == 0)
    #expect(config.output.hasSuffix("}\n") && !config.output.hasSuffix("\n\n"))
    try Shell.withFolder { folder in
      let file = folder.appending(path: "maze.json")
      try config.output.write(to: file, atomically: true, encoding: .utf8)
      #expect(
        try Shell.shorten("config", "check", "maze.json", in: folder)
          == Outcome(output: "maze.json: ok\n", errors: "", status: 0))
    }
  }

  @Test func aWrongConfigurationIsPrintedAsItIsPlaced() throws {
    try Shell.withFolder { folder in
      let text =
        #"{"domain": {"kind": "maze", "width": 5, "height": 5},"# + "\n"
        + #" "sead": 1, "rounds": {"count": -1}}"#
      try text.write(to: folder.appending(path: "maze.json"), atomically: true, encoding: .utf8)
      let expected = Outcome(
        output: "",
        errors: """
          maze.json:2:2: error: unknown key "sead" (did you mean "seed"?)
          maze.json:2:33: error: "count" is -1; allowed: 0 to 1000

          """, status: 2)
      #expect(try Shell.shorten("config", "check", "maze.json", in: folder) == expected)
      #expect(try Shell.shorten("run", "--config", "maze.json", in: folder) == expected)
      let missing = try Shell.shorten("run", "--config", "none.json", in: folder)
      #expect(missing.status == 2)
      #expect(
        missing.errors
          == "none.json:1:1: error: there is no such file; `shorten init > none.json` writes a first one\n")
    }
  }

  @Test func theSchemaIsJSON() throws {
    let schema = try Shell.shorten("config", "schema")
    #expect(schema.status == 0)
    #expect(try JSONSerialization.jsonObject(with: Data(schema.output.utf8)) is [String: Any])
  }

  @Test func readingWhatIsNotARunSaysSo() throws {
    try Shell.withFolder { folder in
      let path = folder.path
      for command in [
        ["rounds", path], ["status", path], ["digest", path], ["export", path, "--round", "1"],
      ] {
        let result = try Shell.run(command)
        #expect(result.status == 65)
        #expect(
          result.errors
            == "error: \(path)/shorten.db: no such file. Name the folder of a run, or start one with "
            + "`shorten run`.\n"
        )
      }
      try "not a database, but long enough to be looked at".write(
        to: folder.appending(path: "shorten.db"), atomically: true, encoding: .utf8)
      let damaged = try Shell.shorten("rounds", path)
      #expect(damaged.status == 65)
      #expect(damaged.errors.hasPrefix("error: \(path)/shorten.db: is not a SQLite database."))
    }
  }

  @Test func aFullDiskIsSaid() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "\(Shell.binary.path) config schema > /dev/full"]
    let stderr = Pipe()
    process.standardError = stderr
    try process.run()
    process.waitUntilExit()
    let text = String(decoding: stderr.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(text == "error: standard output cannot be written: No space left on device\n")
    #expect(process.terminationStatus == 74)
  }

  @Test func aReaderThatGoesAwayIsNoError() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", "(\(Shell.binary.path) config schema; echo status $? >&2) | true",
    ]
    let stderr = Pipe()
    process.standardError = stderr
    try process.run()
    process.waitUntilExit()
    #expect(
      String(decoding: stderr.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) == "status 0\n")
  }
}
