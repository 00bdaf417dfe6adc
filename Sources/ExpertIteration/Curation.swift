import Configuration
import Search

/// The sample that replaces an incumbent, if any does.
struct Replacement {
  let attempt: Int
  let response: JudgedResponse
}

/// What may replace an incumbent: the shortest response that is optimal, finished, meets the demand and has
/// a trace strictly shorter than the incumbent's; among equals the earliest attempt.
///
///     Curation(demand: .sound).replacement(for: 95, among: responses)   // 80 tokens, not the unsound 75
struct Curation: Sendable {
  let demand: TraceDemand
  /// The least share of optimal ones among the responses whose trace is no longer than the kept one. A
  /// response that is right among many as short that are wrong was luck, and teaches to guess.
  var reliability = 0.0
  /// The least number of those responses, the kept one included; a share of few says little.
  var reliabilitySamples = 1

  /// `limit`: the incumbent's length, in the learner's unit. nil: the incumbent stays.
  func replacement(for limit: Double, among responses: [JudgedResponse]) -> Replacement? {
    var best: Replacement?
    for (attempt, response) in responses.enumerated() {
      guard response.isRight, demand.isMet(by: response.judgement.trace),
        Double(response.traceLength) < best.map({ Double($0.response.traceLength) }) ?? limit,
        isReliable(response.traceLength, among: responses)
      else { continue }
      best = Replacement(attempt: attempt, response: response)
    }
    return best
  }

  private func isReliable(_ length: Int, among responses: [JudgedResponse]) -> Bool {
    let asShort = responses.filter { $0.traceLength <= length }
    let right = asShort.count(where: \.isRight)
    return asShort.count >= reliabilitySamples && Double(right) >= reliability * Double(asShort.count)
  }

  /// The first incumbent of an exercise that came without a trace: the median trace length of the model's
  /// own right answers. Not the shortest, for short lucky answers abound. nil: no answer was right.
  static func firstIncumbent(of responses: some Sequence<JudgedResponse>) -> Double? {
    let lengths = responses.filter(\.isRight).map { Double($0.traceLength) }.sorted()
    guard !lengths.isEmpty else { return nil }
    let middle = lengths.count / 2
    return lengths.count.isMultiple(of: 2) ? (lengths[middle - 1] + lengths[middle]) / 2 : lengths[middle]
  }
}

extension Curation {
  init(_ rounds: RoundSettings) {
    self.init(
      demand: rounds.curation, reliability: rounds.reliability, reliabilitySamples: rounds.reliabilitySamples)
  }
}

extension JudgedResponse {
  /// Finished, and as good as an answer can be.
  var isRight: Bool { judgement.isTerminated && judgement.answer.isOptimal }
}
