import Determinism
import Words

/// What wrote the first traces of a domain, and what the traces of models are compared with.
public protocol Reference: Sendable {
  /// Solves a prompt from outside. Throws `SearchError` for a bad prompt.
  func solve(_ prompt: Writing, using random: inout CounterRandom) throws(SearchError) -> Solution

  /// What traces are compared with, in the order of `lengths`. The first is the mean of the reference's own
  /// traces.
  func lines(_ settings: ReferenceSettings) -> [ReferenceLine]

  /// The trace length of each line on the task `index`, in words of the domain: a pure function of the
  /// arguments. Throws for a bad or unsolvable prompt.
  ///
  /// nil: the domain has no words to count, so the exercise's own trace is measured by the learner.
  func lengths(
    on prompt: Writing, _ settings: ReferenceSettings, index: Int
  ) throws(SearchError) -> [Double]?
}

/// How reference lines are computed.
public struct ReferenceSettings: Sendable, Equatable {
  public let seed: UInt64
  /// Runs of a search with random ties whose mean is taken.
  public let runs: Int
  /// Runs of the same search whose best is taken: as many as the model has tries.
  public let samples: Int

  public init(seed: UInt64, runs: Int, samples: Int) {
    precondition(runs > 0 && samples > 0, "a mean needs a run")
    self.seed = seed
    self.runs = runs
    self.samples = samples
  }
}
