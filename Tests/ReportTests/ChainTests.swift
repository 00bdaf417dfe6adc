import Configuration
import ExpertIteration
import Testing

@testable import Reading
@testable import Report
@testable import Search

/// Domains without a board, and without answers that are better than others.
@Suite struct ChainTests {
  private static let reference = ["@1 3", "@2 1", "@3 0"].map(entry)

  private static func entry(_ text: String) -> TraceEntry {
    TraceEntry(key: String(text.prefix(2)), text: text)
  }

  private static let untrue = TraceEntry(key: "@2", text: "@2 4", fault: "after step 2 the value is 1")

  private static func facts(_ rounds: [RoundSummary], below: Double = 0) -> RunFacts {
    Fixture.facts(
      terms: .chain,
      lines: [
        (ReferenceLine(name: "reference", title: "the whole chain"), 6),
        (
          ReferenceLine(
            name: "floor", title: "those of the entries that no chain of single steps can do without",
            phrase: "the fewest single steps", isBound: true), 0
        ),
      ], rounds: rounds, below: below)
  }

  private static func example(diagram: Diagram? = nil) throws -> ExampleTask {
    func response(_ origin: String, _ entries: [TraceEntry], isSound: Bool = true) -> ExampleTask.Response {
      let length = 2 * entries.count
      let judgement = Judgement(
        answer: .optimal(cost: 4),
        trace: isSound
          ? .sound(firstIllegality: Fault(kind: .emptyTrace, place: .word(0), detail: ""))
          : .unsound(Fault(kind: .emptyTrace, place: .word(0), detail: "")),
        clauses: entries.count, closedStates: 0, isTerminated: true)
      return ExampleTask.Response(
        origin: origin, sample: origin == "the full chain" ? nil : 1, samples: 8,
        trace: entries.map(\.text).joined(separator: " "), answer: "ans 2",
        verdict: ShownVerdict(judgement, traceLength: length),
        replay: nil, entries: entries)
    }
    return ExampleTask(
      reason: "the <median> saving", exercise: 7, prompt: "3 5 6 2 =", optimalCost: 4, references: [],
      diagram: diagram,
      responses: [
        response("the full chain", reference), response("round 0", [reference[0], untrue], isSound: false),
        response("round 1", []),
      ])
  }

  private static func words(_ html: String) -> String {
    html.replacing(/<(style|script)[^>]*>.*?<\/(style|script)>/.dotMatchesNewlines(), with: "")
      .replacing(/<details.*?<\/details>/.dotMatchesNewlines(), with: "")
      .replacing(/<[^>]*>/, with: " ").replacing("\u{A0}", with: " ")
  }

  @Test func aStripSaysWhatIsKeptLeftOutNewAndUntrue() {
    let added = Self.entry("@9 5")
    let strip = ChainStrip([Self.reference[0], Self.untrue, added], along: Self.reference)
    #expect(strip.pieces.map(\.state) == [.kept, .untrue, .skipped, .added])
    #expect(strip.pieces.map(\.text) == ["@1 3", "@2 4", "@3 0", "@9 5"])
    #expect(strip.pieces[1].fault == "after step 2 the value is 1")
    #expect(strip.states == ["@1": .kept, "@2": .untrue, "@3": .skipped, "@9": .added])
    #expect(ChainStrip([], along: []).pieces.isEmpty)
  }

  /// An entry out of its order is left out there and new here.
  @Test func whatIsWrittenCountsBeforeWhatIsLeftOut() {
    let strip = ChainStrip([Self.reference[1], Self.reference[0]], along: Array(Self.reference.prefix(2)))
    #expect(strip.pieces.map(\.state).sorted { $0.rawValue < $1.rawValue } == [.added, .kept, .skipped])
    #expect(!strip.states.values.contains(.skipped))
  }

  @Test func thePageSpeaksOfChains() throws {
    let rounds = [Fixture.round(0), Fixture.round(1, optimal: 75, shorter: 50)]
    let html = Page(facts: Self.facts(rounds), examples: .success([try Self.example()])).html
    #expect(PageTests.unbalanced(html) == nil)
    let words = Self.words(html)
    for foreign in ["A*", "optimal", "run of the search", "closes", "clause"] {
      #expect(
        !words.contains(foreign),
        "\(foreign): \(words.firstRange(of: foreign).map { words[$0.lowerBound...].prefix(80) } ?? "")")
    }
    #expect(
      words.contains("5.0 %  shorter than the whole chain and  5.0 %  shorter than the fewest single steps"))
    #expect(words.contains("Right answers (pass@1):  70.0 %"))
    #expect(html.contains("<th scope=\"col\" title=\"of the samples, pass@1\">correct %</th>"))
    #expect(html.contains("<span class=\"untrue\" title=\"after step 2 the value is 1\">✕ @2 4</span>"))
    #expect(words.contains("4 tokens in 2 entries; correct answer, untrue trace."))
    #expect(words.contains("1 of 3 stand as in the full chain. 1 untrue (✕)."))
    #expect(!html.contains("id=\"replay\"") && !html.contains("<median>"))
  }

  @Test func stridesAreDrawnRoundByRound() throws {
    let rounds = [Fixture.round(0), Fixture.round(1), Fixture.round(2)]
    let counts = [(1, 1, 30), (1, 3, 10), (2, 4, 5)].map {
      RunFacts.StrideCount(round: $0, stride: $1, count: $2)
    }
    let facts = Fixture.facts(terms: .chain, rounds: rounds, strides: counts)
    let drawing = try #require(facts.drawings().first { $0.name == "strides" }).draw(880).standalone
    // (30 + 3 * 10) / 40, and 4.
    #expect(drawing.contains("mean 1.5") && drawing.contains("mean 4.0"))
    #expect(Page(facts: facts, examples: .failure(.whileRunning)).html.contains("data-figure=\"strides\""))
    #expect(!Self.facts(rounds).drawings().contains { $0.name == "strides" })
  }

  @Test func luckIsToldBesideSoundness() {
    let rounds = [Fixture.round(0), Fixture.round(1)]
    let text = "one drawn blindly is true with a chance of 90.0 %"
    func page(_ level: ChanceLevel?) -> String {
      Page(
        facts: Fixture.facts(terms: .chain, rounds: rounds, chanceLevel: level),
        examples: .failure(.whileRunning)
      ).html
    }
    #expect(page(ChanceLevel(percent: 90)).contains(text) && !page(nil).contains(text))
  }

  /// A trace of no token at all is a result like any other.
  @Test func noTraceIsAHundredPercentShorter() throws {
    let rounds = [
      Fixture.round(0), Fixture.round(1, optimal: 75, shorter: 40),
      Fixture.round(2, optimal: 80, shorter: 100),
    ]
    let facts = Self.facts(rounds)
    let html = Page(facts: facts, examples: .failure(.whileRunning)).html
    #expect(PageTests.unbalanced(html) == nil)
    #expect(Self.words(html).contains("the traces are  100.0 %  shorter"))
    for one in facts.drawings() {
      let drawing = one.draw(880).standalone
      #expect(!drawing.contains("nan") && !drawing.contains("inf"), "\(one.name)")
    }
    // A bound of nothing is drawn, as the traces may come to it.
    let length = try #require(facts.drawings().first { $0.name == "length" })
    #expect(length.draw(880).standalone.contains("the fewest single steps"))
  }

  @Test func skippingStepsIsALimitOfChainsAndAFaultOfSearches() {
    let rounds = [Fixture.round(0), Fixture.round(1, optimal: 75, shorter: 40, legal: 3)]
    let texts = [
      "The share of legal traces fell from 40.0 % in round 0 to 3.0 %: more of them skip steps.",
      "On 30.0 % of the solved tasks the mean trace is shorter than any chain of single steps can be. Such a "
        + "chain skips some.",
    ]
    let findings = Self.facts(rounds, below: 30).findings(beside: [])
    for text in texts { #expect(findings.contains(.limit(text)), "\(findings)") }
    #expect(Fixture.facts(rounds: rounds, below: 30).findings(beside: []).count { $0.weight == .fault } == 2)
  }

  // MARK: - Diagrams

  /// Gates 1 and 2, 3 = NOT 1, 4 = 2 AND 3, 5 = 1 OR 3, 6 = NOT 4.
  private static let circuit = Diagram(
    nodes: [
      Diagram.Node(key: "1", label: "1 TRUE", inputs: []),
      Diagram.Node(key: "2", label: "2 FALSE", inputs: []),
      Diagram.Node(key: "3", label: "3 NOT", inputs: ["1"]),
      Diagram.Node(key: "4", label: "4 AND", inputs: ["2", "3"]),
      Diagram.Node(key: "5", label: "5 OR", inputs: ["1", "3"]),
      Diagram.Node(key: "6", label: "6 <NOT>", inputs: ["4"]),
    ], output: "6")

  @Test func aNodeStandsBelowItsInputs() {
    let drawing = DiagramDrawing(diagram: Self.circuit, states: [:], label: "")
    #expect(drawing.rows == [["1", "2"], ["3"], ["5", "4"], ["6"]])
    let wide = Diagram(
      nodes: (1...12).map { Diagram.Node(key: "\($0)", label: "", inputs: []) }, output: "12")
    #expect(DiagramDrawing(diagram: wide, states: [:], label: "").rows.map(\.count) == [5, 5, 2])
  }

  @Test func writtenNodesAreMarked() throws {
    let html = Page(
      facts: Self.facts([Fixture.round(0), Fixture.round(1, shorter: 50)]),
      examples: .success([try Self.example(diagram: Self.circuit)])
    ).html
    #expect(PageTests.unbalanced(html) == nil)
    let drawing = DiagramDrawing(
      diagram: Self.circuit, states: ["3": .kept, "4": .untrue, "5": .skipped], label: "a circuit"
    ).markup.html
    for name in ["kept", "untrue", "skipped", "plain output"] {
      #expect(drawing.contains("<g class=\"\(name)\">"), "\(name)")
    }
    #expect(drawing.contains("✕ 4 AND") && drawing.contains("6 &lt;NOT&gt;"))
    #expect(html.components(separatedBy: "class=\"diagram\"").count == 4)
  }
}
