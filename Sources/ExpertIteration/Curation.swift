import Search

/// What a kept trace must be, beyond belonging to a correct, optimal, finished answer.
public enum TraceDemand: String, Sendable, Equatable, CaseIterable {
  /// Nothing: the paper's rule.
  case any
  /// Every clause is true; children may be skipped.
  case sound
  /// One that the reference could have written: of a search, a whole run under some tie-break.
  case legal

  func isMet(by verdict: TraceVerdict) -> Bool {
    switch self {
    case .any: true
    case .sound: verdict.isSound
    case .legal: verdict.isLegal
    }
  }
}

/// The sample that replaces an incumbent, if any does.
struct Candidate: Equatable {
  let attempt: Int
  let response: [Token]
  let judgement: Judgement
}

/// The shortest of `samples` that is optimal, finished, meets the demand and has a trace strictly shorter
/// than the incumbent's; among equals the earliest attempt. nil: the incumbent stays.
///
/// `reliability`: the least share of optimal ones among the samples whose trace is no longer than it. One that
/// is right among many as short that are wrong was luck, and teaches to guess. `reliabilitySamples`: the least
/// number of those samples, itself included; a share of few says little.
///
///     replacement(for: 95, among: judged, demand: .sound)   // 80 tokens, not the unsound 75
func replacement(
  for incumbentLength: Int, among samples: [JudgedResponse], demand: TraceDemand,
  reliability: Double = 0, reliabilitySamples: Int = 1
) -> Candidate? {
  func isReliable(_ length: Int) -> Bool {
    let asShort = samples.filter { $0.judgement.traceLength <= length }
    let right = asShort.count { $0.judgement.isTerminated && $0.judgement.answer.isOptimal }
    return asShort.count >= reliabilitySamples && Double(right) >= reliability * Double(asShort.count)
  }
  var best: Candidate?
  for (attempt, sample) in samples.enumerated() {
    let judgement = sample.judgement
    guard judgement.isTerminated, judgement.answer.isOptimal, demand.isMet(by: judgement.trace),
      judgement.traceLength < best?.judgement.traceLength ?? incumbentLength,
      isReliable(judgement.traceLength)
    else { continue }
    best = Candidate(attempt: attempt, response: sample.tokens, judgement: judgement)
  }
  return best
}
