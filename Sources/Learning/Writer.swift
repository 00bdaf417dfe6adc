import Words

/// A learner with weights: it answers requests.
public protocol Writer: Sendable {
  /// A response for each key of each request, in order; nil: the watch said stop.
  ///
  /// Where the learner promises to draw again, a response depends on weights, prompt, opening, key and
  /// settings alone, not on the requests it is asked with.
  func respond(
    to requests: [Request], _ settings: WritingSettings, _ watch: WritingWatch
  ) throws -> [[Response]]?
}

/// A prompt to answer, once for each key.
public struct Request: Sendable, Equatable {
  public let prompt: Writing
  /// What each response must begin with; nil: whatever the model writes.
  public let opening: Writing?
  /// 64 random bits for each response.
  public let keys: [UInt64]

  public init(prompt: Writing, opening: Writing? = nil, keys: [UInt64]) {
    self.prompt = prompt
    self.opening = opening
    self.keys = keys
  }
}

public struct Response: Sendable, Equatable {
  public let writing: Writing
  /// Whether it ended by itself, before its limit. One that was cut is never kept.
  public let isTerminated: Bool
  /// Drawn, in the learner's unit, the end counted.
  public let length: Int

  public init(writing: Writing, isTerminated: Bool, length: Int) {
    self.writing = writing
    self.isTerminated = isTerminated
    self.length = length
  }
}

public struct WritingSettings: Sendable, Equatable {
  /// 0 is greedy.
  public let temperature: Double
  /// Where a response is cut, in the learner's unit.
  public let maximumLength: Int

  public init(temperature: Double, maximumLength: Int) {
    self.temperature = temperature
    self.maximumLength = maximumLength
  }
}

/// What somebody who waits for responses says and hears. Both closures are called from several threads.
public struct WritingWatch: Sendable {
  /// True: stop at the next safe point.
  public let isCancelled: @Sendable () -> Bool
  /// Length drawn and requests finished since the last call.
  public let advanced: @Sendable (_ length: Int, _ requests: Int) -> Void

  public init(
    isCancelled: @escaping @Sendable () -> Bool = { false },
    advanced: @escaping @Sendable (_ length: Int, _ requests: Int) -> Void = { _, _ in }
  ) {
    self.isCancelled = isCancelled
    self.advanced = advanced
  }
}
