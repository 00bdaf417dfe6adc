import Determinism
import Learning
import Model
import Words

/// A job's lessons as the network reads them, and the batches they come in.
///
/// Batch `n` is a pure function of (seed, round, n): each epoch is a keyed permutation cut into batches, the
/// remainder left out. So a resumed job continues with the batch it would have seen.
struct Batches {
  private let job: TrainingJob
  private let codec: Codec
  private let examples: [Example]
  let batchSize: Int

  init(of job: TrainingJob, _ codec: Codec) {
    self.job = job
    self.codec = codec
    examples = job.lessons.map { Self.example($0, codec) }
    batchSize = min(job.batchSize, max(1, examples.count))
  }

  private var stepsPerEpoch: Int { max(1, examples.count / batchSize) }

  /// At least one step, so that a round that kept almost nothing still has weights of its own; none if
  /// nothing is to be trained.
  var steps: Int {
    examples.isEmpty || job.epochs == 0
      ? 0 : max(1, Int((job.epochs * Double(stepsPerEpoch)).rounded()))
  }

  /// Prompt and response tokens of all steps together, repeats counted.
  var tokens: Int {
    batches(from: 0).reduce(0) { sum, batch in
      batch.reduce(sum) { $0 + $1.prompt.count + $1.response.count }
    }
  }

  /// Batches from step `first` on.
  func batches(from first: Int) -> some Sequence<[Example]> {
    var step = first
    var order: [Int32] = []
    var orderEpoch = -1
    return AnyIterator {
      guard step < steps else { return nil }
      let epoch = step / stepsPerEpoch
      if epoch != orderEpoch {
        order = Array(0..<Int32(examples.count))
        var random = CounterRandom(seed: job.seed, stream: .order, UInt64(job.round), UInt64(epoch))
        random.shuffle(&order)
        orderEpoch = epoch
      }
      let start = step % stepsPerEpoch * batchSize
      step += 1
      return order[start..<start + batchSize].map { example(Int($0), epoch: epoch) }
    }
  }

  private func example(_ index: Int, epoch: Int) -> Example {
    guard let vary = job.vary else { return examples[index] }
    return Self.example(vary(index, epoch), codec)
  }

  static func example(_ lesson: Lesson, _ codec: Codec) -> Example {
    let labels = lesson.labels.map { labels in
      [Example.noHint] + labels.map { $0 ?? Example.noHint } + [Example.noHint]
    }
    return Example(
      prompt: codec.framed(lesson.prompt), response: codec.framed(lesson.response), hints: labels ?? [])
  }
}
