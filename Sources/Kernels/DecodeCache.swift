/// How a layer's keys and values lie in memory for decoding: a query at a time, every token read once.
///
/// Keys of a head: blocks of 16 tokens, depth first inside a block ([C][16], as in `Panels`), so that eight
/// lanes are eight tokens and a score is one chain over C. Values of a group of heads: a row per token, so
/// that eight lanes are eight channels and an output is one chain over the tokens. Both chains are those of
/// `attend`.
public struct DecodeShape: Sendable {
  public let heads: Int
  /// `C`, a multiple of 8.
  public let headWidth: Int
  /// Numbers are stored in 16 bits: half the memory to read; results differ from `attend` by about 5e-4.
  public let isHalfPrecision: Bool
  /// Heads whose values share a row: enough of them to have eight chains at once.
  let groupHeads: Int

  public init(heads: Int, headWidth: Int, isHalfPrecision: Bool) {
    demand(headWidth > 0 && headWidth % 8 == 0 && heads > 0, "heads of \(headWidth) cannot be decoded")
    self.heads = heads
    self.headWidth = headWidth
    self.isHalfPrecision = isHalfPrecision
    groupHeads = [8, 4, 2].first { $0 * headWidth <= 64 && heads % $0 == 0 } ?? 1
  }

  /// Bytes of one layer's keys of `capacity` tokens; its values take as many.
  func byteCount(capacity: Int) -> Int {
    capacity * heads * headWidth * (isHalfPrecision ? 2 : 4)
  }

  /// Bytes of a segment of `capacity` tokens in `layers` layers.
  public func segmentByteCount(capacity: Int, layers: Int) -> Int {
    2 * layers * byteCount(capacity: capacity)
  }

  /// Floats of scratch that `attendDecoding` needs for `tokens` tokens.
  public func scratchCount(tokens: Int) -> Int { groupHeads * (Panels.rowStride(tokens) + 8) }
}

/// A stretch of tokens of one sequence, all layers: room for `capacity` tokens, a multiple of 16. A sequence
/// is a list of segments, each full but the last. Owns nothing; numbers are `Float` or `Float16` as the shape
/// says.
public struct DecodeSegment: @unchecked Sendable {
  public let base: UnsafeMutableRawPointer
  public let capacity: Int

  public init(base: UnsafeMutableRawPointer, capacity: Int) {
    demand(capacity % 16 == 0, "room for \(capacity) tokens is no whole number of blocks")
    self.base = base
    self.capacity = capacity
  }

  @inline(__always)
  func keys<Number>(_: Number.Type, _ layer: Int, _ shape: DecodeShape) -> UnsafeMutablePointer<Number> {
    (base + 2 * layer * shape.byteCount(capacity: capacity)).assumingMemoryBound(to: Number.self)
  }

  @inline(__always)
  func values<Number>(_: Number.Type, _ layer: Int, _ shape: DecodeShape) -> UnsafeMutablePointer<Number> {
    (base + (2 * layer + 1) * shape.byteCount(capacity: capacity)).assumingMemoryBound(to: Number.self)
  }

  /// Stores the key and value, both [heads * C], that layer `layer` has of token `index` of this segment.
  @inline(never)
  public func store(key: Vector, value: Vector, layer: Int, at index: Int, shape: DecodeShape) {
    demand(index >= 0 && index < capacity, "token \(index) of a segment of \(capacity)")
    if shape.isHalfPrecision {
      scatter(Float16.self, key.base, value.base, layer, index, shape)
    } else {
      scatter(Float.self, key.base, value.base, layer, index, shape)
    }
  }

  @inline(__always)
  private func scatter<Number: CacheNumber>(
    _: Number.Type, _ key: Floats, _ value: Floats, _ layer: Int, _ index: Int, _ shape: DecodeShape
  ) {
    let headWidth = shape.headWidth
    var block = keys(Number.self, layer, shape) + index / 16 * 16 * headWidth + index % 16
    for head in 0..<shape.heads {
      let from = key + head * headWidth
      for channel in 0..<headWidth { block[channel * 16] = Number(from[channel]) }
      block += capacity * headWidth
    }
    let width = shape.groupHeads * headWidth
    var row = values(Number.self, layer, shape) + index * width
    var from = value
    for _ in 0..<shape.heads / shape.groupHeads {
      var channel = 0
      while channel < width {
        Number.store8((from + channel).load8(), to: row + channel)
        channel += 8
      }
      row += capacity * width
      from += width
    }
  }
}

/// A number as the cache holds it.
protocol CacheNumber: BinaryFloatingPoint {
  static func load8(_ place: UnsafeMutablePointer<Self>) -> Vector8
  static func store8(_ value: Vector8, to place: UnsafeMutablePointer<Self>)
}

extension Float: CacheNumber {
  @inline(__always) static func load8(_ place: UnsafeMutablePointer<Float>) -> Vector8 { place.load8() }
  @inline(__always) static func store8(_ value: Vector8, to place: UnsafeMutablePointer<Float>) {
    place.store8(value)
  }
}

extension Float16: CacheNumber {
  @inline(__always) static func load8(_ place: UnsafeMutablePointer<Float16>) -> Vector8 {
    Vector8(UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Float16>.self))
  }
  @inline(__always) static func store8(_ value: Vector8, to place: UnsafeMutablePointer<Float16>) {
    UnsafeMutableRawPointer(place).storeBytes(of: SIMD8<Float16>(value), as: SIMD8<Float16>.self)
  }
}
