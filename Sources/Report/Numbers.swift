import Configuration
import ExpertIteration
import Reading
import Text

/// The number for a cell of a table, by default with one decimal; nil, which the table shows as a dash, if
/// there is none.
func decimal(_ value: Double?, _ decimals: Int = 1) -> String? { value?.fixed(decimals: decimals) }

extension ShownVerdict {
  /// The verdict in words: `optimal answer, sound trace, no run of A*`.
  func sentence(in terms: DomainTerms) -> String {
    let answer =
      isOptimal ? "\(terms.optimal) answer" : isCorrect ? "right answer, not optimal" : "wrong answer"
    return answer + ", "
      + (isLegal ? "legal trace" : isSound ? "sound trace, \(terms.illegal)" : "untrue trace")
  }
}
