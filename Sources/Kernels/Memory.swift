internal import CKernelSupport

/// A block of zeroed float memory aligned to 64 bytes; blocks of 2 MiB and more are aligned to, and ask for,
/// huge pages. It owns the memory that `Matrix`, `Vector` and `Panels` look into: whoever makes such a view
/// keeps the buffer alive for as long as the view is used.
public final class FloatBuffer: @unchecked Sendable {
  /// Number of floats.
  public let count: Int
  public let base: UnsafeMutablePointer<Float>

  public init(count: Int) {
    demand(count >= 0, "a buffer cannot hold \(count) floats")
    self.count = count
    let bytes = (max(count, 1) * 4 + 63) / 64 * 64
    let isHuge = bytes >= 1 << 21
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: isHuge ? 1 << 21 : 64)
    if isHuge { sh_advise_huge_pages(memory, bytes) }
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    base = memory.assumingMemoryBound(to: Float.self)
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  /// `rows` x `columns` floats from `offset` on, row by row, `stride` floats apart (default: `columns`).
  public func matrix(at offset: Int = 0, rows: Int, columns: Int, stride: Int? = nil) -> Matrix {
    let stride = stride ?? columns
    demand(offset >= 0 && rows >= 0 && columns >= 0 && stride >= columns)
    demand(rows == 0 || offset + (rows - 1) * stride + columns <= count, "matrix outside its buffer")
    return Matrix(base: base + offset, rows: rows, columns: columns, stride: stride)
  }

  /// `count` floats from `offset` on.
  public func vector(at offset: Int = 0, count: Int) -> Vector {
    demand(offset >= 0 && count >= 0 && offset + count <= self.count, "vector outside its buffer")
    return Vector(base: base + offset, count: count)
  }

  public subscript(index: Int) -> Float {
    get {
      demand(index >= 0 && index < count, "index outside the buffer")
      return base[index]
    }
    set {
      demand(index >= 0 && index < count, "index outside the buffer")
      base[index] = newValue
    }
  }
}

/// A view of floats in rows, `stride` floats from one row to the next. Owns nothing. Bounds are checked where
/// a view is cut or an element read; a kernel then trusts the shapes.
public struct Matrix: @unchecked Sendable {
  public let base: UnsafeMutablePointer<Float>
  public let rows: Int
  public let columns: Int
  public let stride: Int

  public init(base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
    self.base = base
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// Rows `range`, all columns.
  public func rows(_ range: Range<Int>) -> Matrix {
    demand(range.lowerBound >= 0 && range.upperBound <= rows, "rows outside the matrix")
    return Matrix(base: base + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }

  /// Columns `range`, all rows.
  public func columns(_ range: Range<Int>) -> Matrix {
    demand(range.lowerBound >= 0 && range.upperBound <= columns, "columns outside the matrix")
    return Matrix(base: base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  /// Row `index` as a vector.
  public func row(_ index: Int) -> Vector {
    demand(index >= 0 && index < rows, "row outside the matrix")
    return Vector(base: base + index * stride, count: columns)
  }

  public subscript(row: Int, column: Int) -> Float {
    get {
      demand(row >= 0 && row < rows && column >= 0 && column < columns, "outside the matrix")
      return base[row * stride + column]
    }
    nonmutating set {
      demand(row >= 0 && row < rows && column >= 0 && column < columns, "outside the matrix")
      base[row * stride + column] = newValue
    }
  }

  /// Sets every element to zero.
  public func clear() {
    for row in 0..<rows { (base + row * stride).update(repeating: 0, count: columns) }
  }

  /// Copies every element of `other`, which has the same shape.
  public func copy(from other: Matrix) {
    demand(rows == other.rows && columns == other.columns, "shapes differ")
    for row in 0..<rows {
      (base + row * stride).update(from: other.base + row * other.stride, count: columns)
    }
  }
}

/// A view of `count` floats in a row.
public struct Vector: @unchecked Sendable {
  public let base: UnsafeMutablePointer<Float>
  public let count: Int

  public init(base: UnsafeMutablePointer<Float>, count: Int) {
    self.base = base
    self.count = count
  }

  /// The elements `range`.
  public func slice(_ range: Range<Int>) -> Vector {
    demand(range.lowerBound >= 0 && range.upperBound <= count, "slice outside the vector")
    return Vector(base: base + range.lowerBound, count: range.count)
  }

  public subscript(index: Int) -> Float {
    get {
      demand(index >= 0 && index < count, "index outside the vector")
      return base[index]
    }
    nonmutating set {
      demand(index >= 0 && index < count, "index outside the vector")
      base[index] = newValue
    }
  }

  public func clear() { base.update(repeating: 0, count: count) }

  /// A copy as an array.
  public var values: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }
}

/// The right-hand side of a product, packed: panels of 16 columns, each stored depth first (`depth` rows of
/// 16 floats), zeros where the last panel has no column. Panel `p` starts at `base + p * panelStride`.
public struct Panels: @unchecked Sendable {
  public static let width = 16

  public let base: UnsafeMutablePointer<Float>
  /// Length of the sum: the left-hand side's columns.
  public let depth: Int
  /// Columns of the product.
  public let columns: Int
  /// Floats from one panel to the next; `depth * 16` unless room for a longer depth was kept.
  public let panelStride: Int

  public init(base: UnsafeMutablePointer<Float>, depth: Int, columns: Int, panelStride: Int? = nil) {
    self.base = base
    self.depth = depth
    self.columns = columns
    self.panelStride = panelStride ?? depth * Panels.width
  }

  /// Floats needed for panels of this shape.
  public static func count(depth: Int, columns: Int) -> Int { padded(columns) * depth }

  /// `count` rounded up to whole panels.
  public static func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }

  /// Floats from one row of `count` scores to the next: whole panels and one to spare, but no multiple of
  /// 1 KiB, since rows that far apart share cache sets.
  static func rowStride(_ count: Int) -> Int {
    let stride = padded(count) + width
    return stride % 256 == 0 ? stride + width : stride
  }
}
