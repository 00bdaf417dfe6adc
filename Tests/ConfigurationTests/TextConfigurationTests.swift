import Foundation
import JSON
import Search
import Testing

@testable import Configuration

/// Free text from outside: its file of tasks, its keys, and what is said of wrong ones.
@Suite struct TextConfigurationTests {
  private static let tasks = (0..<100).map { number in
    #"{"prompt": "\#(number) + 1 = ?", "trace": "After \#(number).\n", "answer": "Answer: \#(number + 1)", "#
      + #""split": "\#(number < 90 ? "train" : "test")"}"#
  }

  private static func text(domain: String = "", _ keys: String = "") -> String {
    TaskFolder.text(kind: "text", domain: domain, keys)
  }

  @Test func theTasksAreReadWithTheirDigestAndTheirLength() throws {
    let longest = #"{"prompt": "é", "trace": "It is\r\né.\n", "answer": "So the Answer: é", "split": "test"}"#
    try TaskFolder.with(Self.tasks + [longest]) { folder in
      let configuration = try folder.configuration(Self.text())
      let settings = try #require(configuration.domain.text)
      #expect(settings.folder == folder.url.path && settings.tasksSHA256.count == 64)
      #expect(settings.list?.count == 101 && settings.form.answerMarker == "Answer:")
      #expect(configuration.domain.kind.name == "text" && configuration.domain.hasVerifier)
      #expect(configuration.domain.makeVerifier() != nil && configuration.domain.external == nil)
      let domain = try configuration.domain.makeDomain()
      #expect(domain.name == "text" && domain.vocabulary == nil)
      // 11 bytes of trace, 17 of answer, the end.
      #expect(configuration.sampler.maximumLength == 29)
      #expect(configuration.domain.longestUsualResponse == 29)
      let resolved = configuration.resolvedJSON()
      #expect(try RunConfiguration(parsing: resolved, file: "resolved") == configuration)
      let exercises = (0..<101).compactMap { domain.exercise(seed: 1, index: $0, split: .train) }
      #expect(exercises.count == 90 && exercises.allSatisfy { $0.answer.text.hasPrefix("Answer: ") })
    }
  }

  @Test func textIsKeptByteForByte() throws {
    let prompts = ["caf\u{E9}", "cafe\u{301}", "a\nb", "a\r\nb", "\u{301}a", " a ", "\u{1}\u{FEFF}"]
    let lines = prompts.map { #"{"prompt": \#($0.jsonQuoted), "trace": "\r\n", "answer": "Answer: 8\r\n"}"# }
    try TaskFolder.with(Self.tasks + lines) { folder in
      let domain = try folder.configuration(Self.text()).domain
      for (index, prompt) in prompts.enumerated() {
        #expect(
          domain.place(of: .text(prompt)) == "\(folder.url.path)/tasks.jsonl:\(101 + index)",
          "\(prompt.jsonQuoted)")
      }
      #expect(domain.place(of: .text("a")) == nil)
      let made = try domain.makeDomain()
      let exercises = Split.allCases.flatMap { split in
        (0..<107).compactMap { made.exercise(seed: 1, index: $0, split: split) }
      }
      let found = Set(exercises.map { Array($0.prompt.text.utf8) })
      #expect(exercises.count == 107 && found.isSuperset(of: prompts.map { Array($0.utf8) }))
      let last = try #require(exercises.first { $0.prompt.text == " a " })
      #expect(last.trace?.text.utf8.elementsEqual("\r\n".utf8) == true)
      #expect(last.answer.text.utf8.elementsEqual("Answer: 8\r\n".utf8))
    }
  }

  @Test(arguments: [
    (#"{"prompt": "a", "trace": "t"}"#, #""answer" is missing; give it as a text"#),
    (#"{"prompt": ["a"], "answer": "Answer: 8"}"#, #""prompt" must be a text, found a list"#),
    (#"{"prompt": 3, "answer": "Answer: 8"}"#, #""prompt" must be a text, found 3"#),
    (#"{"prompt": "a", "trace": null, "answer": "Answer: 8"}"#, #""trace" must be a text, found null"#),
    (#"{"prompt": "", "answer": "Answer: 8"}"#, #""prompt" is empty"#),
    (
      #"{"prompt": "a\u0000", "answer": "Answer: 8"}"#,
      #""prompt" has a NUL (\u0000), which cannot be stored; remove it"#
    ),
    (
      #"{"prompt": "a", "answer": "8"}"#,
      #""answer" has no "Answer:", before which a response is cut: put it there, or set domain.answerMarker"#
    ),
    (
      #"{"prompt": "a", "trace": "The Answer: is 8", "answer": "Answer: 8"}"#,
      #""trace" has "Answer:", which begins an answer; choose another domain.answerMarker"#
    ),
    (
      #"{"prompt": "0 + 1 = ?", "answer": "Answer: 1"}"#,
      #"the same "prompt" as on line 1; remove one of the two"#
    ),
    (
      #"{"prompt": "a", "prompt": "b", "answer": "Answer: 8"}"#,
      #"the key "prompt" is there twice; remove one of the two"#
    ),
    (#"{"prompt": "a", "trase": "t", "answer": "Answer: 8"}"#, #"(did you mean "trace"?)"#),
    (#"{"prompt": "a", "answer": "Answer: 8", "split": "both"}"#, "allowed: train, test"),
    (#"{"prompt": "a", "answer": "Answer: 8", "cost": -1}"#, #""cost" is -1; allowed: a whole number"#),
    (#"{"prompt": "a", "answer": "Answer: 8""#, "column 38: "),
    (#""a""#, "expected an object, found the text"),
  ])
  func aBadLineIsNamed(line: String, fault: String) throws {
    try TaskFolder.with(Self.tasks + ["", line]) { folder in
      let found = try #require(folder.complaint(Self.text()))
      #expect(found.hasPrefix("own.json:1:38: error: \"tasks\": tasks.jsonl:102: "), "\(found)")
      #expect(found.contains(fault), "\(found)")
    }
  }

  @Test func theMarkerIsAnyTextThatIsNotEmpty() throws {
    try TaskFolder.with(Self.tasks.map { $0.replacingOccurrences(of: "Answer:", with: #"\n####"#) }) {
      folder in
      let configuration = try folder.configuration(Self.text(domain: ##", "answerMarker": "\n####""##))
      let parts = try configuration.domain.makeDomain().parts(of: .text("so\n#### 8"))
      #expect(parts.trace == .text("so") && parts.answer == .text("\n#### 8"))
      #expect(
        folder.complaint(Self.text(domain: #", "answerMarker": """#)) == "own.json:1:94: error: "
          + "\"answerMarker\": the marker is empty; name the text that comes before every answer")
      #expect(
        folder.complaint(Self.text(domain: #", "answerMarker": ["a"]"#))
          == "own.json:1:94: error: \"answerMarker\" must be a text, found an array")
      #expect(
        folder.complaint(Self.text(domain: ##", "answerMarker": "\n####", "answerWord": "so""##))?
          .contains("unknown key \"answerWord\" in \"domain\"") == true)
    }
  }

  @Test func whatChangesResultsIsComparedByItsBytes() throws {
    func run(_ marker: String, _ keys: String = "") throws -> RunConfiguration {
      let text = Self.text(domain: #", "answerMarker": "\#(marker)"\#(keys)"#)
      return try RunConfiguration(parsing: text, file: "own.json", loading: .nothing)
    }
    let one = try run("caf\u{E9}")
    let other = try run("cafe\u{301}")
    #expect(one != other && one.digest != other.digest && !other.continues(one))
    #expect(other.differences(from: one).count == 1)
    let slower = try run("caf\u{E9}", #", "secondsPerReply": 60, "folder": "elsewhere""#)
    #expect(slower != one && slower.digest == one.digest && slower.continues(one))
  }

  @Test func whatIsWrongWithTheConfigurationIsSaidWithNumbers() throws {
    try TaskFolder.with(Self.tasks) { folder in
      #expect(folder.complaint(Self.text()) == nil)
      func complaint(_ what: String, _ with: String) -> String {
        folder.complaint(Self.text().replacingOccurrences(of: what, with: with)) ?? "nothing"
      }
      #expect(
        complaint("\"exercises\": 60", "\"exercises\": 80").hasSuffix(
          "100 train exercises are asked for (base.exercises + rounds.count * rounds.exercises), but the "
            + "tasks have 90; ask for fewer or add tasks"))
      #expect(
        complaint("\"exercises\": 5}", "\"exercises\": 50}").hasSuffix(
          "50 test exercises are asked for (evaluation.exercises), but the tasks have 10; ask for fewer or "
            + "add tasks"))
      #expect(complaint("[\"/bin/sh\"]", "[]").hasSuffix("error: \"verifier\" must name a program"))
      #expect(complaint("/bin/sh", "./sh").hasSuffix("error: \"verifier\": sh does not exist"))
      #expect(
        complaint("tasks.jsonl", "task.jsonl").hasSuffix(
          "error: \"tasks\": task.jsonl does not exist (did you mean \"tasks.jsonl\"?)"))
      #expect(
        complaint("\"/bin/sh\"]", "\"/bin/sh\"], \"tasksSHA256\": \"0\"").contains(
          "tasks.jsonl was changed since domain.tasksSHA256 was noted"))
      #expect(
        folder.complaint(Self.text(#", "method": "bestOfReference""#)) == "own.json:4:44: error: \"method\" "
          + "is \"bestOfReference\", but text tasks come with one trace and without a search; choose another")
      #expect(folder.complaint(Self.text(#", "method": "hint""#))?.contains("choose another method") == true)
    }
  }
}
