import Configuration
import ExpertIteration
import Testing
import Text

@testable import Reading
@testable import Report

@Suite struct PageTests {
  static let rounds = [Fixture.round(0), Fixture.round(1, optimal: 75, shorter: 10.5)]

  private func page(_ facts: RunFacts) throws -> String {
    Page(facts: facts, examples: .success([try Fixture.example()])).html
  }

  @Test func everyElementIsClosed() throws {
    let pages = [
      try page(Fixture.facts(rounds: Self.rounds)),
      Page(facts: Fixture.facts(rounds: []), examples: .failure(.noRound)).html,
      Page(
        facts: Fixture.facts(rounds: [Fixture.round(0, state: .running(.train), optimal: nil, shorter: nil)]),
        examples: .failure(.noRound), isLive: true
      ).html,
    ]
    for html in pages { #expect(Self.unbalanced(html) == nil) }
  }

  @Test func votesAreDrawnForTheFirstAndTheLastRound() throws {
    let budgets = [0, 1].flatMap { round in
      (1...3).map { responses in
        Budget(
          round: round, set: "test", responses: responses, tokens: Double(100 * responses - 20 * round),
          majorityPercent: Estimate(value: 80 + Double(responses), interval: nil),
          anyPercent: Estimate(value: 90, interval: nil))
      }
    }
    let facts = Fixture.facts(rounds: Self.rounds, budgets: budgets)
    let drawing = try #require(facts.drawings().first { $0.name == "budget" }).draw(880).standalone
    #expect(drawing.contains(">round 0<") && drawing.contains(">round 1<"))
    #expect(try page(facts).contains("data-figure=\"budget\""))
    #expect(!Fixture.facts(rounds: Self.rounds).drawings().contains { $0.name == "budget" })
  }

  @Test func thePageNeedsNoOtherFile() throws {
    let html = try page(Fixture.facts(rounds: Self.rounds))
    #expect(
      !html.contains("http") && !html.contains("src=") && !html.contains("@import") && !html.contains("url("))
    #expect(html.utf8.count < 5_000_000)
  }

  @Test func theSameRowsGiveTheSameBytes() throws {
    let facts = Fixture.facts(rounds: Self.rounds)
    #expect(try page(facts) == page(facts))
  }

  @Test func textOfTheRunIsEscaped() throws {
    let html = try page(Fixture.facts(name: "</title><script>alert('1')</script>", rounds: Self.rounds))
    #expect(!html.contains("<script>alert") && !html.contains("<median>"))
    #expect(html.contains("&lt;/title&gt;&lt;script&gt;alert(&#39;1&#39;)"))
    #expect(ExampleSection.quoted("</script>\n\"\\") == "\"\\u003c/script>\\u000a\\\"\\\\\"")
  }

  @Test func theHeadlineHasItsBaseAndEveryFigureItsSource() throws {
    let html = try page(Fixture.facts(rounds: Self.rounds))
    let plain = html.replacing(/<[^>]*>/, with: "").replacing("\u{A0}", with: " ")
    #expect(
      plain.contains(
        "After round 1 the traces are 10.5 % shorter than in round 0, paired on 90 test tasks solved "
          + "optimally in both (95 % interval 9.5 to 11.5), 5.0 % shorter than A* with a coin per tie and "
          + "5.0 % shorter than the shortest run that A* can have on the tasks it solves. Optimal answers "
          + "(pass@1): 70.0 % → 75.0 %."))
    #expect(
      html.contains(
        "<td data-view=\"rounds_summary\" data-column=\"legal_pct\" data-where=\"round = 1\">40.0</td>"))
  }

  @Test func lengthsAreCountedInThePagesUnit() throws {
    let html = Page(
      facts: Fixture.facts(rounds: Self.rounds, unit: LengthUnit(name: "characters")),
      examples: .success([try Fixture.example()])
    ).html
    #expect(html.contains(">characters a trace</text>") && html.contains(">A* characters</th>"))
    let words = html.replacing(
      /<(style|script|pre)[^>]*>.*?<\/(style|script|pre)>/.dotMatchesNewlines(), with: ""
    )
    .replacing(/<[^>]*>/, with: " ")
    #expect(!words.contains("tokens"))
  }

  @Test func aRunWithoutAnEvaluatedRoundSaysSo() {
    let nothing = Page(facts: Fixture.facts(rounds: []), examples: .failure(.noRound)).html
    #expect(nothing.contains("No round has begun."))
    let training = Fixture.round(0, state: .running(.train), optimal: nil, shorter: nil)
    let begun = Page(facts: Fixture.facts(rounds: [training]), examples: .failure(.noRound)).html
    #expect(begun.contains("No round has been evaluated yet."))
  }

  @Test func whatIsMissingForExamplesIsSaid() {
    let missing = ExamplesMissing.noCheckpoint(detail: "checkpoints/r00.safetensors is missing or damaged.")
    let html = Page(facts: Fixture.facts(rounds: Self.rounds), examples: .failure(missing)).html
    #expect(html.contains("The weights cannot be read: checkpoints/r00.safetensors is missing or damaged."))
    #expect(!html.contains("replay-data\""))
  }

  @Test func untrueStepsAreMarkedOnTheBoard() throws {
    let html = try page(Fixture.facts(rounds: Self.rounds))
    #expect(html.contains("[\"create\",3,\"create 0 1 c1 c1\",1,\"token 14: h of 0 1 is 2, not 1\"]"))
    #expect(html.contains("2 untrue steps (✕)."))
    #expect(html.contains("[\"plan\",4,\"plan 1 1\",1,\"token 18: the plan jumps from 0 2 to 1 1\"]"))
  }

  @Test func otherRunsStandBeside() throws {
    let run = Comparison.ComparedRun(
      directory: "/home/someone/runs/continued", method: .continued, curation: .sound, seed: 1, round: 1,
      tasks: 90,
      optimalPercent: 72, above: Estimate(value: -3, interval: Interval(low: -4, high: -2)), pairs: 80,
      tokens: 101,
      shorter: nil, soundPercent: 80, legalPercent: 40, trainTokens: 1, sampledTokens: 1, seconds: 1)
    let page = Page(
      facts: Fixture.facts(rounds: Self.rounds), examples: .failure(.noRound), comparison: [run, run])
    #expect(page.html.contains("Beside other runs") && page.html.contains("-4.0 to -2.0"))
    #expect(!page.html.contains("someone"))
    #expect(!page.html.contains("is the baseline that tells"))
  }

  /// The first tag that is not closed where it should be, or a mark that should be escaped; nil: none.
  static func unbalanced(_ html: String) -> String? {
    let void: Set<Substring> = ["br", "input", "meta", "!DOCTYPE"]
    var open: [Substring] = []
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      guard let end = rest[start...].firstIndex(of: ">") else { return String(rest[start...].prefix(40)) }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      let name = tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "/" }
      if tag.hasPrefix("/") {
        if open.popLast() != name { return "</\(name)>" }
      } else if !tag.hasSuffix("/"), !void.contains(name) {
        open.append(name)
        if name == "script" || name == "style", let close = rest.firstRange(of: "</\(name)>") {
          rest = rest[close.lowerBound...]
        }
      }
    }
    return open.last.map { "<\($0)> stays open" }
  }
}
