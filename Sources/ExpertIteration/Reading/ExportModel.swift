import Foundation
import Model
import Search
import Store

/// A round's weights for other programs.
extension RunReader {
  /// The parameters the round ended with as a safetensors file, without the optimiser's moments. Beside the
  /// checkpoint's own metadata it has `words`: the vocabulary in the order of its tokens, a space between two.
  public func weights(round: Int) throws -> Data {
    let (checkpoint, vocabulary) = try checkpoint(ofRound: round)
    let plain = Checkpoint(
      configuration: checkpoint.configuration, vocabularyDigest: checkpoint.vocabularyDigest,
      step: checkpoint.step,
      metadata: checkpoint.metadata.merging(["words": vocabulary.text(of: 0..<Token(vocabulary.count))]) {
        $1
      },
      tensors: checkpoint.tensors.filter { !$0.name.hasPrefix("moment") })
    return Data(plain.encoded())
  }

  /// Calls `body` with a line of JSON for each of the round's first `count` traces, as `export` orders them:
  /// `prompt` and `response` as tokens with bos and eos, and `logits`, a row for each token of the response but
  /// the last, for the token after it. Against these another program's reading of the weights is checked.
  public func exportLogits(round: Int, count: Int, _ body: (String) throws -> Void) throws {
    let (checkpoint, vocabulary) = try checkpoint(ofRound: round)
    let model = try checkpoint.model()
    let traces =
      round > 0
      ? try store.keptTraces(round: round).prefix(count).compactMap { trace in
        try store.exercise(id: trace.exerciseID).map { ($0.prompt, trace.responseText) }
      }
      : try store.exercises(split: Split.train.rawValue, rounds: 0...0, after: 0, limit: count).map {
        ($0.prompt, "\($0.trace) \($0.answer)")
      }
    for (prompt, response) in traces {
      let (prompt, response) = (
        framed(try vocabulary.tokens(of: prompt)), framed(try vocabulary.tokens(of: response))
      )
      func list(_ tokens: [Token]) -> JSONTree { .array(tokens.map { .number(Int($0)) }) }
      let rows = model.logits(prompt: prompt, response: response).map { row in
        JSONTree.array(row.map { .leaf("\($0)") })
      }
      try body(
        JSONTree.object(["prompt": list(prompt), "response": list(response), "logits": .array(rows)]).line())
    }
  }

  private func checkpoint(ofRound round: Int) throws -> (checkpoint: Checkpoint, vocabulary: Vocabulary) {
    try requireRound(round)
    guard let record = try store.checkpoints(round: round).first(where: \.isFinal) else {
      throw ReadingError.noModelYet(round: round, directory: path)
    }
    let vocabulary = try configuration().domain.makeDomain().vocabulary
    return (try CheckpointFiles(directory: directory).checkpoint(record, vocabulary: vocabulary), vocabulary)
  }
}
