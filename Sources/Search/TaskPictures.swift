import Words

/// How tasks and responses are shown on pages and in a terminal.
public protocol TaskPictures: Sendable {
  /// The task as lines of plain text; for a bad prompt, what is wrong with it.
  func drawing(of prompt: Writing) -> String

  /// The response replayed: first the task, then a picture and a caption for each clause, last the answer.
  func frames(of response: Writing, to prompt: Writing) -> [String]

  /// The response step by step on a board. nil: the domain has no board, or the prompt is bad.
  func replay(of response: Writing, isTerminated: Bool, to prompt: Writing) -> Replay?

  /// The trace of a response entry by entry; what cannot be read is the last entry. nil: traces are shown in
  /// another way, or the prompt is bad.
  func entries(of response: Writing, to prompt: Writing) -> [TraceEntry]?

  /// The task as a drawing whose nodes are named as the entries are. nil: there is none, or the prompt is
  /// bad.
  func diagram(of prompt: Writing) -> Diagram?
}

extension TaskPictures {
  public func replay(of response: Writing, isTerminated: Bool, to prompt: Writing) -> Replay? { nil }
  public func entries(of response: Writing, to prompt: Writing) -> [TraceEntry]? { nil }
  public func diagram(of prompt: Writing) -> Diagram? { nil }
}
