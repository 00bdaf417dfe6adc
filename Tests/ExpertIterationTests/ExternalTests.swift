import Configuration
import Foundation
import Reading
import Search
import Store
import Synchronization
import Testing

@testable import ExpertIteration

/// A domain from outside: its file of tasks, its configuration, and the whole loop with a verifier.
@Suite struct ExternalTests {
  /// Says the second word of the prompt; `broken` ends it.
  private static let check = #"""
    #!/bin/sh
    while read -r line; do
      [ -e broken ] && { echo "it is broken" >&2; exit 5; }
      prompt=${line#*\"prompt\":\"}; prompt=${prompt%%\"*}
      answer=${line#*\"answer\":\"}; answer=${answer%%\"*}
      if [ "$answer" = "answer ${prompt#* }" ]; then
        echo '{"correct": true, "sound": true}'
      else
        echo '{"correct": false, "sound": false, "fault": "not the second word"}'
      fi
    done
    """#

  private static let tasks: [String] = (0..<10).flatMap { first in
    (0..<10).map { second in
      #"{"prompt": "a\#(first) b\#(second)", "trace": ["so", "so", "a\#(first)", "b\#(second)"], "#
        + #""answer": "answer b\#(second)"}"#
    }
  }

  private static func text(_ keys: String = "", domain: String = "") -> String {
    """
    {"domain": {"kind": "external", "tasks": "tasks.jsonl", "verifier": ["./check"]\(domain)},
     "model": {"width": 16, "layers": 1, "heads": 1, "hiddenWidth": 32},
     "base": {"exercises": 60, "epochs": 6, "batchSize": 4, "learningRate": {"peak": 0.01, "warmupSteps": 1}},
     "rounds": {"count": 1, "exercises": 20, "samples": 4, "batchSize": 4, "epochs": 1,
                "learningRate": {"warmupSteps": 0}, "gate": {"maximumDrop": 100}},
     "evaluation": {"exercises": 5, "samples": 8}\(keys)}
    """
  }

  private func withFolder(tasks: [String] = tasks, _ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "external-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try (tasks.joined(separator: "\n") + "\n").write(
      to: folder.appending(path: "tasks.jsonl"), atomically: true, encoding: .utf8)
    // Copied by a process of its own: what another test starts while this one writes a file has it open
    // too, and a program that is open for writing cannot be run.
    let (text, check) = (folder.appending(path: "check.text"), folder.appending(path: "check"))
    try Self.check.write(to: text, atomically: true, encoding: .utf8)
    let copy = try Process.run(URL(filePath: "/bin/cp"), arguments: [text.path, check.path])
    copy.waitUntilExit()
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: check.path)
    try body(folder)
  }

  private func configuration(_ folder: URL, _ text: String = text()) throws -> RunConfiguration {
    try RunConfiguration(parsing: text, file: folder.appending(path: "own.json").path)
  }

  /// What is said of a configuration, without the folder.
  private func complaint(_ folder: URL, _ text: String = text()) -> String? {
    do {
      _ = try configuration(folder, text)
      return nil
    } catch {
      return "\(error)".replacingOccurrences(of: folder.path + "/", with: "")
    }
  }

  @discardableResult
  private func execute(
    _ configuration: RunConfiguration, in folder: URL, threads: Int = 2,
    observe: @escaping @Sendable (RunEvent) -> Void = { _ in },
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> Run.Outcome {
    let surroundings = Run.Surroundings(
      clock: { 0 }, wallTime: { "2025-01-01T00:00:00Z" },
      process: Run.ProcessIdentity(pid: 1, bootID: "boot", host: "host"), codeVersion: "test",
      observe: observe, shouldStop: shouldStop)
    return try Run(
      configuration, in: folder.appending(path: "run"), options: Run.Options(threads: threads),
      surroundings: surroundings
    ).execute()
  }

  private func digest(_ folder: URL) throws -> String {
    try RunReader(folder.appending(path: "run").path).digest()
  }

  // MARK: - Configuration

  @Test func theTasksAreReadWithTheirWordsAndTheirDigest() throws {
    try withFolder { folder in
      let configuration = try configuration(folder)
      let settings = try #require(configuration.domain.external)
      #expect(settings.folder == folder.path && settings.tasksSHA256.count == 64)
      // answer so a0 ... a9 b0 ... b9, bos and eos.
      let domain = try configuration.domain.makeDomain()
      #expect(domain.vocabulary?.count == 24)
      #expect(configuration.sampler.maximumLength == 7)
      #expect(try RunConfiguration(parsing: configuration.resolvedJSON(), file: "resolved") == configuration)
      let exercises = (0..<101).compactMap { domain.exercise(seed: 1, index: $0, split: .train) }
      let tests = (0..<101).compactMap { domain.exercise(seed: 1, index: $0, split: .test) }
      #expect(exercises.count + tests.count == 100 && tests.count >= 5)
      #expect(Set((exercises + tests).map(\.prompt)).count == 100)
      let others = (0..<101).compactMap { domain.exercise(seed: 2, index: $0, split: .train) }
      #expect(others.map(\.prompt) != exercises.map(\.prompt))
      #expect(Set(others.map(\.prompt)) == Set(exercises.map(\.prompt)))
    }
  }

  @Test func aFurtherWordAndAnotherAnswerWordCanBeAskedFor() throws {
    let tasks = (0..<30).map { #"{"prompt": "p\#($0)", "trace": "t", "answer": "so q", "split": "train"}"# }
    try withFolder(tasks: tasks + [#"{"prompt": "x", "trace": "", "answer": "so q", "split": "test"}"#]) {
      folder in
      let text = Self.text(domain: #", "answerWord": "so", "words": ["more"]"#)
        .replacingOccurrences(of: "\"exercises\": 60", with: "\"exercises\": 10")
        .replacingOccurrences(of: "\"exercises\": 5", with: "\"exercises\": 1")
      let domain = try configuration(folder, text).domain.makeDomain()
      #expect(try domain.prompt(of: "more p1").words.count == 2)
      let response = try domain.writing(of: "t p1 so q so")
      #expect(domain.parts(of: response).trace.words.count == 2)
    }
  }

  @Test func otherKeysOfATaskAreIgnored() throws {
    let line =
      #"{"prompt": "a", "trace": "t", "answer": "answer", "prompt_id": 7, "answers": ["b"], "note": null}"#
    try withFolder(tasks: Self.tasks + [line]) { #expect(complaint($0) == nil) }
  }

  @Test func tasksWithoutATraceCannotBeShortened() throws {
    let empty = Self.tasks.map {
      $0.replacingOccurrences(of: #""trace": ["so""#, with: #""trace": [], "mine": ["so""#)
    }
    try withFolder(tasks: empty) { folder in
      #expect(
        complaint(folder) == "own.json:1:42: error: \"tasks\" have no traces, so that the rounds could keep "
          + "nothing that is shorter; give the tasks traces, choose another method, or set rounds.count to 0")
      #expect(complaint(folder, Self.text(#", "method": "continued""#)) == nil)
    }
    try withFolder(tasks: empty + Self.tasks.prefix(1).map { $0.replacingOccurrences(of: "a0", with: "c") }) {
      #expect(complaint($0) == nil)
    }
  }

  @Test(arguments: ["two words", "", "bos"]) func furtherWordsAreWords(word: String) throws {
    try withFolder { folder in
      let found = complaint(folder, Self.text(domain: ", \"words\": [\"fine\", \"\(word)\"]"))
      #expect(found?.contains("error: \"words\": ") == true, "\(found ?? "nothing")")
    }
  }

  @Test(arguments: [
    (#"{"prompt": "a", "trace": "t"}"#, #""answer" is missing; give its words as a text or a list"#),
    (
      #"{"prompt": 3, "trace": "t", "answer": "answer"}"#,
      "must be a text of words or a list of words, found 3"
    ),
    (#"{"prompt": [3], "trace": "t", "answer": "answer"}"#, "a list of words, found an array"),
    (#"{"prompt": "", "trace": "t", "answer": "answer"}"#, #""prompt" has no words"#),
    (
      #"{"prompt": "a", "trace": "t", "answer": "b"}"#,
      #""answer" begins with "b"; it must begin with the word"#
    ),
    (#"{"prompt": "a", "trace": "t", "answer": ""}"#, #""answer" has no words"#),
    (#"{"prompt": "a", "trace": "t answer", "answer": "answer"}"#, #"word 2 of "trace" is "answer""#),
    (#"{"prompt": "a0 b0", "trace": "t", "answer": "answer"}"#, #"the same "prompt" as on line 1"#),
    (#"{"prompt": "a bos", "trace": "t", "answer": "answer"}"#, #""prompt": the word "bos" is taken"#),
    (#"{"prompt": ["a b"], "trace": "t", "answer": "answer"}"#, "has white space"),
    (#"{"prompt": [""], "trace": "t", "answer": "answer"}"#, "a word is empty"),
    (#"{"prompt": "a", "trace": "t", "answer": "answer", "split": "both"}"#, "allowed: train, test"),
    (#"{"prompt": "a", "trace": "t", "answer": "answer", "cost": 1.5}"#, #""cost" is 1.5; allowed: a whole"#),
    (#"{"prompt": "a", "trace": "t", "answer": "answer", "spilt": "test"}"#, #"(did you mean "split"?)"#),
    (
      #"{"prompt": "a", "prompt": "b", "trace": "t", "answer": "answer"}"#,
      #"the key "prompt" is there twice"#
    ),
    (#"{"prompt": "a", "trace": "t", "answer": "answer""#, "column 49: "),
    ("[]", "expected an object, found an array"),
  ])
  func aBadLineIsNamed(line: String, fault: String) throws {
    try withFolder(tasks: Self.tasks + ["", line]) { folder in
      let found = try #require(complaint(folder))
      #expect(found.hasPrefix("own.json:1:42: error: \"tasks\": tasks.jsonl:102: "), "\(found)")
      #expect(found.contains(fault), "\(found)")
    }
  }

  @Test func whatIsWrongWithTheConfigurationIsSaidWithNumbers() throws {
    try withFolder { folder in
      #expect(complaint(folder) == nil)
      #expect(
        complaint(
          folder, Self.text().replacingOccurrences(of: "\"exercises\": 60", with: "\"exercises\": 80"))?
          .contains(
            "100 train exercises are asked for (base.exercises + rounds.count * "
              + "rounds.exercises), but the tasks have"
          ) == true)
      #expect(
        complaint(
          folder, Self.text().replacingOccurrences(of: "\"exercises\": 5", with: "\"exercises\": 50"))?
          .contains("50 test exercises are asked for (evaluation.exercises), but the tasks have") == true)
      #expect(
        complaint(folder, Self.text().replacingOccurrences(of: "[\"./check\"]", with: "[]"))
          == "own.json:1:69: error: \"verifier\" must name a program")
      #expect(
        complaint(folder, Self.text().replacingOccurrences(of: "[\"./check\"]", with: "\"check\""))
          == "own.json:1:69: error: \"verifier\" must be a list of texts, found the text \"check\"")
      #expect(
        complaint(folder, Self.text(#", "method": "bestOfReference""#))?.contains("without a search") == true)
      #expect(
        complaint(folder, Self.text().replacingOccurrences(of: "tasks.jsonl", with: "absent.jsonl"))?
          .contains("absent.jsonl does not exist") == true)
      #expect(
        complaint(folder, Self.text().replacingOccurrences(of: "tasks.jsonl", with: "task.jsonl"))?
          .contains("task.jsonl does not exist (did you mean \"tasks.jsonl\"?)") == true)
      #expect(
        complaint(folder, Self.text().replacingOccurrences(of: "tasks.jsonl", with: "."))?
          .contains("is a folder; name a file of tasks") == true)
      let digest = String(repeating: "0", count: 64)
      #expect(
        complaint(folder, Self.text(domain: ", \"tasksSHA256\": \"\(digest)\""))?
          .contains("tasks.jsonl was changed since domain.tasksSHA256 was noted") == true)
    }
  }

  @Test(arguments: [
    ("[\"./chekc\"]", "chekc does not exist (did you mean \"check\"?)"),
    ("[\"./tasks.jsonl\"]", "tasks.jsonl is not executable; `chmod +x` it, or name its interpreter"),
    ("[\"./\"]", " is a folder; name a program"),
    ("[\"check\"]", "\"check\" is not on the PATH; the one in "),
    ("[\"sh ./check\"]", " does not exist; give a program and its arguments as entries of their own"),
    ("[\"sh -c check\"]", "\" is not on the PATH; give a program and its arguments as entries of their own"),
    ("[\"surely-absent\"]", "\"surely-absent\" is not on the PATH"),
  ])
  func aVerifierThatIsNotThereIsAMistakeInTheConfiguration(verifier: String, fault: String) throws {
    try withFolder { folder in
      let text = Self.text().replacingOccurrences(of: "[\"./check\"]", with: verifier)
      let found = try #require(complaint(folder, text))
      #expect(found.hasPrefix("own.json:1:69: error: \"verifier\": "), "\(found)")
      #expect(found.contains(fault), "\(found)")
    }
  }

  // MARK: - The loop

  @Test func theLoopEndsAlikeWhateverTheThreads() throws {
    try withFolder { folder in
      let configuration = try configuration(folder)
      #expect(try execute(configuration, in: folder) == .finished(reason: "all 1 rounds are done"))
      let reader = try RunReader(folder.appending(path: "run").path)
      let rounds = try reader.rounds()
      // The loop is about something: right answers, shorter traces.
      #expect((rounds.last?.optimalPercent ?? 0) > 0)
      #expect(try reader.references().map(\.summary.name) == ["reference"])
      // These tasks have no costs.
      #expect(
        try reader.facts(withDigest: false, now: "2025-01-01T00:00:00Z").difficulties.map(\.measure) == [
          .referenceTokens
        ])
      let view = try reader.exercise(1)
      #expect(view.reference?.verdict.isOptimal == true && view.reference?.verdict.isSound == true)
      try withFolder { other in
        try execute(try self.configuration(other), in: other, threads: 1)
        #expect(try digest(other) == digest(folder))
      }
    }
  }

  @Test func aVerifierThatFailsForGoodStopsTheRunAndLosesNothing() throws {
    try withFolder { folder in
      let broken = folder.appending(path: "broken")
      let breaking: @Sendable (RunEvent) -> Void = { event in
        guard case .phaseStarted(0, _, .evaluate, _, _) = event else { return }
        try? Data().write(to: broken)
      }
      let failure = #expect(throws: JudgeFailure.self) {
        try execute(try configuration(folder), in: folder, observe: breaking)
      }
      let text = failure?.description ?? ""
      #expect(text.contains("ended with status 5; its last words: it is broken"), "\(text)")
      #expect(text.contains("\"prompt\":\"a"), "\(text)")
      let store = try RunStore(folder.appending(path: "run/shorten.db"), mode: .read)
      #expect(try store.evaluations(round: 0).isEmpty && store.rounds().first?.checkpoint != nil)
      try FileManager.default.removeItem(at: broken)
      try execute(try configuration(folder), in: folder)
      try withFolder { other in
        try execute(try self.configuration(other), in: other)
        #expect(try digest(other) == digest(folder))
      }
    }
  }

  @Test func aVerifierThatCannotBeUsedIsFoundBeforeTheTraining() throws {
    try withFolder { folder in
      let trained = Mutex(false)
      let observe: @Sendable (RunEvent) -> Void = { event in
        if case .phaseStarted = event { trained.withLock { $0 = true } }
      }
      func attempt(_ verifier: String, _ keys: String = "") -> String {
        let text = Self.text(keys).replacingOccurrences(of: "[\"./check\"]", with: verifier)
        do {
          try execute(try configuration(folder, text), in: folder, observe: observe)
          return ""
        } catch { return "\(error)" }
      }
      #expect(attempt(#"["sh", "-c", "exit 9"]"#).contains("ended with status 9"))
      let loop = { (reply: String) in
        #"["sh", "-c", "while read -r l; do echo '\#(reply)'; done"]"#
      }
      #expect(
        attempt(loop(#"{\"correct\": false, \"fault\": \"no\"}"#)).contains(
          "refuses its own \"answer"))
      #expect(
        attempt(loop(#"{\"correct\": true}"#)).contains(
          "rounds.curation is sound, which its own trace is not (the verifier does not call the "
            + "trace sound); "
            + "set it to any, or let the verifier reply with \"sound\": true"))
      #expect(trained.withLock { !$0 })
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "run").path))
    }
  }

  @Test func aStopWhileTheVerifierIsTriedBeginsNothing() throws {
    try withFolder { folder in
      #expect(throws: Stopped.self) {
        try execute(try configuration(folder), in: folder, shouldStop: { true })
      }
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "run").path))
      _ = try execute(try configuration(folder), in: folder)
    }
  }

  @Test func otherTasksAreNotTheSameRunButAnotherPlaceIs() throws {
    try withFolder { folder in
      try execute(try configuration(folder), in: folder)
      let before = try digest(folder)
      let tasks = folder.appending(path: "tasks.jsonl")
      let text = try String(contentsOf: tasks, encoding: .utf8)
      try (text + "\n").write(to: tasks, atomically: true, encoding: .utf8)
      #expect {
        try execute(try configuration(folder), in: folder)
      } throws: {
        "\($0)".contains("domain.tasksSHA256: \"") && "\($0)".contains("\nThe tasks file was changed.\n")
      }
      #expect {
        try RunReader(folder.appending(path: "run").path).references()
      } throws: {
        "\($0)".contains("tasks.jsonl was changed since domain.tasksSHA256 was noted")
      }
      try text.write(to: tasks, atomically: true, encoding: .utf8)

      let moved = folder.appending(path: "moved")
      try FileManager.default.createDirectory(at: moved, withIntermediateDirectories: true)
      for name in ["tasks.jsonl", "check"] {
        try FileManager.default.moveItem(at: folder.appending(path: name), to: moved.appending(path: name))
      }
      let longer = Self.text().replacingOccurrences(of: "\"count\": 1", with: "\"count\": 2")
        .replacingOccurrences(of: "\"exercises\": 20", with: "\"exercises\": 15")
      #expect(throws: RunError.self) { try execute(try configuration(moved, longer), in: folder) }
      #expect(try execute(try configuration(moved), in: folder) == .finished(reason: "all 1 rounds are done"))
      #expect(try digest(folder) == before)
      // Readers find the tasks and the verifier where they are now.
      let reader = try RunReader(folder.appending(path: "run").path)
      #expect(try reader.exercise(1).reference?.verdict.isOptimal == true)
      let evaluation = try reader.evaluate(
        EvaluationRequest(set: "test", threads: 2), shouldStop: { false }, observe: { _ in })
      #expect(evaluation.measures.optimalPercent == (try reader.rounds().last?.optimalPercent))
    }
  }
}
