import Words

/// What can be measured of traces whose entries are steps in a row.
public protocol ChainMeasures: Sendable {
  /// Steps from the start to the first entry, from each entry to the next, and from the last entry to the
  /// answer: `[1, 1, 1]` if nothing was left out. If entries carry no step numbers, the assignment whose
  /// largest stride is the smallest.
  ///
  /// nil: the trace is not sound, or the prompt is bad.
  func strides(of response: Writing, to prompt: Writing) -> [Int]?

  /// The chance that an entry drawn blindly is true somewhere in the task. nil: entries name their step, so
  /// that guessing rarely helps, or the prompt is bad.
  func chanceLevel(of prompt: Writing) -> Double?
}
