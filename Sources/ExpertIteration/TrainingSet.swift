import Determinism
import Model
import Search
import Store

/// The sequences a round trains on, in a fixed order, and the batches they come in.
///
/// Batch `n` is a pure function of (seed, round, n): each epoch is a keyed permutation cut into batches, the
/// remainder left out. So a resumed round continues with the batch it would have seen.
struct TrainingSet {
  /// What is made of a sequence each time it is trained on, by a draw of its own.
  typealias Variation = @Sendable (Example, inout CounterRandom) -> Example
  /// What a framed prompt's tokens are to predict, as `Example.hints`.
  typealias Hints = @Sendable ([Token]) -> [Token]

  let sequences: [Example]
  /// How many of them are kept traces; the others are the reference's own.
  let kept: Int
  /// SHA-256 over the texts, one `prompt | trace answer` a line.
  let digest: String
  let batchSize: Int
  let epochs: Double
  private let seed: UInt64
  private let round: Int
  private let variation: Variation?

  /// `variation` changes each sequence in each epoch by a function of (seed, round, its place, epoch); nil:
  /// they are trained on as they are.
  init(
    texts: [(prompt: String, response: String)], kept: Int, vocabulary: Vocabulary, batchSize: Int,
    epochs: Double, seed: UInt64, round: Int, hints: Hints? = nil, variation: Variation? = nil
  ) throws {
    var hash = SHA256()
    if hints != nil { hash.update("hinted\n".utf8) }
    if variation != nil { hash.update("varied in each epoch\n".utf8) }
    sequences = try texts.map { text in
      hash.update("\(text.prompt) | \(text.response)\n".utf8)
      let prompt = framed(try vocabulary.tokens(of: text.prompt))
      return Example(
        prompt: prompt, response: framed(try vocabulary.tokens(of: text.response)),
        hints: hints?(prompt) ?? [])
    }
    digest = SHA256.hexadecimal(hash.finalize())
    self.kept = kept
    self.batchSize = min(batchSize, max(1, sequences.count))
    self.epochs = epochs
    self.seed = seed
    self.round = round
    self.variation = variation
  }

  var stepsPerEpoch: Int { max(1, sequences.count / batchSize) }

  /// At least one step, so that a round that kept almost nothing still has a checkpoint of its own; none where
  /// nothing is to be trained.
  var steps: Int {
    sequences.isEmpty || epochs == 0 ? 0 : max(1, Int((epochs * Double(stepsPerEpoch)).rounded()))
  }

  /// Prompt and response tokens of all steps together, repeats counted.
  var trainedTokens: Int {
    batches(from: 0).reduce(0) { sum, batch in
      batch.reduce(sum) { $0 + $1.prompt.count + $1.response.count }
    }
  }

  private func sequence(_ index: Int, epoch: Int) -> Example {
    guard let variation else { return sequences[index] }
    var random = CounterRandom(
      seed: seed, stream: .mixture, UInt64(round), 2, UInt64(index), UInt64(epoch))
    return variation(sequences[index], &random)
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
        order = Array(0..<Int32(sequences.count))
        var random = CounterRandom(seed: seed, stream: .order, UInt64(round), UInt64(epoch))
        random.shuffle(&order)
        orderEpoch = epoch
      }
      let start = step % stepsPerEpoch * batchSize
      step += 1
      return order[start..<start + batchSize].map { sequence(Int($0), epoch: epoch) }
    }
  }
}

/// `tokens` between `bos` and `eos`, as the model reads them.
func framed(_ tokens: [Token]) -> [Token] {
  [Vocabulary.bos] + tokens + [Vocabulary.eos]
}
