import Learning
import Model
import Words

/// The network with weights, ready to answer. A response is a function of weights, prompt, key, temperature
/// and limit.
struct TransformerWriter: Writer {
  let model: Transformer
  let codec: Codec
  let sampler: SamplerSettings

  func respond(
    to requests: [Request], _ settings: WritingSettings, _ watch: WritingWatch
  ) -> [[Response]]? {
    var sampling = sampler
    sampling.temperature = Float(settings.temperature)
    sampling.maximumLength = settings.maximumLength
    let samples = Sampler(model: model, settings: sampling).sample(
      requests.map {
        SampleRequest(
          prompt: codec.framed($0.prompt), keys: $0.keys,
          opening: $0.opening.map { codec.tokens(of: $0) } ?? [])
      }, isCancelled: watch.isCancelled, onProgress: watch.advanced)
    return samples?.map { samples in
      samples.map { sample in
        Response(
          writing: codec.writing(of: sample.tokens), isTerminated: sample.isTerminated,
          length: sample.tokens.count + (sample.isTerminated ? 1 : 0))
      }
    }
  }
}
