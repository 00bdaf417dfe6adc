import Configuration
import ExpertIteration
import JSON
import Testing

@testable import Reading

/// A* and the judge, a line in and a line out: `searchformer.md`'s figure 1 and its odd neighbours.
@Suite struct TraceLinesTests {
  static func lines(order: String = "deterministic") throws -> TraceLines {
    try TraceLines(
      domain: DomainConfiguration(kind: "maze", width: 3, height: 3, grammar: nil).ordered(order), seed: 1)
  }

  static let answer = """
    {"answer":"\(StoredRun.plan)","closedStates":4,"expanded":4,"plan":"\(StoredRun.plan)",\
    "prompt":"\(StoredRun.figure)","trace":"\(StoredRun.trace)"}
    """

  @Test func thePapersExampleIsReproduced() throws {
    #expect(try Self.lines().search(StoredRun.figure, line: 1) == .init(json: Self.answer, error: nil))
    #expect(try Self.lines().search("  \(StoredRun.figure)\t", line: 9).json == Self.answer)
  }

  @Test func aTaskWithoutASolutionHasNoPlan() throws {
    let prompt = "start 0 0 goal 0 2 wall 0 1 wall 1 1 wall 2 1"
    let trace = """
      create 0 0 c0 c2 close 0 0 c0 c2 create 1 0 c1 c3 close 1 0 c1 c3 create 2 0 c2 c4 close 2 0 c2 c4
      """
    #expect(
      try Self.lines().search(prompt, line: 1)
        == .init(
          json: #"{"answer":null,"closedStates":3,"expanded":3,"plan":null,"prompt":"\#(prompt)","#
            + #""trace":"\#(trace)"}"#, error: nil))
    let verdict = try Self.lines().verify(try Self.lines().search(prompt, line: 1).json, line: 1)
    #expect(verdict.error == nil && verdict.json.hasPrefix(#"{"correct":false,"fault":""#))
  }

  @Test func aPromptThatCannotBeReadIsNamedWithItsLine() throws {
    let answer = try Self.lines().search("start 0 2 gaol 1 0", line: 12)
    #expect(
      answer.error == "line 12: token 3: \"gaol\" is not a word of this vocabulary; the nearest is \"goal\"")
    #expect(answer.json.contains(#","error":"line 12: token 3: "#))
    #expect(try Self.lines().search("", line: 3).error == "line 3: token 0: no start")
    #expect(
      try Self.lines().search("start 0 2 goal 1 5", line: 7).error
        == "line 7: token 3: \"goal 1 5\" is outside the 3x3 board; x goes from 0 to 2, y from 0 to 2: "
        + "name another cell or choose a larger board")
  }

  @Test(arguments: [
    (
      StoredRun.trace + " " + StoredRun.plan,
      #"{"correct":true,"fault":null,"legal":true,"optimal":true,"sound":true,"traceLength":45}"#
    ),
    (
      StoredRun.kept + " " + StoredRun.plan,
      #"{"correct":true,"fault":"token 25: 1 1, beside the closed 0 1, was not created with g "#
        + #"2","legal":false,"#
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
    for (place, position) in [("trace", 5), ("plan", 48)] {
      let response =
        place == "trace" ? "create 0 2 c0 c3 fly 0 0 \(StoredRun.plan)" : "\(StoredRun.trace) plan 0 2 fly"
      let named = try Self.lines().verify(
        #"{"prompt": "\#(StoredRun.figure)", "response": "\#(response)"}"#, line: 1)
      let fault = "token \(position): \"fly\" is not a word of this vocabulary"
      #expect(named.error == nil)
      #expect(named.json.contains("\"fault\":\(fault.jsonQuoted),"), "\(named.json)")
    }
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
    (
      #"{"prompt": "", "response": "", "prompt": ""}"#,
      "line 4: column 32: the key \"prompt\" is there already, at column 2; remove one of the two"
    ),
    (#"{"prompt": "start 0 0", "response": ""}"#, "line 4: prompt, token 3: no goal"),
    ("{\"prompt\": \"a\" \"b\"}", "line 4: column 16: expected \",\" or \"}\", found \"\"\""),
  ])
  func anUnreadableLineGetsAVerdictThatSaysWhy(text: String, reason: String) throws {
    let answer = try Self.lines().verify(text, line: 4)
    #expect(answer.error == reason)
    let parts = [
      #"{"correct":false,"fault":\#(reason.jsonQuoted),"legal":false,"#,
      #""optimal":false,"sound":false,"traceLength":0}"#,
    ]
    #expect(answer.json == parts.joined())
  }

  @Test func unknownNamesListTheKnownOnes() {
    func complaint(_ kind: String, _ grammar: String?, _ order: String?) -> String {
      do {
        _ = try DomainConfiguration(kind: kind, width: 3, height: 3, grammar: grammar).ordered(order)
        return ""
      } catch {
        return "error: \(error)"
      }
    }
    #expect(complaint("chess", nil, nil) == "error: --domain chess is unknown; known: maze, sokoban")
    #expect(complaint("maze", "x", nil) == "error: --grammar x is unknown; known: searchformer, cell")
    #expect(
      complaint("maze", nil, "y")
        == "error: --order y is unknown; known: coin, deterministic, randomKey, fifo, lifo, smallerH")
  }
}
