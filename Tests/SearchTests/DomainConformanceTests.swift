import Determinism
import Testing

@testable import Search

/// What the engine relies on, for every domain.
struct DomainConformanceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let make: @Sendable () throws -> any Domain
  }

  static let plain: [Case] = MazeGrammar.allCases.flatMap { grammar in
    [
      (5, 5, TieBreak.coin), (6, 4, .deterministic), (4, 6, .randomKey), (7, 7, .smallerH), (8, 8, .lifo),
      (10, 10, .fifo),
    ]
    .map { width, height, order in
      Case(testDescription: "maze \(width)x\(height), \(grammar), \(order)") {
        try MazeDomain(MazeSettings(width: width, height: height, grammar: grammar, tieBreak: order))
      }
    }
  }

  /// The same with distractors, and in the words of a larger board.
  static let distracted: [Case] = MazeGrammar.allCases.flatMap { grammar in
    [(7, 2, 0), (6, 0, 2), (6, 1, 3)].map { side, walls, goals in
      Case(
        testDescription: "maze \(side)x5, \(grammar), \(walls) walls and \(goals) goals that do not matter"
      ) {
        var settings = MazeSettings(width: side, height: 5, grammar: grammar)
        (settings.irrelevantWalls, settings.decoyGoals) = (walls, goals)
        (settings.vocabularyWidth, settings.vocabularyHeight) = (8, 9)
        return try MazeDomain(settings)
      }
    }
  }

  static let sokoban: [Case] = [
    (7, 7, 2, 2, 2000, TieBreak.coin), (6, 6, 2, 1, 900, .smallerH), (6, 6, 3, 0, 1200, .lifo),
    (5, 8, 1, 3, 800, .deterministic), (8, 6, 1, 5, 900, .fifo), (6, 7, 1, 2, 600, .randomKey),
  ]
  .map { width, height, boxes, walls, tokens, order in
    Case(testDescription: "sokoban \(width)x\(height), \(boxes) boxes, \(order)") {
      try SokobanDomain(
        SokobanSettings(
          width: width, height: height, boxes: boxes, innerWalls: walls, tieBreak: order,
          maximumTraceTokens: tokens))
    }
  }

  static let serialTasks: [Case] = [
    SerialSettings.Problem.modularAddition(ModularAddition(modulus: 7)),
    .permutationComposition(PermutationComposition(degree: 5)),
    .permutationComposition(PermutationComposition(degree: 3, form: .list)),
    .iteratedSquaring(IteratedSquaring()), .circuitValue(.deep), .circuitValue(.reference),
    .lastLetter(LastLetters()), .lastLetter(LastLetters(words: .random, entries: .short)),
    .lastLetter(LastLetters(form: .words)),
  ]
  .flatMap { problem in
    [0, 2].map { distractors in
      Case(testDescription: "\(problem), \(distractors) distractors") {
        try serial(problem, 5...8) {
          $0.distractors = distractors
          $0.shufflePremises = distractors > 0
        }
      }
    }
  }

  static let cases = plain + distracted + sokoban + serialTasks

  @Test(arguments: cases) func theReferenceIsOptimalAndLegal(one: Case) throws {
    let domain = try one.make()
    for exercise in domain.exercises(seed: 1, count: 100) {
      let judgement = domain.judge(exercise.trace + exercise.answer, isTerminated: true, to: exercise.prompt)
      #expect(judgement.answer == .optimal(cost: exercise.optimalCost))
      #expect(judgement.trace == .legal)
      #expect(judgement.traceLength == exercise.trace.count)
    }
  }

  @Test(arguments: cases) func noProperPrefixOfTheReferencePasses(one: Case) throws {
    let domain = try one.make()
    for exercise in domain.exercises(seed: 2, count: 10) {
      let response = exercise.trace + exercise.answer
      for length in 0..<response.count {
        let judgement = domain.judge(Array(response[..<length]), isTerminated: true, to: exercise.prompt)
        #expect(!judgement.answer.isCorrect)
      }
      #expect(!domain.judge(response, isTerminated: false, to: exercise.prompt).answer.isCorrect)
    }
  }

  @Test(arguments: cases) func aCorruptedReferenceIsNeverCheaperThanOptimal(one: Case) throws {
    let domain = try one.make()
    var random = CounterRandom(seed: 3, stream: .sampling)
    for exercise in domain.exercises(seed: 3, count: 40) {
      for _ in 0..<50 {
        var response = exercise.trace + exercise.answer
        for _ in 0...random.uniform(below: 3) {
          let index = random.uniform(below: response.count)
          if random.coin() {
            response.remove(at: index)
          } else {
            response[index] = Token(random.uniform(below: domain.vocabulary.count))
          }
        }
        switch domain.judge(response, isTerminated: true, to: exercise.prompt).answer {
        case .optimal(let cost): #expect(cost == exercise.optimalCost)
        case .correct(let cost, let optimalCost):
          #expect(optimalCost == exercise.optimalCost && cost > optimalCost)
        case .wrong(let fault): #expect((0...response.count).contains(fault.position))
        }
      }
    }
  }

  @Test(arguments: cases) func wordsAndTokensTranslateBothWays(one: Case) throws {
    let domain = try one.make()
    for exercise in domain.exercises(seed: 4, count: 40) {
      for tokens in [exercise.prompt, exercise.trace, exercise.answer] {
        #expect(try domain.vocabulary.tokens(of: domain.vocabulary.text(of: tokens)) == tokens)
        #expect(!tokens.contains(Vocabulary.bos) && !tokens.contains(Vocabulary.eos))
      }
      let parts = domain.split(exercise.trace + exercise.answer)
      #expect(Array(parts.trace) == exercise.trace && Array(parts.answer) == exercise.answer)
    }
  }

  @Test(arguments: cases) func anExerciseIsAFunctionOfSeedAndIndex(one: Case) throws {
    let (domain, other) = (try one.make(), try one.make())
    let forwards = (0..<300).map { domain.exercise(seed: 5, index: $0, split: .train) }
    let backwards = (0..<300).reversed().map { other.exercise(seed: 5, index: $0, split: .train) }
    #expect(forwards == Array(backwards.reversed()))
    #expect(forwards != (0..<300).map { domain.exercise(seed: 6, index: $0, split: .train) })
    let tests = (0..<300).map { domain.exercise(seed: 5, index: $0, split: .test) }
    #expect(zip(forwards, tests).allSatisfy { $0 == nil || $1 == nil })
  }

  @Test(arguments: cases) func trainingAndTestingShareNothing(one: Case) throws {
    let domain = try one.make()
    let train = domain.exercises(seed: 6, split: .train, count: 400)
    let test = domain.exercises(seed: 6, split: .test, count: 60)
    #expect(train.count == 400 && test.count == 60)
    #expect(Set(train.map(\.prompt)).isDisjoint(with: test.map(\.prompt)))
    #expect(Set(train.map(\.layoutDigest)).isDisjoint(with: test.map(\.layoutDigest)))
  }

  @Test(arguments: cases) func aPromptIsSolvedFromItsTokensAlone(one: Case) throws {
    let domain = try one.make()
    var random = CounterRandom(seed: 7, stream: .search)
    let settings = ReferenceSettings(seed: 1, runs: 4, samples: 8)
    let names = domain.referenceLines(settings).map(\.name)
    #expect(names.first == "reference" && Set(names).count == names.count)
    for exercise in domain.exercises(seed: 7, count: 40) {
      #expect(try domain.prompt(of: domain.vocabulary.text(of: exercise.prompt)) == exercise.prompt)
      let solution = try domain.solve(exercise.prompt, using: &random)
      let answer = try #require(solution.answer)
      let judgement = domain.judge(solution.trace + answer, isTerminated: true, to: exercise.prompt)
      #expect(judgement.answer == .optimal(cost: exercise.optimalCost) && judgement.trace.isLegal)
      #expect(solution.expansions > 0)
      let lengths = try domain.referenceLengths(of: exercise.prompt, settings, index: exercise.index)
      #expect(lengths.count == names.count && lengths[0] > 0 && lengths.allSatisfy { $0 >= 0 })
    }
  }

  @Test(arguments: cases) func everyResponseCanBeShown(one: Case) throws {
    let domain = try one.make()
    let exercise = try #require(domain.exercises(seed: 8, count: 1).first)
    #expect(!domain.drawing(of: exercise.prompt).isEmpty)
    #expect(domain.frames(of: exercise.trace + exercise.answer, to: exercise.prompt).count > 2)
    #expect(!domain.frames(of: [], to: exercise.prompt).isEmpty)
  }
}
