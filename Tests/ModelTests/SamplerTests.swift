import Determinism
import Kernels
import Synchronization
import Testing

@testable import Model

struct SamplerTests {
  private static let encoderDecoder = TransformerConfiguration(
    architecture: .encoderDecoder, vocabularySize: 23, width: 48, encoderLayers: 2, decoderLayers: 2,
    heads: 3,
    hiddenWidth: 64, tokenShift: 1)
  private static let decoderOnly = TransformerConfiguration(
    architecture: .decoderOnly, vocabularySize: 21, width: 64, decoderLayers: 3, heads: 4, hiddenWidth: 96,
    tokenShift: 2)
  private static let narrowHeads = TransformerConfiguration(
    architecture: .decoderOnly, vocabularySize: 9, width: 48, decoderLayers: 2, heads: 6, hiddenWidth: 48)
  private static let wideHeads = TransformerConfiguration(
    architecture: .encoderDecoder, vocabularySize: 40, width: 96, encoderLayers: 1, decoderLayers: 2,
    heads: 1,
    hiddenWidth: 128)
  static let configurations = [encoderDecoder, decoderOnly, narrowHeads, wideHeads]

  /// Prompts of several lengths, around the borders of a block of 16.
  private static func requests(vocabulary: Int, samples: Int) -> [SampleRequest] {
    [5, 15, 16, 17, 40, 33].enumerated().map { index, length in
      var random = CounterRandom(seed: 7, stream: .sampling, UInt64(index))
      let words = (0..<length - 2).map { _ in Int32(2 + random.uniform(below: vocabulary - 2)) }
      return SampleRequest(
        prompt: [0] + words + [1],
        keys: (0..<samples).map { CounterRandom.key(seed: 1, stream: .sampling, UInt64(index), UInt64($0)) })
    }
  }

  private static func sample(
    _ model: Transformer, _ requests: [SampleRequest], rows: Int = 12, threads: Int = 1,
    temperature: Float = 1,
    maximumLength: Int = 90, isHalf: Bool = false, nearBytes: Int? = nil
  ) -> [[Sample]]? {
    var settings = SamplerSettings(
      temperature: temperature, maximumLength: maximumLength, rowsPerThread: rows, threads: threads,
      halfPrecisionCache: isHalf)
    if let nearBytes { settings.nearBytes = nearBytes }
    return Sampler(model: model, settings: settings).sample(requests)
  }

  /// The cached network, fed the same tokens, gives the logits of the training forward bit for bit.
  @Test(arguments: configurations, [1, 7])
  func cachedDecodingGivesTheLogitsOfTheFullPass(configuration: TransformerConfiguration, rowCount: Int)
    throws
  {
    let model = Transformer(configuration, seed: 3)
    let pass = Pass(model)
    for request in Self.requests(vocabulary: configuration.vocabularySize, samples: 1) {
      let response: [Int32] =
        [0] + (0..<150).map { Int32(2 + ($0 * 5 + $0 / 7) % (configuration.vocabularySize - 2)) }
      let expected = model.logits(prompt: request.prompt, response: response + [1])
      let step = SamplerStep(
        pass: pass, rows: rowCount, longestPrompt: request.prompt.count, isHalfPrecision: false)
      let prompt = SampledPrompt(request.prompt, request: 0, shape: step.cache.shape, pass: pass)
      let rows = (0..<rowCount).map {
        SamplerRow(.init(request: 0, sample: $0), key: 1, limit: 1000, prompt: prompt)
      }
      var differing: [Int] = []
      for position in response.indices {
        let logits = step.logits(of: rows[...], areFar: position % 2 == 1)
        if rows.indices.contains(where: { logits.row($0).values != expected[position] }) {
          differing.append(position)
        }
        guard position + 1 < response.count else { break }
        for row in rows { row.append(response[position + 1]) }
      }
      #expect(differing == [], "a prompt of \(request.prompt.count) tokens")
    }
  }

  /// What a sample would have drawn anyway changes nothing of it, be it one token or more; another opening
  /// stands first, and the rest follows from it.
  @Test(arguments: configurations) func aGivenOpeningTakesThePlaceOfTheFirstDraws(
    configuration: TransformerConfiguration
  ) throws {
    let model = Transformer(configuration, seed: 5)
    for request in Self.requests(vocabulary: configuration.vocabularySize, samples: 1) {
      let drawn = try #require(Self.sample(model, [request])?.first?.first)
      guard let first = drawn.tokens.first else { continue }
      func opened(_ tokens: Int32...) -> SampleRequest {
        SampleRequest(prompt: request.prompt, keys: request.keys, opening: tokens)
      }
      let three = SampleRequest(
        prompt: request.prompt, keys: request.keys, opening: Array(drawn.tokens.prefix(3)))
      #expect(Self.sample(model, [three])?.first?.first == drawn)
      let given = try #require(Self.sample(model, [opened(2, 3, 2)])?.first?.first)
      #expect(given.tokens.starts(with: [2, 3, 2].prefix(given.tokens.count)))
      #expect(given.isTerminated ? given.tokens.count >= 3 : true)
      #expect(Self.sample(model, [opened(first)])?.first?.first == drawn)
      let other: Int32 = first == 2 ? 3 : 2
      let forced = try #require(Self.sample(model, [opened(other)])?.first?.first)
      #expect(forced.tokens.first == other)
      let logits = model.logits(prompt: request.prompt, response: [0, other, 1])
      let greedy = try #require(Self.sample(model, [opened(other)], temperature: 0)?.first?.first)
      let largest = logits[1].indices.max { logits[1][$0] < logits[1][$1] }
      #expect(greedy.tokens.dropFirst().first ?? 1 == largest.map(Int32.init))
    }
  }

  @Test(arguments: configurations)
  func aSampleDependsOnItsPromptAndKeyAlone(configuration: TransformerConfiguration) throws {
    let model = Transformer(configuration, seed: 5)
    let requests = Self.requests(vocabulary: configuration.vocabularySize, samples: 9)
    let expected = try #require(Self.sample(model, requests))
    #expect(expected.map(\.count) == requests.map(\.keys.count))
    #expect(Set(expected.joined().map(\.tokens.count)).count > 10, "lengths should differ")
    for rows in [1, 2, 5, 6, 7, 24] {
      #expect(Self.sample(model, requests, rows: rows) == expected, "\(rows) rows")
    }
    for threads in [2, 3, 5] {
      #expect(Self.sample(model, requests, rows: 6, threads: threads) == expected, "\(threads) threads")
    }
    for nearBytes in [1, 200_000] {
      #expect(
        Self.sample(model, requests, nearBytes: nearBytes) == expected, "rows wait past \(nearBytes) bytes")
    }
    let reversed = try #require(Self.sample(model, requests.reversed(), rows: 5, threads: 2))
    #expect(Array(reversed.reversed()) == expected)
    let alone = SampleRequest(prompt: requests[3].prompt, keys: [requests[3].keys[4]])
    #expect(Self.sample(model, [alone]) == [[expected[3][4]]])
  }

  /// Chi-square of 10,000 first tokens against the softmax, and against one of a temperature 10 % off, which
  /// must be told apart. The output layer is scaled, for a new model's logits hardly differ.
  @Test(arguments: [0.5, 1, 2] as [Float]) func theDrawsFollowTheSoftmax(temperature: Float) throws {
    let model = Transformer(Self.decoderOnly, seed: 2)
    let tensors = model.parameters.tensors
    model.replaceValues(
      tensors.map { tensor in
        let scale: Float = tensor.name == "decoder.output" ? 8 * temperature : 1
        return model.parameters.values(of: tensor).map { scale * $0 }
      })
    let prompt: [Int32] = [0, 3, 9, 4, 1]
    let keys = (0..<10_000).map { CounterRandom.key(seed: 4, stream: .sampling, UInt64($0)) }
    let request = SampleRequest(prompt: prompt, keys: keys)
    let samples = try #require(
      Self.sample(model, [request], temperature: temperature, maximumLength: 1))[0]
    var drawn = [Double](repeating: 0, count: 21)
    for sample in samples { drawn[sample.isTerminated ? 1 : Int(sample.tokens[0])] += 1 }
    let logits = model.logits(prompt: prompt, response: [0, 1])[0].map(Double.init)
    let right = Self.chiSquare(drawn, logits.map { $0 / Double(temperature) })
    // Exceeded by chance once in a million.
    #expect(right.statistic < right.threshold)
    for factor in [0.9, 1.1] {
      let wrong = Self.chiSquare(drawn, logits.map { $0 / (factor * Double(temperature)) })
      #expect(wrong.statistic > wrong.threshold, "a temperature of \(factor) times the right one")
    }
  }

  /// Of counts against a softmax, tokens expected fewer than five times taken together; the threshold is the
  /// distribution's 1 - 1e-6 quantile (Wilson and Hilferty 1931).
  private static func chiSquare(_ counts: [Double], _ logits: [Double]) -> (
    statistic: Double, threshold: Double
  ) {
    let powers = logits.map(naturalExponential)
    let factor = counts.reduce(0, +) / powers.reduce(0, +)
    var (statistic, cells) = (0.0, 0.0)
    var rare = (count: 0.0, expected: 0.0)
    func add(_ count: Double, _ expected: Double) {
      statistic += (count - expected) * (count - expected) / expected
      cells += 1
    }
    for (count, power) in zip(counts, powers) {
      if power * factor < 5 {
        rare = (rare.count + count, rare.expected + power * factor)
      } else {
        add(count, power * factor)
      }
    }
    if rare.expected > 0 { add(rare.count, rare.expected) }
    let spread = 2 / (9 * (cells - 1))
    let root = 1 - spread + 4.7534 * spread.squareRoot()
    return (statistic, (cells - 1) * root * root * root)
  }

  @Test func greedyTakesTheLargestLogit() throws {
    let model = Transformer(Self.encoderDecoder, seed: 6)
    let requests = Self.requests(vocabulary: 23, samples: 2)
    let samples = try #require(Self.sample(model, requests, temperature: 0, maximumLength: 12))
    for (request, samples) in zip(requests, samples) {
      #expect(samples[0] == samples[1])
      let logits = model.logits(prompt: request.prompt, response: [0] + samples[0].tokens + [1])
      for (row, token) in zip(logits, samples[0].tokens) {
        #expect(row.firstIndex(of: row.max() ?? 0) == Int(token))
      }
    }
  }

  @Test func ofEqualLogitsGreedyTakesTheFirst() {
    let buffer = FloatBuffer(count: 8)
    for (index, value) in [Float.nan, 1, 3, -1, 3].enumerated() { buffer[index] = value }
    #expect(greedyToken(buffer.vector(count: 5)) == 2)
    for index in 0..<5 { buffer[index] = -.infinity }
    #expect(greedyToken(buffer.vector(count: 5)) == nil)
  }

  @Test func drawsNeverTakeATokenOfNoProbability() {
    let buffer = FloatBuffer(count: 32)
    for unit in [0, 0.25, 0.5, 0.75, 1 - 0x1p-24] as [Float] {
      for index in 0..<19 { buffer[index] = index == 4 || index == 11 ? 2 : -.infinity }
      #expect(
        drawToken(buffer.vector(count: 19), scale: 1, unit: unit) == (unit < 0.5 ? 4 : 11), "unit \(unit)")
    }
  }

  @Test func limitsCutASampleWithoutChangingItsStart() throws {
    let model = Transformer(Self.decoderOnly, seed: 8)
    let whole = Self.requests(vocabulary: 21, samples: 4)
    let limits = [1, 3, 10, 500]
    let cut = whole.map { SampleRequest(prompt: $0.prompt, keys: $0.keys, limits: limits) }
    let (free, limited) = (try #require(Self.sample(model, whole)), try #require(Self.sample(model, cut)))
    for (free, limited) in zip(free, limited) {
      for (limit, (free, limited)) in zip(limits, zip(free, limited)) {
        if free.tokens.count < limit {
          #expect(limited == free)
        } else {
          #expect(
            limited == Sample(tokens: Array(free.tokens.prefix(limit)), isTerminated: false) || limit > 90)
        }
        #expect(free.tokens.count <= 90 && free.isTerminated == (free.tokens.count < 90))
      }
    }
  }

  @Test func logitsThatAreNoNumbersEndTheResponse() throws {
    for temperature in [0, 1] as [Float] {
      let model = Transformer(Self.decoderOnly, seed: 1)
      model.replaceValues(
        model.parameters.tensors.map {
          [Float](repeating: $0.name == "decoder.norm" ? .nan : 1, count: $0.count)
        })
      let requests = [SampleRequest(prompt: [0, 2, 1], keys: [1, 2])]
      let samples = try #require(Self.sample(model, requests, temperature: temperature))
      #expect(samples == [[Sample(tokens: [], isTerminated: true), Sample(tokens: [], isTerminated: true)]])
    }
  }

  @Test func aHalfPrecisionCacheIsCloseAndDependsOnNothingElseEither() throws {
    let model = Transformer(Self.wideHeads, seed: 9)
    let requests = Self.requests(vocabulary: 40, samples: 6)
    let expected = try #require(Self.sample(model, requests, isHalf: true))
    #expect(Self.sample(model, requests, rows: 5, threads: 2, isHalf: true) == expected)
    let single = try #require(Self.sample(model, requests))
    let firsts = zip(expected.joined(), single.joined()).filter { $0.tokens.first == $1.tokens.first }
    #expect(firsts.count >= 34, "of 36 first tokens \(firsts.count) agree")
  }

  @Test func cancellingReturnsNothing() {
    let model = Transformer(Self.encoderDecoder, seed: 6)
    let requests = Self.requests(vocabulary: 23, samples: 50)
    let settings = SamplerSettings(maximumLength: 90, threads: 2)
    let polls = Atomic(0)
    let samples = Sampler(model: model, settings: settings).sample(
      requests, isCancelled: { polls.add(1, ordering: .relaxed).newValue > 40 })
    #expect(samples == nil)
    #expect(polls.load(ordering: .relaxed) < 50)
  }

  @Test func everyPromptAndTokenIsPrecededByAQuestion() throws {
    let model = Transformer(Self.encoderDecoder, seed: 6)
    let settings = SamplerSettings(maximumLength: 20, rowsPerThread: 1, threads: 1)
    let requests = Self.requests(vocabulary: 23, samples: 3)
    let polls = Atomic(0)
    let samples = Sampler(model: model, settings: settings).sample(
      requests,
      isCancelled: {
        polls.add(1, ordering: .relaxed)
        return false
      })
    let all = try #require(samples).joined()
    let tokens = all.reduce(0) { $0 + $1.tokens.count + ($1.isTerminated ? 1 : 0) }
    #expect(polls.load(ordering: .relaxed) >= tokens + all.count)
  }

  @Test func whoCancelsAtOnceWaitsForNoToken() {
    let model = Transformer(Self.encoderDecoder, seed: 6)
    let tokens = Atomic(0)
    let sampler = Sampler(model: model, settings: SamplerSettings(maximumLength: 90, threads: 2))
    let samples = sampler.sample(
      Self.requests(vocabulary: 23, samples: 5), isCancelled: { true },
      onProgress: { count, _ in tokens.add(count, ordering: .relaxed) })
    #expect(samples == nil)
    #expect(tokens.load(ordering: .relaxed) == 0)
  }

  @Test func progressCountsEveryTokenAndRequest() throws {
    let model = Transformer(Self.encoderDecoder, seed: 6)
    let requests = Self.requests(vocabulary: 23, samples: 10)
    let tokens = Atomic(0)
    let finished = Atomic(0)
    let sampler = Sampler(model: model, settings: SamplerSettings(maximumLength: 90, threads: 2))
    let samples = sampler.sample(
      requests,
      onProgress: {
        tokens.add($0, ordering: .relaxed)
        finished.add($1, ordering: .relaxed)
      })
    let drawn = try #require(samples).joined().reduce(0) { $0 + $1.tokens.count + ($1.isTerminated ? 1 : 0) }
    #expect(tokens.load(ordering: .relaxed) == drawn)
    #expect(finished.load(ordering: .relaxed) == requests.count)
  }

  @Test func nothingToSampleIsNoWork() {
    let model = Transformer(Self.encoderDecoder, seed: 6)
    #expect(Self.sample(model, [], threads: 2) == [])
    #expect(Self.sample(model, [SampleRequest(prompt: [0, 1], keys: [])], threads: 2) == [[]])
  }

  @Test func theMemoryEstimateBoundsTheCache() {
    let configuration = Self.decoderOnly
    let settings = SamplerSettings(maximumLength: 1000, rowsPerThread: 12, threads: 2)
    let estimate = Sampler.memoryEstimate(configuration: configuration, settings: settings, promptLength: 40)
    // 24 rows of 1015 tokens, 3 layers, key and value of 64 floats
    #expect(estimate > 24 * 1015 * 3 * 2 * 64 * 4)
    #expect(estimate < 3 * 24 * 1015 * 3 * 2 * 64 * 4)
    var half = settings
    half.halfPrecisionCache = true
    #expect(Sampler.memoryEstimate(configuration: configuration, settings: half, promptLength: 40) < estimate)
  }
}
