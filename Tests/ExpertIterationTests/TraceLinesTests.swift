import Testing

@testable import ExpertIteration

/// A* and the judge, a line in and a line out: `searchformer.md`'s figure 1 and its odd neighbours.
@Suite struct TraceLinesTests {
  static func lines(order: String = "deterministic") throws -> TraceLines {
    try TraceLines(
      domain: DomainConfiguration(kind: "maze", width: 3, height: 3, grammar: nil, order: order), seed: 1)
  }

  static let answer = """
    {"expanded":4,"plan":"\(StoredRun.plan)","prompt":"\(StoredRun.figure)","trace":"\(StoredRun.trace)"}
    """

  @Test func thePapersExampleIsReproduced() throws {
    #expect(try Self.lines().search(StoredRun.figure, line: 1) == .init(json: Self.answer, error: nil))
    #expect(try Self.lines().search("  \(StoredRun.figure)\t", line: 9).json == Self.answer)
  }

  @Test func aTaskWithoutASolutionHasNoPlan() throws {
    let prompt = "start 0 0 goal 0 2 wall 0 1 wall 1 1 wall 2 1"
    #expect(
      try Self.lines().search(prompt, line: 1)
        == .init(json: #"{"expanded":null,"plan":null,"prompt":"\#(prompt)","trace":null}"#, error: nil))
  }

  @Test func aPromptThatCannotBeReadIsNamedWithItsLine() throws {
    let answer = try Self.lines().search("start 0 2 gaol 1 0", line: 12)
    #expect(
      answer.error == "line 12: token 3: \"gaol\" is not a word of this vocabulary; the nearest is \"goal\"")
    #expect(answer.json.hasPrefix(#"{"error":"line 12: token 3: "#))
    #expect(try Self.lines().search("", line: 3).error?.hasPrefix("line 3: ") == true)
  }

  @Test(arguments: [
    (
      StoredRun.trace + " " + StoredRun.plan,
      #"{"correct":true,"fault":null,"legal":true,"optimal":true,"sound":true,"traceLength":45}"#
    ),
    (
      StoredRun.kept + " " + StoredRun.plan,
      #"{"correct":true,"fault":"token 25: 1 1, beside the closed 0 1, was not created with g 2","legal":false,"#
        + #""optimal":true,"sound":true,"traceLength":40}"#
    ),
  ])
  func verdictsHaveAFixedForm(response: String, expected: String) throws {
    let answer = try Self.lines().verify(
      #"{"prompt": "\#(StoredRun.figure)", "response": "\#(response)"}"#, line: 1)
    #expect(answer == .init(json: expected, error: nil))
  }

  @Test func whatSearchPrintsIsVerified() throws {
    let verdict = try Self.lines().verify(Self.answer, line: 1)
    #expect(
      verdict.json
        == #"{"correct":true,"fault":null,"legal":true,"optimal":true,"sound":true,"traceLength":45}"#)
  }

  @Test func aCutResponseIsWrong() throws {
    let text = #"{"prompt": "\#(StoredRun.figure)", "response": "\#(StoredRun.trace) \#(StoredRun.plan)", "#
    let answer = try Self.lines().verify(text + #""terminated": false}"#, line: 1)
    #expect(answer.json.hasPrefix(#"{"correct":false,"fault":"token 57: "#))
    #expect(answer.error == nil)
  }

  @Test func aWordOutsideTheVocabularyIsAFaultOfTheResponse() throws {
    let answer = try Self.lines().verify(
      #"{"prompt": "\#(StoredRun.figure)", "response": "create 0 2 c0 c3 fly 0 0"}"#, line: 1)
    #expect(answer.error == nil)
    #expect(answer.json.contains(#""correct":false"#))
  }

  @Test(arguments: [
    ("", "line 4: column 1: the file is empty; expected a JSON object"),
    ("[1]", "line 4: expected an object, found an array"),
    ("{\"prompt\": 1}", "line 4: \"prompt\" must be a text, found 1"),
    ("{\"response\": \"\"}", "line 4: \"prompt\" is missing"),
    ("{\"prompt\": \"start 0 0\"}", "line 4: \"response\" is missing"),
    (
      "{\"prompt\": \"\", \"response\": \"\", \"terminated\": 1}",
      "line 4: \"terminated\" must be true or false"
    ),
    ("{\"prompt\": \"a\" \"b\"}", "line 4: column 16: expected \",\" or \"}\", found \"\"\""),
  ])
  func anUnreadableLineGetsAVerdictThatSaysWhy(text: String, reason: String) throws {
    let answer = try Self.lines().verify(text, line: 4)
    #expect(answer.error == reason)
    #expect(
      answer.json
        == #"{"correct":false,"fault":\#(quoted(reason)),"legal":false,"optimal":false,"sound":false,"traceLength":0}"#
    )
  }

  @Test func unknownNamesListTheKnownOnes() {
    func complaint(_ kind: String, _ grammar: String?, _ order: String?) -> String {
      do {
        _ = try DomainConfiguration(kind: kind, width: 3, height: 3, grammar: grammar, order: order)
        return ""
      } catch {
    (
      #"{"prompt": "", "response": "", "prompt": ""}"#,
      "line 4: column 32: the key \"prompt\" is there already, at column 2; remove one of the two"
    ),
    (#"{"prompt": "start 0 0", "response": ""}"#, "line 4: prompt, token 3: no goal"),
        return Failure(error).message
      }
    }
    #expect(complaint("chess", nil, nil) == "error: --domain chess is unknown; known: maze")
    #expect(complaint("maze", "x", nil) == "error: --grammar x is unknown; known: searchformer, cell")
    #expect(
      complaint("maze", nil, "y")
        == "error: --order y is unknown; known: coin, deterministic, randomKey, fifo, lifo, smallerH")
  }
}
