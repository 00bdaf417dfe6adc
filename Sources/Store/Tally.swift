/// Counts of the samples of one exercise. `Of ...` names the count that a count is a part of.
public struct Tally: Sendable, Equatable {
  public var samples: Int
  /// Of `samples`: ended by themselves, not cut at the maximum length.
  public var terminated: Int
  /// Of `terminated`: with a right answer.
  public var correct: Int
  /// Of `correct`: with a cheapest answer.
  public var optimal: Int
  /// Of `correct`: every clause of the trace is true.
  public var sound: Int
  /// Of `sound`: the trace is one that the reference could have written.
  public var legal: Int
  /// Of all samples.
  public var generatedTokens: Int
  /// The sum of the trace lengths of the optimal samples.
  public var optimalTraceTokens: Int
  /// The shortest trace among the optimal samples; nil exactly if there is none.
  public var shortestOptimal: Int?

  public init(
    samples: Int = 0, terminated: Int = 0, correct: Int = 0, optimal: Int = 0, sound: Int = 0,
    legal: Int = 0, generatedTokens: Int = 0, optimalTraceTokens: Int = 0, shortestOptimal: Int? = nil
  ) {
    self.samples = samples
    self.terminated = terminated
    self.correct = correct
    self.optimal = optimal
    self.sound = sound
    self.legal = legal
    self.generatedTokens = generatedTokens
    self.optimalTraceTokens = optimalTraceTokens
    self.shortestOptimal = shortestOptimal
  }
}

extension Tally: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case samples, terminated, correct, optimal, sound, legal
    case generatedTokens = "generated_tokens"
    case optimalTraceTokens = "optimal_trace_tokens"
    case shortestOptimal = "shortest_optimal"
  }
}

/// More of an evaluation's samples of one exercise than accepting a round needs.
public struct Measures: Sendable, Equatable {
  /// The sum of the trace lengths of the correct samples.
  public var correctTraceTokens: Int
  /// The cheapest answer of the correct samples; nil if there is none, or if the exercise has no
  /// cost.
  public var leastCost: Int?
  /// Different responses among the correct samples.
  public var distinctCorrect: Int
  /// Sums over the optimal samples: clauses written, and those that close a state.
  public var optimalClauses: Int
  public var optimalExpansions: Int

  public init(
    correctTraceTokens: Int = 0, leastCost: Int? = nil, distinctCorrect: Int = 0, optimalClauses: Int = 0,
    optimalExpansions: Int = 0
  ) {
    self.correctTraceTokens = correctTraceTokens
    self.leastCost = leastCost
    self.distinctCorrect = distinctCorrect
    self.optimalClauses = optimalClauses
    self.optimalExpansions = optimalExpansions
  }
}

extension Measures: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case correctTraceTokens = "correct_trace_tokens"
    case leastCost = "least_cost"
    case distinctCorrect = "distinct_correct"
    case optimalClauses = "optimal_clauses"
    case optimalExpansions = "optimal_expansions"
  }
}
