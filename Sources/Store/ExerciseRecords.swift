/// A task with the reference's own trace and answer, in words.
public struct ExerciseRecord: Sendable, Equatable {
  /// 0 before insertion; then 1, 2, 3 ... in the order of insertion.
  public var id: Int64
  /// `train`, `test` or another evaluation set's name.
  public var split: String
  /// The number of the draw it came from: with the split and the run's seed it is the whole exercise.
  public var candidateIndex: Int
  /// The round it was drawn for.
  public var round: Int
  public var prompt: String
  public var trace: String
  public var answer: String
  public var optimalCost: Int
  /// Of `trace`, in tokens.
  public var traceLength: Int
  /// Of the walls, canonical under the symmetries of the square: never in both splits.
  public var layoutSHA256: String

  public init(
    id: Int64 = 0, split: String, candidateIndex: Int, round: Int, prompt: String, trace: String,
    answer: String, optimalCost: Int, traceLength: Int, layoutSHA256: String
  ) {
    self.id = id
    self.split = split
    self.candidateIndex = candidateIndex
    self.round = round
    self.prompt = prompt
    self.trace = trace
    self.answer = answer
    self.optimalCost = optimalCost
    self.traceLength = traceLength
    self.layoutSHA256 = layoutSHA256
  }
}

/// What became of the samples of one exercise. Each count is part of the one it is said to be `of`.
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
  /// The shortest trace among the optimal samples; nil exactly when there is none.
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

/// A round's samples of one training exercise. The `best...` are all nil or all set: the shortest sample
/// that may replace the incumbent.
public struct SamplingRecord: Sendable, Equatable {
  public var round: Int
  public var exerciseID: Int64
  public var tally: Tally
  /// The number of the sample among those of its exercise and round.
  public var bestAttempt: Int?
  public var bestTrace: String?
  public var bestAnswer: String?
  /// Of `bestTrace`, in tokens.
  public var bestLength: Int?
  public var bestSound: Bool?
  public var bestLegal: Bool?

  public init(
    round: Int, exerciseID: Int64, tally: Tally, bestAttempt: Int? = nil, bestTrace: String? = nil,
    bestAnswer: String? = nil, bestLength: Int? = nil, bestSound: Bool? = nil, bestLegal: Bool? = nil
  ) {
    self.round = round
    self.exerciseID = exerciseID
    self.tally = tally
    self.bestAttempt = bestAttempt
    self.bestTrace = bestTrace
    self.bestAnswer = bestAnswer
    self.bestLength = bestLength
    self.bestSound = bestSound
    self.bestLegal = bestLegal
  }
}

/// More of an evaluation's samples of one exercise than accepting a round needs.
public struct Measures: Sendable, Equatable {
  /// The sum of the trace lengths of the correct samples.
  public var correctTraceTokens: Int
  /// The cheapest answer of the correct samples; nil exactly when there is none.
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

/// A round's samples of one exercise never trained on.
public struct EvaluationRecord: Sendable, Equatable {
  public var round: Int
  /// The set of exercises; the views read `test`.
  public var setName: String
  public var exerciseID: Int64
  public var tally: Tally
  /// nil: from a version that did not take them.
  public var measures: Measures?

  public init(
    round: Int, setName: String = "test", exerciseID: Int64, tally: Tally, measures: Measures? = nil
  ) {
    self.round = round
    self.setName = setName
    self.exerciseID = exerciseID
    self.tally = tally
    self.measures = measures
  }
}

/// A kept trace: strictly shorter than the one it replaced, which is its parent.
public struct TraceRecord: Sendable, Equatable {
  /// 0 before insertion.
  public var id: Int64
  public var exerciseID: Int64
  public var round: Int
  /// The checkpoint that wrote it.
  public var checkpointID: Int64
  /// The number of the sample among those of its exercise and round.
  public var attempt: Int
  /// The kept trace it replaced; nil when that was the reference's own.
  public var parentTraceID: Int64?
  public var trace: String
  public var answer: String
  /// Of `trace`, in tokens.
  public var traceLength: Int
  public var sound: Bool
  public var legal: Bool

  public init(
    id: Int64 = 0, exerciseID: Int64, round: Int, checkpointID: Int64, attempt: Int,
    parentTraceID: Int64? = nil, trace: String, answer: String, traceLength: Int, sound: Bool, legal: Bool
  ) {
    self.id = id
    self.exerciseID = exerciseID
    self.round = round
    self.checkpointID = checkpointID
    self.attempt = attempt
    self.parentTraceID = parentTraceID
    self.trace = trace
    self.answer = answer
    self.traceLength = traceLength
    self.sound = sound
    self.legal = legal
  }
}
