import ExpertIteration
import JSON
import Search
import Words

/// The judge's verdicts on one response, for people and as JSON.
public struct ShownVerdict: Sendable, Equatable {
  public let isCorrect: Bool
  public let isOptimal: Bool
  public let isSound: Bool
  public let isLegal: Bool
  /// Of the part before the answer.
  public let traceLength: Int
  /// The first fault of the answer, or else of the trace, with its position; nil: neither has one.
  public let fault: String?

  init(_ response: JudgedResponse) {
    self.init(response.judgement, traceLength: response.traceLength)
  }

  /// `unknownWord` says what is no word of the vocabulary at a position of the response.
  init(_ judgement: Judgement, traceLength: Int, unknownWord: (Int) -> UnknownWord? = { _ in nil }) {
    isCorrect = judgement.answer.isCorrect
    isOptimal = judgement.answer.isOptimal
    isSound = judgement.trace.isSound
    isLegal = judgement.trace.isLegal
    self.traceLength = traceLength
    fault = (judgement.answer.fault ?? judgement.trace.fault).map { fault in
      guard case .word(let position) = fault.place, let unknown = unknownWord(position) else {
        return fault.description
      }
      return SearchError(unknown).description
    }
  }

  /// For input that cannot be judged.
  init(unreadable reason: String) {
    (isCorrect, isOptimal, isSound, isLegal) = (false, false, false, false)
    traceLength = 0
    fault = reason
  }

  /// `optimal answer, sound trace (token 20: ...)`.
  public func summary(in terms: DomainTerms) -> String {
    let answer =
      isOptimal ? "\(terms.optimal) answer" : isCorrect ? "correct answer, not optimal" : "wrong answer"
    let trace = isLegal ? "legal trace" : isSound ? "sound trace" : "unsound trace"
    return "\(answer), \(trace)" + (fault.map { " (\($0))" } ?? "")
  }

  var members: [String: JSONTree] {
    [
      "correct": .flag(isCorrect), "optimal": .flag(isOptimal), "sound": .flag(isSound),
      "legal": .flag(isLegal), "traceLength": .number(traceLength), "fault": fault.map { .text($0) } ?? .null,
    ]
  }
}
