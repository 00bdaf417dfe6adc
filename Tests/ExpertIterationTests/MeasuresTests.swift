import Search
import Store
import Testing

@testable import ExpertIteration

/// What an evaluation counts of a task's samples, by hand.
@Suite struct MeasuresTests {
  private func sample(_ response: [Token], _ answer: AnswerVerdict, clauses: Int) -> JudgedResponse {
    let judgement = Judgement(
      answer: answer, trace: .legal, traceLength: 5 * clauses, clauses: clauses, expansions: clauses / 2,
      isTerminated: true)
    return JudgedResponse(tokens: response, judgement: judgement)
  }

  @Test func lengthsAreOfCorrectSamplesClausesOfOptimalOnes() {
    let wrong = AnswerVerdict.wrong(Fault(kind: .planJumps, position: 3, detail: "made up"))
    let samples = [
      sample([1, 2], .optimal(cost: 4), clauses: 8), sample([1, 3], wrong, clauses: 100),
      sample([1, 2], .optimal(cost: 4), clauses: 8),
      sample([1, 4], .correct(cost: 6, optimalCost: 4), clauses: 20),
      sample([1, 5], .optimal(cost: 4), clauses: 6),
    ]
    #expect(
      Measures(of: samples)
        == Measures(
          correctTraceTokens: 210, leastCost: 4, distinctCorrect: 3, optimalClauses: 22,
          optimalExpansions: 11))
    #expect(Measures(of: [samples[1]]) == Measures())
    #expect(Measures(of: [samples[3]]).leastCost == 6)
  }
}
