import Search

/// What a kept trace must be, beyond belonging to a correct, optimal, finished answer.
public enum TraceDemand: String, Sendable, Equatable, CaseIterable {
  /// Nothing: the paper's rule.
  case any
  /// Every clause is true; children may be skipped.
  case sound
  /// One that the reference could have written: of a search, a whole run under some tie-break.
  case legal

  public func isMet(by verdict: TraceVerdict) -> Bool {
    switch self {
    case .any: true
    case .sound: verdict.isSound
    case .legal: verdict.isLegal
    }
  }
}
