import Testing
import Words

@testable import Search

/// The chain entry by entry, and circuits as drawings, on the worked examples.
@Suite struct SerialShowingTests {
  private func entries(
    _ words: String, of prompt: String, _ problem: SerialSettings.Problem, positions: Bool = true
  )
    throws -> [TraceEntry]?
  {
    var settings = SerialSettings(problem)
    settings.positions = positions
    let domain = try settings.makeDomain()
    let response = domain.words.tokens(of: words, replacingUnknownBy: -1)
    return domain.entries(of: response, to: try domain.words.tokens(of: prompt))
  }

  @Test func anEntryIsNamedByItsStep() throws {
    let sum = SerialSettings.Problem.modularAddition(ModularAddition(modulus: 7))
    #expect(
      try entries("@1 3 @2 1 @3 0 ans 2", of: "3 5 6 2 =", sum) == [
        TraceEntry(key: "1", text: "@1 3"), TraceEntry(key: "2", text: "@2 1"),
        TraceEntry(key: "3", text: "@3 0"),
      ])
    let faulty = try entries("@3 0 @2 4 3 3 ans 2", of: "3 5 6 2 =", sum)
    #expect(faulty?.map(\.key) == ["3", "2", "3 3"])
    #expect(faulty?[0].fault == nil)
    #expect(faulty?[1].fault == "after step 2 the value is 1, not 4")
    #expect(faulty?[2].fault == "\"3\" does not fit into an entry")
    #expect(try entries("3 0 ans 2", of: "3 5 6 2 =", sum, positions: false)?.map(\.key) == ["3", "0"])
    #expect(try entries("ans 2", of: "3 5 6 2 =", sum) == [])
    #expect(try entries("ans 2", of: "3 5 6 2", sum) == nil)
  }

  @Test func aCircuitIsDrawnByItsGates() throws {
    let domain = try SerialSettings(.circuitValue(.deep)).makeDomain()
    let prompt = try domain.words.tokens(
      of: "TRUE NA NA 1 FALSE NA NA 2 NOT 1 NA 3 AND 2 3 4 OR 1 3 5 NOT 4 NA 6 =")
    let diagram = try #require(domain.diagram(of: prompt))
    #expect(diagram.nodes.map(\.label) == ["1 TRUE", "2 FALSE", "3 NOT", "4 AND", "5 OR", "6 NOT"])
    #expect(diagram.nodes.map(\.inputs) == [[], [], ["1"], ["2", "3"], ["1", "3"], ["4"]])
    #expect(diagram.output == "6")
    let keys = domain.entries(of: try domain.words.tokens(of: "4 FALSE ans TRUE"), to: prompt)?.map(
      \.key)
    #expect(keys == ["4"])
    #expect(domain.diagram(of: []) == nil)
    let sum = try SerialSettings(.modularAddition(ModularAddition(modulus: 7))).makeDomain()
    #expect(sum.diagram(of: try sum.words.tokens(of: "3 5 6 2 =")) == nil)
  }
}
