import Determinism
import Synchronization
import Testing
import Words

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
        $0.exercise = { $1.map { $0.with(prompt: .words([Vocabulary.bos]) + $0.prompt) } }
      },
      Fault("reads prompts back to front", .words) { $0.prompt = { .words($0.words.reversed()) } },
      Fault("loses a token between trace and answer", .halves) {
        $0.parts = { ($0.trace, .words(Array($0.answer.words.dropFirst()))) }
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
      Fault("drops back to front", .dropping) { $0.dropped = { .words($0.words.reversed()) } },
      Fault("opens with the last word", .dropping) { $0.opening = .words([3]) },
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
    Fault("has short digests", .splits) { $0.exercise = { $1.map { $0.with(identityDigest: "c0ffee") } } },
    Fault("is off by one in its optimal cost", .reference) {
      $0.exercise = { $1.map { $0.with(optimalCost: ($0.optimalCost ?? 0) + 1) } }
    },
    Fault("writes a trace that is not legal", .reference) {
      $0.exercise = { $1.map { $0.with(trace: $0.trace.map { $0 + .words(Array($0.words.suffix(4))) }) } }
    },
  ]

  private static let judgeFaults = [
    Fault("accepts everything", .endings) { $0.judge = { $0.accepting(.optimal(cost: 4)) } },
    Fault("accepts everything", .answers) { $0.judge = { $0.accepting(.optimal(cost: 4)) } },
    Fault("accepts every prompt", .noise) { $0.judge = { $0.accepting(.optimal(cost: 4)) } },
    Fault("refuses everything", .reference) {
      $0.judge = { $0.accepting(.wrong(Search.Fault(kind: .missingPlan, place: .word(0), detail: ""))) }
    },
    Fault("forgives what was cut", .endings) { $0.forgives = true },
    Fault("overlooks the answer's end", .answers) { $0.overlooks = true },
    Fault("finds an answer cheaper than the optimum", .answers) {
      $0.judge = { own in own.answer.cost.map { own.accepting(.optimal(cost: $0 - 1)) } ?? own }
    },
    Fault("finds faults behind the response", .noise) {
      $0.judge = { $0.accepting(.wrong(Search.Fault(kind: .missingPlan, place: .word(9_999), detail: ""))) }
    },
    Fault("fails on what it cannot read", .noise) { $0.fails = true },
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

/// A domain with faults planted, in itself and in its capabilities.
struct Tampered: Domain, Reference, TraceVariations, TaskPictures {
  let base: any Domain
  var exercise: (@Sendable (_ index: Int, Exercise?) -> Exercise?)?
  var seed: UInt64?
  var leaks = false
  var judge: (@Sendable (Judgement) -> Judgement)?
  var forgives = false
  /// What is left over of the answer's last place is not seen.
  var overlooks = false
  /// A response without a readable plan is a failure of the judge.
  var fails = false
  var prompt: (@Sendable (Writing) -> Writing)?
  var parts: (@Sendable ((trace: Writing, answer: Writing)) -> (Writing, Writing))?
  var lines: (@Sendable ([ReferenceLine]) -> [ReferenceLine])?
  var lengths: (@Sendable ([Double]) -> [Double])?
  var frames: (@Sendable ([String]) -> [String])?
  var steps: (@Sendable ([Replay.Step]) -> [Replay.Step])?
  var entries: [TraceEntry]?
  var diagram: Diagram?
  var dropped: (@Sendable (Writing) -> Writing)?
  var opening: Writing?

  init(base: any Domain) { self.base = base }

  var name: String { base.name }
  var vocabulary: Vocabulary? { base.vocabulary }
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

  func prompt(of text: String) throws(SearchError) -> Writing {
    let read = try base.prompt(of: text)
    return prompt?(read) ?? read
  }

  func judge(
    _ response: Writing, isTerminated: Bool, to prompt: Writing
  ) throws(JudgeFailure) -> Judgement {
    let judgement = try base.judge(
      overlooks ? seen(response) : response, isTerminated: isTerminated || forgives, to: prompt)
    if fails, judgement.answer.fault?.kind == .malformedPlan { throw JudgeFailure("it cannot read this") }
    return judge?(judgement) ?? judgement
  }

  private func seen(_ response: Writing) -> Writing {
    let rest = base.parts(of: response).answer.words.count % 3
    return .words(Array(response.words.dropLast(rest)))
  }

  func parts(of response: Writing) -> (trace: Writing, answer: Writing) {
    let own = base.parts(of: response)
    return parts?(own) ?? own
  }

  // MARK: Capabilities

  var reference: (any Reference)? { base.reference == nil ? nil : self }
  var variations: (any TraceVariations)? { base.variations == nil ? nil : self }
  var pictures: (any TaskPictures)? { base.pictures == nil ? nil : self }

  func solve(_ prompt: Writing, using random: inout CounterRandom) throws(SearchError) -> Solution {
    guard let own = base.reference else { throw .unsolvable }
    return try own.solve(prompt, using: &random)
  }

  func lines(_ settings: ReferenceSettings) -> [ReferenceLine] {
    let own = base.reference?.lines(settings) ?? []
    return lines?(own) ?? own
  }

  func lengths(
    on prompt: Writing, _ settings: ReferenceSettings, index: Int
  ) throws(SearchError) -> [Double]? {
    let own = try base.reference?.lengths(on: prompt, settings, index: index)
    guard let own, let lengths else { return own }
    return lengths(own)
  }

  func dropping(
    _ level: DroppingLevel, from trace: Writing, using random: inout CounterRandom
  ) -> Writing {
    let own = base.variations?.dropping(level, from: trace, using: &random) ?? trace
    return dropped?(own) ?? own
  }

  func opening(_ mode: ResponseMode, to prompt: Writing) -> Writing? {
    opening ?? base.variations?.opening(mode, to: prompt)
  }

  func drawing(of prompt: Writing) -> String { base.pictures?.drawing(of: prompt) ?? "" }

  func frames(of response: Writing, to prompt: Writing) -> [String] {
    let own = base.pictures?.frames(of: response, to: prompt) ?? []
    return frames?(own) ?? own
  }

  func replay(of response: Writing, isTerminated: Bool, to prompt: Writing) -> Replay? {
    let own = base.pictures?.replay(of: response, isTerminated: isTerminated, to: prompt)
    guard let own, let steps else { return own }
    return Replay(board: own.board, steps: steps(own.steps))
  }

  func entries(of response: Writing, to prompt: Writing) -> [TraceEntry]? { entries }
  func diagram(of prompt: Writing) -> Diagram? { diagram }
}

extension Exercise {
  fileprivate func with(
    index: Int? = nil, split: Split? = nil, prompt: Writing? = nil, trace: Writing? = nil,
    optimalCost: Int? = nil, identityDigest: String? = nil
  ) -> Self {
    Exercise(
      index: index ?? self.index, split: split ?? self.split, prompt: prompt ?? self.prompt,
      trace: trace ?? self.trace, answer: answer, optimalCost: optimalCost ?? self.optimalCost,
      identityDigest: identityDigest ?? self.identityDigest)
  }
}

extension Judgement {
  fileprivate func accepting(_ answer: AnswerVerdict) -> Self {
    Judgement(
      answer: answer, trace: trace, clauses: clauses, closedStates: closedStates,
      isTerminated: isTerminated)
  }
}
