import Determinism
import Testing
import Words

@testable import Search

/// `SokobanJudge` against `SokobanWordJudge`: two methods, one verdict.
struct SokobanAgreementTests {
  private static let settings = [
    SokobanSettings(width: 6, height: 6, innerWalls: 1, maximumTraceTokens: 500),
    SokobanSettings(width: 7, height: 7, maximumTraceTokens: 400),
    SokobanSettings(width: 5, height: 7, boxes: 1, innerWalls: 1, maximumTraceTokens: 400),
    SokobanSettings(width: 7, height: 6, boxes: 3, innerWalls: 0, maximumTraceTokens: 500),
  ]

  @Test func aSecondJudgeAgreesOnDamagedResponses() throws {
    var seen: [String: Int] = [:]
    for (number, settings) in Self.settings.enumerated() {
      let domain = try SokobanDomain(settings)
      let peer = SokobanWordJudge(width: settings.width, height: settings.height)
      var mutation = SokobanMutation(domain, key: UInt64(number))
      let bases = try domain.exercises(seed: 30, count: 30).flatMap { exercise in
        let words = exercise.prompt.map(domain.words.word)
        let level = try #require(peer.level(words))
        return mutation.responses(to: exercise, level).map { (prompt: exercise.prompt, response: $0) }
      }
      for _ in 0..<1000 {
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
            \(settings): \(judgement), but the peer says \(expected)
            \(domain.words.text(of: prompt))
            \(domain.words.text(of: response))
            """)
          return
        }
        let faults = [judgement.answer.fault, judgement.trace.fault].compactMap { $0?.kind.rawValue }
        let answer = judgement.answer.isOptimal ? "optimal" : judgement.answer.isCorrect ? "correct" : "wrong"
        let trace = judgement.trace.isLegal ? "legal" : judgement.trace.isSound ? "sound" : "unsound"
        for kind in Set(faults + ["\(answer) \(trace)"]) { seen[kind, default: 0] += 1 }
      }
    }
    let pairs = ["optimal", "correct", "wrong"].flatMap { ["\($0) legal", "\($0) sound", "\($0) unsound"] }
    for kind in pairs { #expect(seen[kind, default: 0] > 5, "\(kind): \(seen)") }
    let kinds = Fault.Kind.search.union([.planPushBlocked, .planLeavesBox, .createsMisplaced])
    for kind in kinds { #expect(seen[kind.rawValue, default: 0] > 1, "\(kind): \(seen)") }
  }

  @Test func noTokensTrapTheJudge() throws {
    let domain = try SokobanDomain(SokobanSettings(width: 5, height: 7, boxes: 1, maximumTraceTokens: 400))
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
      }
    }
  }
}
