import Words

/// What the reference wrote to a prompt: its trace, as far as it came, and its answer.
public struct Solution: Sendable, Equatable {
  public let trace: Writing
  /// nil: the task has no solution.
  public let answer: Writing?
  /// States that its search closed; the steps of a chain; 0 if nothing was searched.
  public let closedStates: Int

  public init(trace: Writing, answer: Writing?, closedStates: Int) {
    self.trace = trace
    self.answer = answer
    self.closedStates = closedStates
  }
}
