import Testing
import Words

@testable import Search

/// What the engine relies on, for every domain: `Conformance` finds nothing wrong with any.
struct DomainConformanceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let make: @Sendable () throws -> any Domain
    var isRight: (@Sendable (_ answer: [Token], _ prompt: [Token], any Domain) -> Bool)?

    /// `effort` in tenths.
    func conformance(effort: Int = 10) throws -> Conformance {
      let domain = try make()
      var conformance = Conformance(domain: domain, twin: try make(), effort: effort)
      if let isRight { conformance.isRight = { answer, prompt in isRight(answer, prompt, domain) } }
      return conformance
    }
  }

  static let mazes: [Case] = MazeGrammar.allCases.flatMap { grammar in
    [
      (5, 5, TieBreak.coin), (6, 4, .deterministic), (4, 6, .randomKey), (7, 7, .smallerH), (8, 8, .lifo),
      (10, 10, .fifo),
    ]
    .map { width, height, order in
      maze(
        "\(order)", MazeSettings(width: width, height: height, grammar: grammar, tieBreak: order))
    }
  }

  /// The same with distractors, and in the words of a larger board.
  static let distractedMazes: [Case] = MazeGrammar.allCases.flatMap { grammar in
    [(7, 2, 0), (6, 0, 2), (6, 1, 3)].map { side, walls, goals in
      var settings = MazeSettings(width: side, height: 5, grammar: grammar)
      (settings.irrelevantWalls, settings.decoyGoals) = (walls, goals)
      (settings.vocabularyWidth, settings.vocabularyHeight) = (8, 9)
      return maze("\(walls) walls and \(goals) goals that do not matter", settings)
    }
  }

  private static func maze(_ what: String, _ settings: MazeSettings) -> Case {
    let peer = WordJudge(
      width: settings.width, height: settings.height, decoyGoals: settings.decoyGoals)
    return Case(
      testDescription: "maze \(settings.width)x\(settings.height), \(settings.grammar), \(what)",
      make: { try MazeDomain(settings) },
      isRight: { answer, prompt, domain in
        guard let words = domain.vocabulary else { return false }
        return peer.verdict(answer.map(words.word), isTerminated: true, to: prompt.map(words.word)).isCorrect
      })
  }

  static let sokoban: [Case] = [
    (7, 7, 2, 2, 2000, TieBreak.coin), (6, 6, 2, 1, 900, .smallerH), (6, 7, 3, 0, 1200, .lifo),
    (5, 8, 1, 3, 800, .deterministic), (8, 6, 1, 5, 900, .fifo), (6, 7, 1, 2, 600, .randomKey),
  ]
  .map { width, height, boxes, walls, tokens, order in
    let peer = SokobanWordJudge(width: width, height: height)
    return Case(
      testDescription: "sokoban \(width)x\(height), \(boxes) boxes, \(order)",
      make: {
        try SokobanDomain(
          SokobanSettings(
            width: width, height: height, boxes: boxes, innerWalls: walls, tieBreak: order,
            maximumTraceTokens: tokens))
      },
      isRight: { answer, prompt, domain in
        guard let words = domain.vocabulary else { return false }
        return peer.verdict(answer.map(words.word), isTerminated: true, to: prompt.map(words.word)).isCorrect
      })
  }

  /// Their one right answer is the reference's.
  static let serialTasks: [Case] = [
    SerialSettings.Problem.modularAddition(ModularAddition(modulus: 7)),
    .permutationComposition(PermutationComposition(degree: 5)),
    .permutationComposition(PermutationComposition(degree: 3, form: .list)),
    .permutationComposition(PermutationComposition(degree: 5, factors: .swaps)),
    .iteratedSquaring(IteratedSquaring()), .iteratedSquaring(IteratedSquaring(modulusList: [467, 983])),
    .circuitValue(.deep), .circuitValue(.reference),
    .lastLetter(LastLetters()), .lastLetter(LastLetters(words: .random, entries: .short)),
    .lastLetter(LastLetters(form: .words)),
  ]
  .flatMap { problem in
    [0, 2].map { distractors in
      Case(
        testDescription: "\(problem), \(distractors) distractors",
        make: {
          try serial(problem, 5...8) {
            $0.distractors = distractors
            $0.shufflePremises = distractors > 0
          }
        })
    }
  }

  /// Without `ans`, without steps.
  static let bareChains: [Case] = [
    (SerialSettings.Problem.modularAddition(ModularAddition(modulus: 7)), SerialSettings.Layout.marked),
    (.modularAddition(ModularAddition(modulus: 7)), .paper), (.circuitValue(.deep), .paper),
  ]
  .map { problem, layout in
    Case(
      testDescription: "\(problem), layout \(layout), no positions",
      make: { try serial(problem, 5...8) { ($0.layout, $0.positions) = (layout, false) } })
  }

  /// Tasks from outside, with and without a cost, whose verifier adds what the prompt names.
  static let external: [Case] = [nil, 3].map { cost in
    let tasks = (0..<40).flatMap { first in
      (0..<40).map { second in
        ExternalTask(
          prompt: ["\(first)", "and", "\(second)"], trace: ["take", "\(first)", "add", "\(second)"],
          answer: ["answer", "\(first + second)"], cost: cost, line: 1)
      }
    }
    return Case(
      testDescription: "external, \(cost.map { "cost \($0)" } ?? "no cost")",
      make: { ExternalDomain(try ExternalTasks(tasks, answerWord: "answer"), verifier: Adder(cost: cost)) })
  }

  private struct Adder: Verifier {
    let cost: Int?

    func verify(_ request: VerifierRequest) -> VerifierReply {
      let words = request.prompt.split(separator: " ")
      guard words.count == 3, words[1] == "and", let first = Int(words[0]), let second = Int(words[2]) else {
        return VerifierReply(isCorrect: false)
      }
      let isWhole = request.trace == "take \(first) add \(second)"
      let isCorrect = request.answer == "answer \(first + second)"
      return VerifierReply(isCorrect: isCorrect, cost: cost, isSound: isWhole, isLegal: isWhole)
    }
  }

  /// The same in free text, with traces and without.
  static let texts: [Case] = [true, false].map { hasTraces in
    let tasks = (0..<40).flatMap { first in
      (0..<40).map { second in
        TextTask(
          prompt: "\(first) + \(second)\nAnswer: ?\r\n",
          trace: hasTraces ? "e\u{301}: \(first), then \(second)" : nil,
          answer: "\nAnswer: \(first + second)", line: 1)
      }
    }
    return Case(
      testDescription: "text, \(hasTraces ? "with" : "without") traces",
      make: { TextDomain(try TextTasks(tasks, answerMarker: "Answer:"), verifier: TextAdder()) })
  }

  private struct TextAdder: Verifier {
    func verify(_ request: VerifierRequest) -> VerifierReply {
      let lines = request.prompt.split(separator: "\n")
      let numbers = lines.first?.split(separator: " + ").compactMap { Int($0) } ?? []
      guard numbers.count == 2 else { return VerifierReply(isCorrect: false) }
      let isWhole = Array(request.trace.utf8) == Array("e\u{301}: \(numbers[0]), then \(numbers[1])\n".utf8)
      let isCorrect = Array(request.answer.utf8) == Array("Answer: \(numbers[0] + numbers[1])".utf8)
      return VerifierReply(isCorrect: isCorrect, isSound: isWhole, isLegal: isWhole)
    }
  }

  static let cases = mazes + distractedMazes + sokoban + serialTasks + bareChains + external + texts

  @Test(arguments: cases) func nothingIsWrong(with one: Case) throws {
    let found = try one.conformance(effort: 6).violations()
    #expect(found == [], "\(found.joined(separator: "\n"))")
  }
}
