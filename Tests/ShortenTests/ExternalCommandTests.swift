import Foundation
import Testing

/// Into an external domain and out of a run: `import`, `export --weights` and `--logits`.
@Suite struct ExternalCommandTests {
  @Test func importSaysWhatItLeftOut() throws {
    let record = #"{"prompt": ["3", "5"], "reasoning": ["add"], "plan": ["plan", "8"]}"#
    let task = #"{"answer":"plan 8","prompt":"3 5","trace":"add"}"# + "\n"
    #expect(
      try Shell.shorten("import", "-", input: record + "\n\n" + record + "\n")
        == Outcome(
          output: task,
          errors: """
            1 tasks; domain.answerWord: plan
            left out 1, a prompt that was there already; first line 3: as on line 1

            """, status: 0))
    try Shell.withFolder { folder in
      let (records, tasks) = (folder.appending(path: "r.jsonl"), folder.appending(path: "t.jsonl"))
      try (record + "\n{\"prompt\": 3}\n").write(to: records, atomically: true, encoding: .utf8)
      #expect(
        try Shell.shorten("import", "r.jsonl", "-o", "t.jsonl", in: folder)
          == Outcome(
            output: "",
            errors: """
              1 tasks in t.jsonl; domain.answerWord: plan
              left out 1, unreadable; first line 2: "prompt" must be a text of words or a list of words, \
              found 3

              """, status: 65))
      #expect(try String(contentsOf: tasks, encoding: .utf8) == task)
      let absent = try Shell.shorten("import", "absent.jsonl", in: folder)
      #expect(absent.status == 74 && absent.errors.hasPrefix("error: absent.jsonl cannot be read: "))
    }
    for arguments in [
      ["import"], ["import", "x", "--domain", "maze"], ["import", "-", "--answer-word", "a b"],
    ] {
      #expect(try Shell.run(arguments).status == 2, "\(arguments)")
    }
  }

  @Test func aRunOfMazesComesBackAsTasksThatVerifyJudges() throws {
    try Shell.withFolder { folder in
      let more = """
        "model": {"width": 16, "layers": 1, "heads": 1, "hiddenWidth": 32},
         "base": {"exercises": 200, "learningRate": {"warmupSteps": 1}}, "rounds": {"count": 0},
         "evaluation": {"exercises": 20}}
        """
      let maze = #"{"domain": {"kind": "maze", "width": 4, "height": 4},\#n"# + more
      try maze.write(to: folder.appending(path: "maze.json"), atomically: true, encoding: .utf8)
      #expect(try Shell.shorten("run", "--config", "maze.json", "--quiet", in: folder).status == 0)
      let traces = try Shell.shorten("export", "runs/maze", "--round", "0", in: folder)
      let size = ["--domain", "maze", "--width", "4", "--height", "4"]
      let imported = try Shell.run(
        ["import", "-", "-o", "tasks.jsonl"] + size, input: traces.output, in: folder)
      #expect(
        imported
          == Outcome(output: "", errors: "220 tasks in tasks.jsonl; domain.answerWord: plan\n", status: 0))

      let verifier = ([Shell.binary.path, "verify"] + size).map { "\"\($0)\"" }.joined(separator: ", ")
      let external = """
        {"domain": {"kind": "external", "tasks": "tasks.jsonl", "answerWord": "plan", "verifier": \
        [\(verifier)]},
        """
      try (external + more.replacingOccurrences(of: "200", with: "150"))
        .write(to: folder.appending(path: "external.json"), atomically: true, encoding: .utf8)
      let run = try Shell.shorten("run", "--config", "external.json", "--quiet", in: folder)
      #expect(run == Outcome(output: "", errors: "", status: 0))
      let shown = try Shell.shorten("show", "runs/external", "1", in: folder)
      #expect(shown.output.contains("optimal answer, legal trace"), "\(shown)")
    }
  }

  @Test func weightsAndLogitsAreExported() throws {
    try Shell.withFolder { folder in
      let text = """
        {"domain": {"kind": "maze", "width": 4, "height": 4},
         "model": {"width": 16, "layers": 1, "heads": 1, "hiddenWidth": 32},
         "base": {"exercises": 200, "learningRate": {"warmupSteps": 1}}, "rounds": {"count": 0},
         "evaluation": {"exercises": 20}}
        """
      try text.write(to: folder.appending(path: "maze.json"), atomically: true, encoding: .utf8)
      #expect(try Shell.shorten("run", "--config", "maze.json", "--quiet", in: folder).status == 0)
      let export = ["export", "runs/maze", "--round", "0"]
      #expect(
        try Shell.run(export + ["--weights", "w.safetensors"], in: folder)
          == Outcome(output: "", errors: "", status: 0))
      let bytes = try Data(contentsOf: folder.appending(path: "w.safetensors"))
      let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      let header = try #require(
        try JSONSerialization.jsonObject(with: bytes.dropFirst(8).prefix(length)) as? [String: Any])
      let words = (header["__metadata__"] as? [String: String])?["words"]?.split(separator: " ")
      #expect(words?.prefix(3) == ["bos", "eos", "0"] && words?.count == 28)
      #expect(header["decoder.output"] != nil && !header.keys.contains { $0.hasPrefix("moment") })

      let logits = try Shell.run(export + ["--logits", "3"], in: folder).output.split(separator: "\n")
      #expect(logits.count == 3)
      for line in logits {
        let members = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let (response, rows) = (members["response"] as? [Int], members["logits"] as? [[Double]])
        #expect(response?.first == 0 && response?.last == 1)
        #expect(rows?.count == (response?.count ?? 0) - 1 && rows?.allSatisfy { $0.count == 28 } == true)
      }
      #expect(try Shell.run(export + ["--logits", "1", "--weights", "x"], in: folder).status == 2)
      #expect(
        try Shell.shorten("export", "runs/maze", "--round", "4", "--weights", "x", in: folder).status == 2)
    }
  }
}
