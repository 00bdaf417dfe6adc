internal import CKernelSupport

/// Eight floats at a time: the unit every kernel works in. Only operations that become one or two
/// instructions are used; what the standard library turns into calls or scalar code (`pointwiseMax`,
/// `squareRoot`, `sum`, `max`) is written out here. Nothing contracts or reorders these operations, so a
/// result depends on the numbers alone.
typealias Vector8 = SIMD8<Float>
typealias Floats = UnsafeMutablePointer<Float>

extension UnsafeMutablePointer<Float> {
  /// The eight floats from here on, at any alignment.
  @inline(__always) func load8() -> Vector8 { UnsafeRawPointer(self).loadUnaligned(as: Vector8.self) }

  @inline(__always) func store8(_ value: Vector8) {
    UnsafeMutableRawPointer(self).storeBytes(of: value, as: Vector8.self)
  }
}

@inline(__always) func repeated(_ value: Float) -> Vector8 { Vector8(repeating: value) }

/// `a * b + c`, rounded once.
@inline(__always) func multiplyAdd(_ a: Vector8, _ b: Vector8, _ c: Vector8) -> Vector8 {
  c.addingProduct(a, b)
}

/// The larger of each pair; `a` where either is NaN.
@inline(__always) func larger(_ a: Vector8, _ b: Vector8) -> Vector8 { a.replacing(with: b, where: a .< b) }

/// The smaller of each pair; `a` where either is NaN.
@inline(__always) func smaller(_ a: Vector8, _ b: Vector8) -> Vector8 { a.replacing(with: b, where: a .> b) }

/// Sum of all lanes, always in the same order.
@inline(__always) func sum(_ v: Vector8) -> Float {
  let four = v.lowHalf + v.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

/// Largest lane. NaN lanes may or may not show: the caller's exponentials carry them on.
@inline(__always) func largest(_ v: Vector8) -> Float {
  let four = larger(v, Vector8(v[4], v[5], v[6], v[7], v[0], v[1], v[2], v[3]))
  let two = larger(four, Vector8(four[2], four[3], four[0], four[1], four[6], four[7], four[4], four[5]))
  return larger(two, Vector8(two[1], two[0], two[3], two[2], two[5], two[4], two[7], two[6]))[0]
}

@inline(__always) func squareRoot(_ v: Vector8) -> Vector8 { sh_square_root(v) }

/// Bits that keep lanes 0 ..< `count` of sixteen, and clear the others. Bits and not masks: the compiler
/// takes a choice by mask apart into halves. The lanes are numbered in floats: a comparison of integer
/// vectors becomes a loop over lanes.
@inline(__always) func lanes(before count: Int) -> (low: SIMD8<Int32>, high: SIMD8<Int32>) {
  let counts = repeated(Float(count))
  let low = Vector8(0, 1, 2, 3, 4, 5, 6, 7) .< counts
  let high = Vector8(8, 9, 10, 11, 12, 13, 14, 15) .< counts
  return (unsafeBitCast(low, to: SIMD8<Int32>.self), unsafeBitCast(high, to: SIMD8<Int32>.self))
}

/// `v` in the lanes of `lanes`, zero in the others.
@inline(__always) func keeping(_ lanes: SIMD8<Int32>, of v: Vector8) -> Vector8 {
  unsafeBitCast(unsafeBitCast(v, to: SIMD8<Int32>.self) & lanes, to: Vector8.self)
}

/// `v` in the lanes of `lanes`, minus infinity in the others.
@inline(__always) func keeping(_ lanes: SIMD8<Int32>, of v: Vector8, orLowest: Void) -> Vector8 {
  let lowest = SIMD8<Int32>(repeating: Int32(bitPattern: 0xFF80_0000))
  return unsafeBitCast(
    unsafeBitCast(keeping(lanes, of: v), to: SIMD8<Int32>.self) | (lowest & ~lanes), to: Vector8.self)
}

/// 2^23 + 2^22: adding it leaves a float's integer part in the low bits of the sum.
private let roundingConstant: Float = 12_582_912

/// 2^fraction, fraction in -0.5...0.5: a degree 6 minimax polynomial, exactly 1 at 0; times 2^n where the low
/// bits of `shifted` hold n.
@inline(__always) private func scaledPower(_ fraction: Vector8, _ shifted: Vector8) -> Vector8 {
  var p = repeated(1.535336190664595e-4)
  p = multiplyAdd(p, fraction, repeated(1.339887441399336e-3))
  p = multiplyAdd(p, fraction, repeated(9.618437357676403e-3))
  p = multiplyAdd(p, fraction, repeated(5.5503324711261987e-2))
  p = multiplyAdd(p, fraction, repeated(2.4022647913628825e-1))
  p = multiplyAdd(p, fraction, repeated(6.931472028550661e-1))
  p = multiplyAdd(p, fraction, repeated(1))
  // The constant's own bits leave the word in the shift; what stays is n in the exponent's place.
  let exponent = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &<< 23
  return unsafeBitCast(unsafeBitCast(p, to: SIMD8<Int32>.self) &+ exponent, to: Vector8.self)
}

/// 2^y for y <= 0: relative error below 1.3e-7. Anything below -100 counts as -100, so that no product with
/// it is subnormal. NaN stays NaN.
@inline(__always) func powerOfTwo(nonPositive y: Vector8) -> Vector8 {
  let clamped = larger(y, repeated(-100))
  let shifted = clamped + repeated(roundingConstant)
  return scaledPower(clamped - (shifted - repeated(roundingConstant)), shifted)
}

/// e^x, relative error below 1.3e-7; x is taken as -69 below and 69 above that. NaN stays NaN.
@inline(__always) func exponential(_ x: Vector8) -> Vector8 {
  let clamped = smaller(larger(x, repeated(-69)), repeated(69))
  let shifted = multiplyAdd(clamped, repeated(1.442_695_04), repeated(roundingConstant))
  let whole = shifted - repeated(roundingConstant)
  var fraction = multiplyAdd(clamped, repeated(1.442_695_04), -whole)
  fraction = multiplyAdd(clamped, repeated(1.925_963_03e-8), fraction)
  return scaledPower(fraction, shifted)
}
