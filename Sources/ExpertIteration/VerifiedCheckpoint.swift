import Determinism
import Store

extension CheckpointFiles {
  /// The file of a row, whole and unchanged: its length and SHA-256 are the row's. Throws `StoreError`.
  func read(_ record: CheckpointRecord) throws -> [UInt8] {
    try read(record) { SHA256.hexDigest(of: $0) }
  }
}
