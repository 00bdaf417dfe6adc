import Determinism
import Testing
import Words

@testable import Search

/// `MazeJudge` against `WordJudge`: two methods, one verdict.
struct JudgeAgreementTests {
  private static let boards = [(3, 3), (4, 4), (5, 3), (4, 6), (5, 5), (6, 6), (7, 5), (10, 10)]

  /// 8 boards x 2 grammars x 6,250 = 100,000 responses.
  @Test func aSecondJudgeAgreesOnDamagedResponses() throws {
    var seen: [String: Int] = [:]
    var judged = 0
    for (board, (width, height)) in Self.boards.enumerated() {
      for grammar in MazeGrammar.allCases {
        for (number, order) in TieBreak.allCases.enumerated() {
          let domain = try MazeDomain(
            MazeSettings(width: width, height: height, grammar: grammar, tieBreak: order))
          let mutation = Mutation(domain, key: UInt64(board * 100 + number))
          let count = 6_250 / 6 + (number < 4 ? 1 : 0)
          guard
            let judgements = try judgementsInAgreement(domain, mutation, seed: UInt64(board), count: count)
          else { return }
          judged += judgements.count
          for judgement in judgements {
            let faults = [judgement.answer.fault, judgement.trace.fault].compactMap { $0?.kind.rawValue }
            for kind in Set(faults + [Self.kind(judgement)]) { seen[kind, default: 0] += 1 }
          }
        }
      }
    }
    #expect(judged == 100_000)
    // Every pair of verdicts and every fault is met often, or the agreement would say little.
    let pairs = ["optimal", "correct", "wrong"].flatMap { ["\($0) legal", "\($0) sound", "\($0) unsound"] }
    let kinds = Fault.Kind.search.union([.planEndsElsewhere])
    for kind in pairs + kinds.map(\.rawValue) {
      #expect(seen[kind, default: 0] > 30, "\(kind): \(seen[kind, default: 0])")
    }
  }

  /// The judgements of `count` damaged responses; nil after the first on which the judges differ.
  private func judgementsInAgreement(
    _ domain: MazeDomain, _ mutation: Mutation, seed: UInt64, count: Int
  ) throws -> [Judgement]? {
    var mutation = mutation
    let peer = WordJudge(width: domain.settings.width, height: domain.settings.height)
    let bases = try domain.exercises(seed: seed, count: 60).flatMap { exercise in
      let maze = OpenMaze(try domain.language.maze(from: exercise.prompt))
      return mutation.responses(to: exercise, maze).map { (prompt: exercise.prompt, response: $0) }
    }
    var judgements: [Judgement] = []
    for _ in 0..<count {
      var (prompt, response) = mutation.random.element(of: bases)
      response = mutation.damaged(response)
      if mutation.random.happens(0.04) { mutation.change(&prompt) }
      let isTerminated = !mutation.random.happens(0.05)
      let judgement = domain.judge(response, isTerminated: isTerminated, to: prompt)
      let verdict = WordJudge.Verdict(
        isCorrect: judgement.answer.isCorrect, isOptimal: judgement.answer.isOptimal,
        isSound: judgement.trace.isSound, isLegal: judgement.trace.isLegal)
      let expected = peer.verdict(
        response.map(domain.words.word), isTerminated: isTerminated,
        to: prompt.map(domain.words.word))
      guard verdict == expected else {
        Issue.record(
          """
          \(domain.settings): \(judgement), but the peer says \(expected)
          \(domain.words.text(of: prompt))
          \(domain.words.text(of: response))
          """)
        return nil
      }
      judgements.append(judgement)
    }
    return judgements
  }

  private static func kind(_ judgement: Judgement) -> String {
    let answer =
      switch judgement.answer {
      case .optimal: "optimal"
      case .correct: "correct"
      case .wrong: "wrong"
      }
    return answer + (judgement.trace.isLegal ? " legal" : judgement.trace.isSound ? " sound" : " unsound")
  }

  @Test(arguments: MazeGrammar.allCases) func noTokensTrapTheJudge(grammar: MazeGrammar) throws {
    let domain = try MazeDomain(MazeSettings(width: 4, height: 6, grammar: grammar))
    let prompts = domain.exercises(seed: 1, count: 10).map(\.prompt)
    var random = CounterRandom(seed: 1, stream: .sampling)
    func noise() -> [Token] {
      (0..<random.uniform(below: 30)).map { _ in
        random.happens(0.1)
          ? Token(truncatingIfNeeded: random.next()) : Token(random.uniform(below: domain.words.count))
      }
    }
    for attempt in 0..<20_000 {
      let prompt = attempt.isMultiple(of: 2) ? noise() : random.element(of: prompts)
      let response = noise()
      let judgement = domain.judge(response, isTerminated: random.coin(), to: prompt)
      #expect(!judgement.answer.isCorrect)
      if attempt < 500 {
        #expect(!domain.frames(of: response, to: prompt).isEmpty)
        #expect(!domain.drawing(of: prompt).isEmpty)
        _ = domain.words.text(of: response + prompt)
      }
    }
  }
}
