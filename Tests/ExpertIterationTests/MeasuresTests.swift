import Configuration
import Reading
import Search
import Store
import Testing
import Words

@testable import ExpertIteration

/// What an evaluation counts of a task's samples, by hand.
@Suite struct MeasuresTests {
  private func sample(
    _ tokens: [Token], _ answer: AnswerVerdict, clauses: Int, isTerminated: Bool = true
  ) -> JudgedResponse {
    let judgement = Judgement(
      answer: answer, trace: .legal, clauses: clauses, closedStates: clauses / 2, isTerminated: isTerminated)
    return JudgedResponse(
      writing: .words(tokens), answer: .words(Array(tokens.dropFirst())), length: 6 * clauses,
      traceLength: 5 * clauses, judgement: judgement)
  }

  @Test func lengthsAreOfCorrectSamplesClausesOfOptimalOnes() {
    let wrong = AnswerVerdict.wrong(Fault(kind: .planJumps, place: .word(3), detail: "made up"))
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

  /// Traces differ and answers are equal; the answer is all behind the first token.
  @Test func equalAnswersAreCountedTogetherWhateverTheirTraces() {
    let wrong = AnswerVerdict.wrong(Fault(kind: .planJumps, place: .word(3), detail: "made up"))
    let optimal = AnswerVerdict.optimal(cost: 4)
    let samples = [
      sample([1, 7], optimal, clauses: 1), sample([2, 8], wrong, clauses: 1),
      sample([3, 7], optimal, clauses: 2),
      sample([1, 9], .correct(cost: 6, optimalCost: 4), clauses: 1), sample([4, 8], wrong, clauses: 3),
      sample([1, 6], optimal, clauses: 1), sample([5, 8], wrong, clauses: 3),
      sample([1, 8], wrong, clauses: 1, isTerminated: false), sample([1], wrong, clauses: 1),
    ]
    #expect(Votes(of: samples) == Votes(optimal: [2, 1], correct: [1], wrong: [3]))
  }
}
