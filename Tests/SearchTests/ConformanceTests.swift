import Determinism
import Synchronization
import Testing

@testable import Search

/// The suite itself: each rule finds the faults that are planted for it.
struct ConformanceTests {
  struct Fault: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let rule: Conformance.Rule
    let tamper: @Sendable (inout Tampered) -> Void

    init(_ what: String, _ rule: Conformance.Rule, _ tamper: @escaping @Sendable (inout Tampered) -> Void) {
      testDescription = what
      self.rule = rule
      self.tamper = tamper
    }
  }

  static let faults: [Fault] =
    exerciseFaults + judgeFaults + [
      Fault("exercises in bos", .words) {
        $0.exercise = { $1.map { $0.with(prompt: [Vocabulary.bos] + $0.prompt) } }
      },
      Fault("reads prompts back to front", .words) { $0.prompt = { $0.reversed() } },
      Fault("loses a token between trace and answer", .halves) {
        $0.split = { ($0.trace, $0.answer.dropFirst()) }
      },
      Fault("calls its first line otherwise", .lines) {
        $0.lines = { $0.map { ReferenceLine(name: "own " + $0.name, title: $0.title) } }
      },
      Fault("has a line too many", .lines) { $0.lengths = { $0 + [1] } },
      Fault("has a negative length", .lines) { $0.lengths = { $0.map { $0 - 1 } } },
      Fault("has a length that is no number", .lines) { $0.lengths = { $0.map { $0 / 0 } } },
      Fault("has a bound above its reference", .lines) {
        $0.lines = { $0.map { ReferenceLine(name: $0.name, title: "", isBound: $0.name == "planOnly") } }
        $0.lengths = { $0.dropLast() + [1e6] }
      },
      Fault("shows nothing", .pictures) { $0.frames = { _ in [] } },
      Fault("replays all but the last step", .pictures) { $0.steps = { $0.dropLast() } },
      Fault("names an untrue entry", .pictures) {
        $0.entries = [TraceEntry(key: "a", text: "create", fault: "a whim")]
      },
      Fault("draws a node before its input", .pictures) {
        $0.diagram = Diagram(
          nodes: [
            Diagram.Node(key: "a", label: "", inputs: ["b"]), Diagram.Node(key: "b", label: "", inputs: []),
          ], output: "b")
      },
      Fault("drops back to front", .dropping) { $0.dropped = { $0.reversed() } },
      Fault("opens with the last word", .dropping) { $0.opening = 3 },
    ]

  private static let exerciseFaults = [
    Fault("leaves out every seventh that is asked for", .purity) { domain in
      let calls = Calls()
      domain.exercise = { calls.next() % 7 == 0 ? nil : $1 }
    },
    Fault("draws the same for every seed", .purity) { $0.seed = 1 },
    Fault("misnumbers its exercises", .purity) {
      $0.exercise = { $1.map { $0.with(index: $0.index + 1) } }
    },
    Fault("tests what it trains on", .splits) { $0.leaks = true },
    Fault("has short digests", .splits) { $0.exercise = { $1.map { $0.with(layoutDigest: "c0ffee") } } },
    Fault("is off by one in its optimal cost", .reference) {
      $0.exercise = { $1.map { $0.with(optimalCost: $0.optimalCost + 1) } }
    },
    Fault("writes a trace that is not legal", .reference) {
      $0.exercise = { $1.map { $0.with(trace: $0.trace + $0.trace.suffix(4)) } }
    },
  ]

  private static let judgeFaults = [
    Fault("accepts everything", .endings) { $0.judge = { $0.accepting(.optimal(cost: 4)) } },
    Fault("accepts everything", .answers) { $0.judge = { $0.accepting(.optimal(cost: 4)) } },
    Fault("accepts every prompt", .noise) { $0.judge = { $0.accepting(.optimal(cost: 4)) } },
    Fault("refuses everything", .reference) {
      $0.judge = { $0.accepting(.wrong(Search.Fault(kind: .missingPlan, position: 0, detail: ""))) }
    },
    Fault("forgives what was cut", .endings) { $0.forgives = true },
    Fault("overlooks the answer's end", .answers) { $0.overlooks = true },
    Fault("finds an answer cheaper than the optimum", .answers) {
      $0.judge = { own in own.answer.cost.map { own.accepting(.optimal(cost: $0 - 1)) } ?? own }
    },
    Fault("finds faults behind the response", .noise) {
      $0.judge = { $0.accepting(.wrong(Search.Fault(kind: .missingPlan, position: 9_999, detail: ""))) }
    },
    Fault("counts the trace otherwise", .halves) { $0.judge = { $0.counting($0.traceLength + 1) } },
  ]

  /// A maze with nothing tampered with passes, so what is found is what was planted.
  @Test func aWrapperWithoutAFaultPasses() throws {
    let found = try Self.conformance { _ in }.violations()
    #expect(found == [], "\(found.joined(separator: "\n"))")
  }

  @Test(arguments: faults) func theFaultIsFound(_ fault: Fault) throws {
    #expect(try !Self.conformance(fault.tamper).violations(of: fault.rule).isEmpty)
  }

  @Test func everyRuleHasAPlantedFault() {
    #expect(Set(Self.faults.map(\.rule)) == Set(Conformance.Rule.allCases))
  }

  private static func conformance(_ tamper: (inout Tampered) -> Void) throws -> Conformance {
    let one = try #require(DomainConformanceTests.mazes.first)
    var domain = Tampered(base: try one.make())
    tamper(&domain)
    let plain = try one.conformance(effort: 3)
    return Conformance(domain: domain, twin: domain, isRight: plain.isRight, effort: 3)
  }
}

/// How often something was asked for.
private final class Calls: Sendable {
  private let number = Mutex(0)

  func next() -> Int {
    number.withLock {
      $0 += 1
      return $0
    }
  }
}

/// A domain with faults planted.
struct Tampered: Domain {
  let base: any Domain
  var exercise: (@Sendable (_ index: Int, Exercise?) -> Exercise?)?
  var seed: UInt64?
  var leaks = false
  var judge: (@Sendable (Judgement) -> Judgement)?
  var forgives = false
  /// What is left over of the answer's last place is not seen.
  var overlooks = false
  var prompt: (@Sendable ([Token]) -> [Token])?
  var split:
    (
      @Sendable ((trace: ArraySlice<Token>, answer: ArraySlice<Token>)) -> (
        ArraySlice<Token>, ArraySlice<Token>
      )
    )?
  var lines: (@Sendable ([ReferenceLine]) -> [ReferenceLine])?
  var lengths: (@Sendable ([Double]) -> [Double])?
  var frames: (@Sendable ([String]) -> [String])?
  var steps: (@Sendable ([Replay.Step]) -> [Replay.Step])?
  var entries: [TraceEntry]?
  var diagram: Diagram?
  var dropped: (@Sendable ([Token]) -> [Token])?
  var opening: Token?

  init(base: any Domain) { self.base = base }

  var name: String { base.name }
  var vocabulary: Vocabulary { base.vocabulary }
  var terms: DomainTerms { base.terms }

  func exercise(seed: UInt64, index: Int, split: Split) -> Exercise? {
    let seed = self.seed ?? seed
    let drawn =
      leaks
      ? Split.allCases.lazy.compactMap { base.exercise(seed: seed, index: index, split: $0) }.first?
        .with(split: split)
      : base.exercise(seed: seed, index: index, split: split)
    return exercise.map { $0(index, drawn) } ?? drawn
  }

  func prompt(of text: String) throws(SearchError) -> [Token] {
    let read = try base.prompt(of: text)
    return prompt?(read) ?? read
  }

  func judge(_ response: [Token], isTerminated: Bool, to prompt: [Token]) -> Judgement {
    let judgement = base.judge(
      overlooks ? seen(response) : response, isTerminated: isTerminated || forgives, to: prompt)
    return judge?(judgement) ?? judgement
  }

  private func seen(_ response: [Token]) -> [Token] {
    let rest = base.split(response).answer.count % 3
    return Array(response.dropLast(rest))
  }

  func split(_ response: [Token]) -> (trace: ArraySlice<Token>, answer: ArraySlice<Token>) {
    let parts = base.split(response)
    return split?(parts) ?? parts
  }

  func referenceLines(_ settings: ReferenceSettings) -> [ReferenceLine] {
    let own = base.referenceLines(settings)
    return lines?(own) ?? own
  }

  func referenceLengths(of prompt: [Token], _ settings: ReferenceSettings, index: Int) throws -> [Double] {
    let own = try base.referenceLengths(of: prompt, settings, index: index)
    return lengths?(own) ?? own
  }

  func trace(_ trace: [Token], dropping level: DroppingLevel, using random: inout CounterRandom) -> [Token] {
    let own = base.trace(trace, dropping: level, using: &random)
    return dropped?(own) ?? own
  }

  func opening(_ mode: ResponseMode, to prompt: [Token]) -> Token? {
    opening ?? base.opening(mode, to: prompt)
  }

  func solve(_ prompt: [Token], using random: inout CounterRandom) throws(SearchError) -> Solution {
    try base.solve(prompt, using: &random)
  }

  func drawing(of prompt: [Token]) -> String { base.drawing(of: prompt) }

  func frames(of response: [Token], to prompt: [Token]) -> [String] {
    let own = base.frames(of: response, to: prompt)
    return frames?(own) ?? own
  }

  func replay(of response: [Token], isTerminated: Bool, to prompt: [Token]) -> Replay? {
    let own = base.replay(of: response, isTerminated: isTerminated, to: prompt)
    guard let own, let steps else { return own }
    return Replay(board: own.board, steps: steps(own.steps))
  }

  func entries(of response: [Token], to prompt: [Token]) -> [TraceEntry]? { entries }
  func diagram(of prompt: [Token]) -> Diagram? { diagram }
}

extension Exercise {
  fileprivate func with(
    index: Int? = nil, split: Split? = nil, prompt: [Token]? = nil, trace: [Token]? = nil,
    optimalCost: Int? = nil, layoutDigest: String? = nil
  ) -> Self {
    Exercise(
      index: index ?? self.index, split: split ?? self.split, prompt: prompt ?? self.prompt,
      trace: trace ?? self.trace, answer: answer, optimalCost: optimalCost ?? self.optimalCost,
      layoutDigest: layoutDigest ?? self.layoutDigest)
  }
}

extension Judgement {
  fileprivate func accepting(_ answer: AnswerVerdict) -> Self {
    Judgement(
      answer: answer, trace: trace, traceLength: traceLength, clauses: clauses, expansions: expansions,
      isTerminated: isTerminated)
  }

  fileprivate func counting(_ traceLength: Int) -> Self {
    Judgement(
      answer: answer, trace: trace, traceLength: traceLength, clauses: clauses, expansions: expansions,
      isTerminated: isTerminated)
  }
}
