import Determinism
import Testing
import Words

@testable import Search

/// What a model's traces on levels are compared with.
struct SokobanReferenceTests {
  /// On the paper's levels the smaller h first was measured to take 0.765 +- 0.005 of the random order's
  /// tokens by others' code, and the best of 8 runs 0.865.
  @Test func theSmallerHFirstTakesThreeQuartersOfTheTokens() throws {
    let domain = try SokobanDomain(SokobanSettings())
    let settings = ReferenceSettings(seed: 1, runs: 8, samples: 8)
    let names = domain.referenceLines(settings).map(\.name)
    #expect(names == ["reference", "bestOfReference", "lifo", "smallerH", "pathOnly", "planOnly"])
    var sums = [Double](repeating: 0, count: names.count)
    for exercise in domain.exercises(seed: 2, count: 250) {
      let lengths = try domain.referenceLengths(of: exercise.prompt, settings, index: exercise.index)
      #expect(lengths == (try domain.referenceLengths(of: exercise.prompt, settings, index: exercise.index)))
      for (index, length) in lengths.enumerated() { sums[index] += length }
      #expect(lengths[0...3].allSatisfy { $0 >= lengths[4] } && lengths[5] == 0)
      #expect(Double(exercise.trace.count) >= lengths[4])
    }
    #expect(abs(sums[1] / sums[0] - 0.865) < 0.04, "\(sums)")
    #expect(abs(sums[3] / sums[0] - 0.765) < 0.04, "\(sums)")
  }

  @Test func theBareTraceOfAnOptimalPlanIsSoundAndNoOptimalPlanHasAShorter() throws {
    let level = try SokobanLevel(xsb: "#######\n#@ $ .#\n#     #\n#     #\n#######")
    let domain = try SokobanDomain(SokobanSettings(width: 7, height: 5, boxes: 1, innerWalls: 0))
    let reference = SokobanReference(language: domain.language, tieBreak: .coin, costWords: 64)
    // Three states with their box off the dock, nine tokens a clause, and the last with six.
    #expect(reference.barePathLength(level) == 2 * (3 * 9 + 6))
    let sealed = try SokobanLevel(xsb: "#######\n#@ $#.#\n#   ###\n#     #\n#######")
    #expect(reference.barePathLength(sealed) == nil)
    #expect(throws: SearchError.unsolvable) {
      try domain.referenceLengths(
        of: domain.language.prompt(sealed), ReferenceSettings(seed: 1, runs: 1, samples: 1), index: 0)
    }
  }

  @Test func droppingLeavesTheClausesThatStay() throws {
    let domain = try SokobanDomain(SokobanSettings(maximumTraceTokens: 900))
    let exercise = try #require(domain.exercises(seed: 3, count: 1).first)
    var random = CounterRandom(key: 1)
    func words(_ level: DroppingLevel) -> [Substring] {
      domain.words.text(of: domain.trace(exercise.trace, dropping: level, using: &random)).split(
        separator: " ")
    }
    let whole = words(.none)
    let creates = whole.count { $0 == "create" }
    #expect(words(.closes).count { $0 == "create" } == creates && !words(.closes).contains("close"))
    #expect(words(.costs) == words(.closes).filter { !$0.hasPrefix("c") || $0 == "create" })
    #expect(words(.clauses).count { $0 == "create" } < creates && !words(.clauses).isEmpty)
    #expect(words(.all).isEmpty)
    #expect(domain.opening(.auto, to: exercise.prompt) == nil)
    #expect(domain.opening(.slow, to: exercise.prompt) == exercise.trace.first)
    #expect(domain.opening(.fast, to: exercise.prompt) == exercise.answer.first)
  }

  @Test func aResponseIsShownClauseByClauseAndStepByStep() throws {
    let domain = try SokobanDomain(SokobanSettings(width: 7, height: 5, boxes: 1, innerWalls: 0))
    let prompt = try domain.promptTokens(of: "#######\n#@ $ .#\n#     #\n#     #\n#######")
    let response = try domain.words.tokens(
      of: "create worker 1 1 box 3 1 c0 c2 close worker 1 1 c0 c2 plan 1 1 plan 2 1 plan 3 1 plan 2 2")
    let frames = domain.frames(of: response, to: prompt)
    #expect(frames.count == 7)
    #expect(frames[0] == domain.drawing(of: prompt))
    #expect(frames[1] == "\(frames[0])\ncreate worker 1 1 box 3 1 c0 c2")
    #expect(frames[2].contains("trace: token 9: "))
    #expect(frames[5] == "#######\n#  @$.#\n#     #\n#     #\n#######\nplan 3 1")
    #expect(frames[6].hasSuffix("answer: token 24: the plan jumps from 3 1 to 2 2"))
  }
}
