import Determinism
import Kernels

/// The token every response begins with, and the one that ends it.
enum Bound {
  static let bos: Int32 = 0
  static let eos: Int32 = 1
}

/// One response in the making.
final class SamplerRow {
  let ticket: SamplerQueue.Ticket
  let prompt: SampledPrompt
  /// Tokens it may draw.
  let limit: Int
  /// What the decoder has read and is about to read; `responseStart` is the place of bos. Before it only as
  /// much of the prompt as token shift looks back at.
  private(set) var tokens: [Int32]
  private let responseStart: Int
  /// All keys and values, the prompt's shared ones first.
  private(set) var segments: [DecodeSegment]
  private let sharedSegments: Int
  private var roomEnd: Int
  private var random: CounterRandom
  private let opening: [Int32]

  init(
    _ ticket: SamplerQueue.Ticket, key: UInt64, limit: Int, prompt: SampledPrompt, opening: [Int32] = []
  ) {
    self.ticket = ticket
    self.prompt = prompt
    self.limit = limit
    tokens = prompt.recentTokens + [Bound.bos]
    responseStart = prompt.recentTokens.count
    segments = prompt.sharedSegment.map { [$0] } ?? []
    sharedSegments = segments.count
    roomEnd = segments.reduce(0) { $0 + $1.capacity }
    random = CounterRandom(key: key)
    self.opening = opening
  }

  /// Tokens drawn so far.
  var drawn: Int { tokens.count - responseStart - 1 }

  /// Place in the cached sequence of the token about to be read.
  var position: Int { prompt.prefixCount + drawn }

  /// Segments of its own that it has taken so far.
  var ownSegmentCount: Int { segments.count - sharedSegments }

  /// Where the token at `position` lies in the last segment, once there is room for it.
  var placeInLastSegment: Int { position - roomEnd + segments[segments.count - 1].capacity }

  /// Makes room for the token at `position`.
  func reserve(in cache: KeyValueCache, layers: Int) {
    while position >= roomEnd {
      let segment = cache.take()
      if segments.count == sharedSegments { prompt.copyRest(to: segment, layers: layers, shape: cache.shape) }
      segments.append(segment)
      roomEnd += segment.capacity
    }
  }

  /// Gives the row's own segments back.
  func release(to cache: KeyValueCache) {
    cache.give(segments[sharedSegments...])
    segments = []
  }

  /// Draws the next token from its logits, which are overwritten, unless it is given; returns the response if
  /// that ends it.
  func draw(_ logits: Vector, temperature: Float) -> Sample? {
    let unit = random.unit()
    let token =
      temperature == 0
      ? greedyToken(logits) : drawToken(logits, scale: 1 / max(temperature, 1e-4), unit: unit)
    let given = drawn < opening.count ? opening[drawn] : nil
    let next = given ?? token.map(Int32.init) ?? Bound.eos
    if next == Bound.eos { return Sample(tokens: Array(response), isTerminated: true) }
    append(next)
    return drawn >= limit ? Sample(tokens: Array(response), isTerminated: false) : nil
  }

  /// Makes `token` the one to be read next.
  func append(_ token: Int32) { tokens.append(token) }

  private var response: ArraySlice<Int32> { tokens[(responseStart + 1)...] }
}
