import CKernelSupport
import Kernels

/// Memory for the keys and values of one thread's rows: segments of a fixed number of tokens, taken as a row
/// grows and given back when it ends. It grows to what the rows hold at the same time and is reused from then
/// on; how long a row may become costs nothing before the row gets there.
final class KeyValueCache {
  /// Four blocks of keys, what attention reads in one go; short enough to leave little unused.
  static let segmentTokens = 64

  let shape: DecodeShape
  let segmentBytes: Int
  private var free: [DecodeSegment] = []
  private var chunks: [UnsafeMutableRawPointer] = []

  init(shape: DecodeShape, layers: Int) {
    self.shape = shape
    segmentBytes = shape.segmentByteCount(capacity: Self.segmentTokens, layers: layers)
  }

  deinit { for chunk in chunks { chunk.deallocate() } }

  func take() -> DecodeSegment {
    if free.isEmpty { grow() }
    return free.removeLast()
  }

  func give(_ segments: some Collection<DecodeSegment>) { free.append(contentsOf: segments) }

  /// Bytes held, in use or not.
  var byteCount: Int { chunks.count * Self.chunkBytes(segmentBytes) }

  /// Adds a chunk of at least 8 MiB of huge pages; it becomes resident as it is first written.
  private func grow() {
    let bytes = Self.chunkBytes(segmentBytes)
    let chunk = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: Self.hugePage)
    sh_advise_huge_pages(chunk, bytes)
    chunks.append(chunk)
    for start in stride(from: 0, through: bytes - segmentBytes, by: segmentBytes).reversed() {
      free.append(DecodeSegment(base: chunk + start, capacity: Self.segmentTokens))
    }
  }

  private static let hugePage = 1 << 21

  private static func chunkBytes(_ segmentBytes: Int) -> Int {
    (max(segmentBytes, 4 * hugePage) + hugePage - 1) / hugePage * hugePage
  }

  /// Bytes that `rows` rows of up to `tokens` tokens can make a cache hold.
  static func byteCount(shape: DecodeShape, layers: Int, rows: Int, tokens: Int) -> Int {
    let segmentBytes = shape.segmentByteCount(capacity: segmentTokens, layers: layers)
    let segments = rows * ((tokens + segmentTokens - 1) / segmentTokens)
    let chunk = chunkBytes(segmentBytes)
    let segmentsPerChunk = chunk / segmentBytes
    return (segments + segmentsPerChunk - 1) / segmentsPerChunk * chunk
  }
}
