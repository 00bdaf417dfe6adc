import Determinism
import Store

extension CheckpointFiles {
  /// The file of a row, whole and unchanged: its length and SHA-256 are the row's. Throws `StoreError`.
  func read(_ record: CheckpointRecord) throws -> [UInt8] {
    let bytes = try read(record.path, bytes: record.bytes)
    guard SHA256.hexDigest(of: bytes) == record.sha256 else {
      throw StoreError.checkpointDamaged(path: record.path, detail: "its SHA-256 is not the one in the database")
    }
    return bytes
  }
}
