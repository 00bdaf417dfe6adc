import Determinism
import Testing
import Words

@testable import Search

struct TraceDroppingTests {
  private static let trace =
    "create 0 2 c0 c3 close 0 2 c0 c3 create 0 1 c1 c2 close 0 1 c1 c2 create 0 0 c2 c1 create 1 1 c2 c1"

  private func dropped(_ level: DroppingLevel, grammar: MazeGrammar = .searchformer, _ text: String) throws
    -> String
  {
    let domain = try MazeDomain(MazeSettings(width: 3, height: 3, grammar: grammar))
    var random = CounterRandom(seed: 1, stream: .mixture)
    let tokens = try domain.words.tokens(of: text)
    return domain.words.text(of: domain.trace(tokens, dropping: level, using: &random))
  }

  @Test func eachLevelLeavesMoreOut() throws {
    #expect(try dropped(.none, Self.trace) == Self.trace)
    #expect(
      try dropped(.closes, Self.trace)
        == "create 0 2 c0 c3 create 0 1 c1 c2 create 0 0 c2 c1 create 1 1 c2 c1")
    #expect(try dropped(.costs, Self.trace) == "create 0 2 create 0 1 create 0 0 create 1 1")
    #expect(try dropped(.all, Self.trace) == "")
    #expect(
      try dropped(.costs, grammar: .cell, "create@0,2 c0 c3 close@0,2 c0 c3 create@0,1 c1 c2")
        == "create@0,2 create@0,1")
  }

  @Test func aThirtiethPercentOfTheClausesGo() throws {
    let domain = try MazeDomain(MazeSettings(width: 10, height: 10))
    var (clauses, kept) = (0, 0)
    var random = CounterRandom(seed: 2, stream: .mixture)
    for exercise in domain.exercises(seed: 1, count: 200) {
      clauses += domain.trace(exercise.trace, dropping: .costs, using: &random).count / 3
      kept += domain.trace(exercise.trace, dropping: .clauses, using: &random).count / 3
    }
    // 4,900 clauses: a standard deviation is 0.7 %.
    #expect(abs(Double(kept) / Double(clauses) - 0.7) < 0.03)
  }

  @Test func theLevelsComeInTheirProportions() {
    var counts = [DroppingLevel: Int]()
    var random = CounterRandom(seed: 3, stream: .mixture)
    for _ in 0..<60_000 { counts[DroppingLevel.draw(using: &random), default: 0] += 1 }
    for (level, probability) in zip(DroppingLevel.allCases, [0.45, 1 / 6.0, 1 / 6.0, 1 / 6.0, 0.05]) {
      #expect(abs(Double(counts[level, default: 0]) / 60_000 - probability) < 0.008)
    }
  }

  @Test func aModeIsTheFirstTokenOfTheResponse() throws {
    for grammar in MazeGrammar.allCases {
      let domain = try MazeDomain(MazeSettings(width: 3, height: 3, grammar: grammar))
      let prompt = domain.language.prompt(maze("S#.", "...", ".G#"))
      let words = ResponseMode.allCases.map { domain.opening($0, to: prompt).map(domain.words.word) }
      #expect(
        words == (grammar == .cell ? [nil, "create@0,2", "plan@0,2"] : [nil, "create", "plan"]))
      #expect(domain.opening(.fast, to: []) == nil)
    }
  }
}
