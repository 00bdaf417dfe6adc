import Words

/// A task with its answer and, if it came with one, the reference's trace.
public struct Exercise: Sendable, Equatable {
  public let index: Int
  public let split: Split
  public let prompt: Writing
  /// nil: the task came without a trace.
  public let trace: Writing?
  public let answer: Writing
  /// Of an answer as good as any; nil: answers have no cost.
  public let optimalCost: Int?
  /// SHA-256 of what must not be on both sides of the split, such as the smallest image of a maze's walls
  /// under the symmetries of the square.
  public let identityDigest: String

  public init(
    index: Int, split: Split, prompt: Writing, trace: Writing?, answer: Writing, optimalCost: Int?,
    identityDigest: String
  ) {
    self.index = index
    self.split = split
    self.prompt = prompt
    self.trace = trace
    self.answer = answer
    self.optimalCost = optimalCost
    self.identityDigest = identityDigest
  }
}
