import Dispatch
import Kernels
import Synchronization

/// Draws responses from a model.
///
///     let sampler = Sampler(model: model, settings: SamplerSettings(maximumLength: 300, threads: 2))
///     let samples = sampler.sample([SampleRequest(prompt: prompt, keys: [1, 2, 3])])
///
/// A response that ends makes room for the next at once; a prompt is read once for all its samples; keys and
/// values are cached. What a sample says depends on the model, its prompt, its key, temperature and limit
/// alone: not on the threads, the rows per thread or the other requests. The cached network's logits are
/// those of `Transformer.logits` bit for bit, unless the cache is in half precision.
///
/// Logits that are not numbers end their response. Nobody trains the model while it samples.
public final class Sampler: Sendable {
  public let model: Transformer
  public let settings: SamplerSettings

  public init(model: Transformer, settings: SamplerSettings) {
    precondition(settings.threads >= 1 && settings.rowsPerThread >= 1, "sampling needs a thread and a row")
    precondition(settings.maximumLength >= 1, "a response needs room for a token")
    precondition(settings.temperature >= 0, "the temperature is \(settings.temperature); use 0 or more")
    self.model = model
    self.settings = settings
  }

  /// `samples[i][j]` answers `requests[i].keys[j]`; nil when `isCancelled` said true.
  ///
  /// Each thread asks `isCancelled` before it begins a sample, whose prompt it may have to read, and before
  /// every token of its rows. So from the first sample to the last a call comes every few milliseconds, rarer
  /// only where one prompt or one token of all rows takes longer: a place to say that the work goes on.
  /// `onProgress` is told, now and then, of tokens drawn and requests finished since the last time. Both are
  /// called from several threads.
  public func sample(
    _ requests: [SampleRequest], isCancelled: @Sendable () -> Bool = { false },
    onProgress: @Sendable (_ tokens: Int, _ requests: Int) -> Void = { _, _ in }
  ) -> [[Sample]]? {
    check(requests)
    let queue = SamplerQueue(sampleCounts: requests.map(\.keys.count), threads: settings.threads)
    let empty = requests.count { $0.keys.isEmpty }
    if empty > 0 { onProgress(0, empty) }
    let answers = Mutex(requests.map { [Sample?](repeating: nil, count: $0.keys.count) })
    withoutActuallyEscaping(isCancelled) { isCancelled in
      withoutActuallyEscaping(onProgress) { onProgress in
        DispatchQueue.concurrentPerform(iterations: settings.threads) { thread in
          let worker = SamplerWorker(
            model: model, settings: settings, requests: requests, queue: queue, thread: thread)
          worker.run(isCancelled: isCancelled, onProgress: onProgress)
          answers.withLock { answers in
            for (ticket, sample) in worker.finished { answers[ticket.request][ticket.sample] = sample }
          }
        }
      }
    }
    if queue.isStopped { return nil }
    return answers.withLock { $0.map { $0.compactMap(\.self) } }
  }

  /// Bytes that sampling holds beside the model when all rows are as long as allowed, for prompts of up to
  /// `promptLength` tokens.
  public static func memoryEstimate(
    configuration: TransformerConfiguration, settings: SamplerSettings, promptLength: Int
  ) -> Int {
    let shape = DecodeShape(
      heads: configuration.heads, headWidth: configuration.headWidth,
      isHalfPrecision: settings.halfPrecisionCache)
    let layers = configuration.decoderLayers
    let rows = settings.rowsPerThread
    let ownTokens = settings.maximumLength + (configuration.architecture == .decoderOnly ? 15 : 0)
    let cache = KeyValueCache.byteCount(shape: shape, layers: layers, rows: rows, tokens: ownTokens)
    let promptTokens = Panels.padded(promptLength)
    let prompt = 2 * 4 * layers * promptTokens * Panels.padded(configuration.width)
    // A prompt being read, and those whose samples are running: with two samples each, half as many as rows.
    let prompts = prompt * (1 + (rows + 1) / 2)
    let activations =
      4 * promptTokens * (8 * configuration.width + 3 * configuration.hiddenWidth)
      * max(configuration.encoderLayers, layers)
    return settings.threads * (cache + prompts + activations)
  }

  private func check(_ requests: [SampleRequest]) {
    for (index, request) in requests.enumerated() {
      precondition(!request.prompt.isEmpty, "request \(index) has an empty prompt")
      for token in request.prompt where token < 0 || token >= model.configuration.vocabularySize {
        preconditionFailure("request \(index) has token \(token); the vocabulary ends before it")
      }
      precondition(request.limits.allSatisfy { $0 >= 1 }, "request \(index) has a limit below 1")
    }
  }
}
