import Determinism
import Testing
import Words

@testable import Search

/// Which chains pass, of those that are made from a reference's.
struct SequenceChainTests {
  private static let problems: [SerialSettings.Problem] = [
    .modularAddition(ModularAddition(modulus: 7)), .permutationComposition(PermutationComposition(degree: 4)),
    .permutationComposition(PermutationComposition(degree: 3, form: .list)),
    .iteratedSquaring(IteratedSquaring(numbers: 200)),
  ]

  /// The trace cut into entries, each with its `@k`.
  private func entries(_ exercise: WordExercise, _ domain: any WordDomain) -> [String] {
    domain.words.text(of: exercise.trace).split(separator: "@").map {
      "@" + $0.trimmed
    }
  }

  @Test func everySubsequenceOfAReferenceIsSoundAndOnlyTheWholeIsStepwise() throws {
    for problem in Self.problems {
      let domain = try serial(problem, 2...7)
      for exercise in domain.exercises(seed: 1, count: 20) {
        let entries = entries(exercise, domain)
        #expect(entries.count == exercise.optimalCost - 1)
        for subset in 0..<(1 << entries.count) {
          let kept = entries.indices.filter { subset & 1 << $0 != 0 }
          let response =
            kept.map { entries[$0] }.joined(separator: " ") + " "
            + domain.words.text(of: exercise.answer)
          let judgement = try domain.judge(response, to: domain.words.text(of: exercise.prompt))
          #expect(judgement.answer == .optimal(cost: exercise.optimalCost))
          #expect(judgement.trace.isSound && judgement.clauses == kept.count)
          #expect(judgement.trace.isLegal == (kept.count == entries.count))
        }
      }
    }
  }

  @Test func whatIsSkippedIsSaidWithItsStride() throws {
    let domain = try serial(.modularAddition(ModularAddition(modulus: 7)))
    func fault(_ response: String) throws -> String? {
      try domain.judge(response, to: "1 1 1 1 1 1 1 1 =").trace.fault?.description
    }
    #expect(try fault("@1 1 @4 4 @5 5 ans 1") == "token 2: 3 steps at once, from 1 to 4")
    #expect(try fault("@1 1 @2 2 @3 3 @4 4 @5 5 ans 1") == "token 10: 3 steps at once, from 5 to 8")
    #expect(try fault("ans 1") == "token 0: 8 steps at once, from 0 to 8")
  }

  @Test func twoEntriesInEachOthersPlaceAreDisordered() throws {
    for problem in Self.problems {
      let domain = try serial(problem, 3...7)
      for exercise in domain.exercises(seed: 2, count: 20) {
        let entries = entries(exercise, domain)
        for one in entries.indices {
          for other in entries.indices where other > one {
            var swapped = entries
            swapped.swapAt(one, other)
            let response = swapped.joined(separator: " ") + " " + domain.words.text(of: exercise.answer)
            let verdict = try domain.verdict(response, to: domain.words.text(of: exercise.prompt))
            #expect(verdict.hasPrefix("optimal disorderedEntry"))
          }
        }
      }
    }
  }

  /// The least largest stride, and whether there is a chain at all, by trying every choice of steps.
  @Test func stepsWithoutPositionsAreChosenForTheSmallestStride() {
    typealias Rules = SequenceRules<ModularAddition>
    #expect(Rules.steps(of: [3, 0], among: [3, 1, 0, 2]) == [1, 3])
    #expect(Rules.steps(of: [0, 1], among: [3, 1, 0, 2]) == nil)
    // The first 1 would leave a stride of four.
    #expect(Rules.steps(of: [1], among: [1, 0, 1, 0, 0]) == [3])
    #expect(Rules.steps(of: [], among: [1]) == [])
    var random = CounterRandom(seed: 3, stream: .sampling)
    var found = 0
    for _ in 0..<2000 {
      let values = (0..<1 + random.uniform(below: 7)).map { _ in random.uniform(below: 3) }
      let stated = (0..<random.uniform(below: 4)).map { _ in random.uniform(below: 3) }
      var best: Int?
      for subset in 0..<(1 << (values.count - 1)) {
        let steps = values.indices.dropLast().filter { subset & 1 << $0 != 0 }.map { $0 + 1 }
        guard steps.map({ values[$0 - 1] }) == stated else { continue }
        best = min(best ?? .max, largest(steps, values.count))
      }
      let steps = Rules.steps(of: stated, among: values)
      #expect(steps.map { largest($0, values.count) } == best)
      #expect(steps.map { $0.map { values[$0 - 1] } == stated } ?? true)
      found += best == nil ? 0 : 1
    }
    #expect(found > 300)
  }

  @Test func stridesAreTheStepsBetweenEntries() throws {
    for problem in Self.problems {
      let domain = try serial(problem, 2...7)
      for exercise in domain.exercises(seed: 4, count: 10) {
        let entries = entries(exercise, domain)
        for subset in 0..<(1 << entries.count) {
          let kept = entries.indices.filter { subset & 1 << $0 != 0 }
          let chain = try kept.flatMap { try domain.words.tokens(of: entries[$0]) }
          let places = [0] + kept.map { $0 + 1 } + [exercise.optimalCost]
          let strides = domain.strides(of: chain + exercise.answer, to: exercise.prompt)
          #expect(strides == zip(places, places.dropFirst()).map { $1 - $0 })
        }
      }
    }
  }

  @Test func onlySoundChainsHaveStrides() throws {
    func strides(_ response: String, positions: Bool = true) throws -> [Int]? {
      let domain = try serial(.modularAddition(ModularAddition(modulus: 7))) { $0.positions = positions }
      let vocabulary = domain.words
      #expect(domain.chains != nil)
      return domain.strides(
        of: try vocabulary.tokens(of: response), to: try vocabulary.tokens(of: "1 1 1 1 1 1 1 1 ="))
    }
    #expect(try strides("@1 1 @4 4 @5 5 ans 1") == [1, 3, 1, 3])
    #expect(try strides("ans 1") == [8])
    // Whatever the answer; not of one that is untrue, out of order or cut.
    #expect(try strides("@2 2 ans 5") == [2, 6])
    #expect(try strides("@2 3 ans 1") == nil)
    #expect(try strides("@4 4 @2 2 ans 1") == nil)
    #expect(try strides("@4 4 @ans 1".replacing("@ans", with: "@6")) == nil)
    // The values are 1 to 6, 0, 1: a 1 is of the first step, as the last is the answer's.
    #expect(try strides("1 4 ans 1", positions: false) == [1, 3, 4])
    #expect(try strides("4 1 ans 1", positions: false) == nil)
    let maze = try MazeDomain(MazeSettings(width: 3, height: 3))
    #expect(maze.chains == nil && maze.strides(of: [], to: []) == nil)
  }

  @Test func chanceIsTheShareOfValuesThatTheChainHas() throws {
    func level(_ problem: SerialSettings.Problem, _ prompt: String, positions: Bool = false) throws -> Double?
    {
      let domain = try serial(problem) { $0.positions = positions }
      return domain.chanceLevel(of: try domain.words.tokens(of: prompt))
    }
    let sums = SerialSettings.Problem.modularAddition(ModularAddition(modulus: 7))
    // 3, 1 and 0 of seven; the last value is the answer's.
    #expect(try level(sums, "3 5 6 2 =") == 3.0 / 7)
    #expect(try level(sums, "3 5 6 2 =", positions: true) == nil && level(sums, "3 5") == nil)
    #expect(try level(.permutationComposition(PermutationComposition(degree: 3)), "g1 g2 g3 =") == 2.0 / 6)
    // 2, 4 and 16 of 200 numbers.
    #expect(try level(.iteratedSquaring(IteratedSquaring(numbers: 200)), "23 5 ^2 ^2 ^2 ^2 =") == 3.0 / 200)
  }

  private func largest(_ steps: [Int], _ last: Int) -> Int {
    zip([0] + steps, steps + [last]).map { $1 - $0 }.max() ?? 0
  }

  @Test func aChainOfAStrideHoldsEveryManyThValue() throws {
    for (stride, trace) in [(1, "@1 1 @2 2 @3 3 @4 4"), (2, "@2 2 @4 4"), (3, "@3 3"), (5, ""), (8, "")] {
      let domain = try serial(.modularAddition(ModularAddition(modulus: 7)), 5...8) { $0.stride = stride }
      let solution = try domain.solution("1 1 1 1 1 =")
      #expect(solution.trace == trace)
      #expect(solution.lengths["reference"] == 8 && solution.lengths["stride2"] == 4)
      for exercise in domain.exercises(seed: 3, count: 20) {
        #expect(exercise.trace.count == 2 * ((exercise.optimalCost - 1) / stride))
      }
    }
  }
}

extension Substring {
  fileprivate var trimmed: Substring { hasSuffix(" ") ? dropLast() : self }
}
