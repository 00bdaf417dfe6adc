import Configuration
import Reading
import Search
import Testing
import Words

@testable import ExpertIteration

@Suite struct CurationTests {
  private static let fault = Fault(kind: .notTerminated, place: .word(3), detail: "made up")

  private func sample(
    _ length: Int, _ answer: AnswerVerdict = .optimal(cost: 4), _ trace: TraceVerdict = .legal,
    terminated: Bool = true
  ) -> JudgedResponse {
    let response = [Token](repeating: 2, count: length)
    return JudgedResponse(
      writing: .words(response), answer: .words([]), length: length + 4, traceLength: length,
      judgement: Judgement(
        answer: answer, trace: trace, clauses: length / 5, closedStates: length / 10,
        isTerminated: terminated))
  }

  @Test func theShortestStrictlyShorterSampleWins() {
    let samples = [sample(50), sample(40), sample(45), sample(40)]
    #expect(Curation(demand: .any).replacement(for: 60, among: samples)?.attempt == 1)
    #expect(Curation(demand: .any).replacement(for: 41, among: samples)?.attempt == 1)
    #expect(Curation(demand: .any).replacement(for: 40, among: samples) == nil)
    #expect(Curation(demand: .any).replacement(for: 40, among: []) == nil)
  }

  @Test func wrongLongerOrUnfinishedAnswersNeverReplace() {
    let wrong = sample(10, .wrong(Self.fault))
    let detour = sample(10, .correct(cost: 6, optimalCost: 4))
    let cut = sample(10, terminated: false)
    for unfit in [wrong, detour, cut] {
      #expect(Curation(demand: .any).replacement(for: 60, among: [unfit, sample(50)])?.attempt == 1)
    }
  }

  @Test func luckAmongWrongShortAnswersIsNotKept() {
    let wrong = sample(20, .wrong(Self.fault))
    let samples = [wrong, wrong, wrong, sample(20), sample(30), sample(30), sample(40), sample(40)]
    func kept(_ reliability: Double) -> Int? {
      Curation(demand: .any, reliability: reliability).replacement(for: 60, among: samples)?.attempt
    }
    // 1 of 4 up to 20 tokens, 3 of 6 up to 30, 5 of 8 up to 40.
    #expect([0, 0.25, 0.26, 0.5, 0.51, 0.625, 0.63, 1].map(kept) == [3, 3, 4, 4, 6, 6, nil, nil])
    // The shortest that enough others are no longer than.
    func kept(ofAtLeast count: Int) -> Int? {
      Curation(demand: .any, reliabilitySamples: count).replacement(for: 60, among: samples)?.attempt
    }
    #expect([1, 4, 5, 6, 7, 8, 9].map(kept(ofAtLeast:)) == [3, 3, 4, 4, 6, 6, nil])
    // One that was cut is no success, however short.
    let cut = sample(10, terminated: false)
    #expect(Curation(demand: .any, reliability: 0.6).replacement(for: 60, among: [cut, sample(20)]) == nil)
    #expect(
      Curation(demand: .any, reliability: 0.5).replacement(for: 60, among: [cut, sample(20)])?.attempt == 1)
  }

  @Test func theDemandDecidesWhichTracesMayReplace() {
    let unsound = sample(20, .optimal(cost: 4), .unsound(Self.fault))
    let sound = sample(30, .optimal(cost: 4), .sound(firstIllegality: Self.fault))
    let legal = sample(40)
    let all = [unsound, sound, legal]
    #expect(Curation(demand: .any).replacement(for: 60, among: all)?.attempt == 0)
    #expect(Curation(demand: .sound).replacement(for: 60, among: all)?.attempt == 1)
    #expect(Curation(demand: .legal).replacement(for: 60, among: all)?.attempt == 2)
    #expect(Curation(demand: .legal).replacement(for: 35, among: all) == nil)
  }
}
