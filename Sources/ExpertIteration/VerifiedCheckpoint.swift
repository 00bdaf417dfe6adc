import Determinism
import Model
import Search
import Store

extension CheckpointFiles {
  /// The file of a row, whole and unchanged: its length and SHA-256 are the row's. Throws `StoreError`.
  func read(_ record: CheckpointRecord) throws -> [UInt8] {
    try read(record) { SHA256.hexDigest(of: $0) }
  }

  /// The checkpoint of a row, which must have been trained with `vocabulary`. Throws `StoreError`,
  /// `CheckpointError` and `RunError.vocabularyMismatch`.
  func checkpoint(_ record: CheckpointRecord, vocabulary: Vocabulary) throws -> Checkpoint {
    let checkpoint = try Checkpoint(decoding: try read(record))
    guard checkpoint.vocabularyDigest == vocabulary.digest else {
      throw RunError.vocabularyMismatch(path: record.path)
    }
    return checkpoint
  }
}
