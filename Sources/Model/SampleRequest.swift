/// A prompt to answer several times.
public struct SampleRequest: Sendable, Equatable {
  /// `[bos, words..., eos]`
  public let prompt: [Int32]
  /// One sample for each: token t of a sample is drawn with number t of `CounterRandom(key:)`.
  public let keys: [UInt64]
  /// Longest response of each sample, when shorter than the sampler's own limit; empty: none has one.
  public let limits: [Int]
  /// The first tokens of every sample, given and not drawn. They count as drawn towards its limit.
  public let opening: [Int32]

  public init(prompt: [Int32], keys: [UInt64], limits: [Int] = [], opening: [Int32] = []) {
    precondition(limits.isEmpty || limits.count == keys.count, "a limit for each sample or for none")
    self.prompt = prompt
    self.keys = keys
    self.limits = limits
    self.opening = opening
  }
}

/// A response.
public struct Sample: Sendable, Equatable {
  /// After bos, without eos.
  public let tokens: [Int32]
  /// Whether it ended by itself, with eos, before its limit.
  public let isTerminated: Bool

  public init(tokens: [Int32], isTerminated: Bool) {
    self.tokens = tokens
    self.isTerminated = isTerminated
  }
}

/// How to sample.
public struct SamplerSettings: Sendable, Equatable {
  /// Divides the logits; 0 takes the largest, the smallest token of equals.
  public var temperature: Float
  /// Tokens drawn for a response at most, eos among them.
  public var maximumLength: Int
  /// Responses that a thread advances together at most; a multiple of 6 suits the products. Long ones, whose
  /// keys and values would not stay near the processor, are fewer.
  public var rowsPerThread: Int
  public var threads: Int
  /// Keeps keys and values in 16 bits: half the memory, faster on long responses, logits off by about 5e-4.
  public var halfPrecisionCache: Bool
  /// Bytes of keys and values, for each thread, past which rows wait: a fair part of the last-level cache,
  /// room left for weights.
  var nearBytes = 4 << 20

  public init(
    temperature: Float = 1, maximumLength: Int, rowsPerThread: Int = 6, threads: Int,
    halfPrecisionCache: Bool = false
  ) {
    self.temperature = temperature
    self.maximumLength = maximumLength
    self.rowsPerThread = rowsPerThread
    self.threads = threads
    self.halfPrecisionCache = halfPrecisionCache
  }
}
