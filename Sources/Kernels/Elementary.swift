/// Logarithm, exponential, sine and cosine in plain arithmetic. The C library's differ in the last bit from
/// one version to the next; these give the same bits everywhere, so that a seed names one result.
/// Relative error below 1e-14 (sine and cosine: absolute, for angles up to 1e6).

/// ln x for x > 0; infinity and NaN give themselves, 0 gives -infinity.
public func naturalLogarithm(_ x: Double) -> Double {
  guard x > 0, x.isFinite else { return x == 0 ? -.infinity : x < 0 ? .nan : x }
  var exponent = Int(x.exponent)
  var mantissa = x.significand
  if mantissa > 1.414_213_562_373_095 {
    mantissa /= 2
    exponent += 1
  }
  // ln m = 2 atanh s, s = (m - 1) / (m + 1), |s| < 0.172
  let s = (mantissa - 1) / (mantissa + 1)
  let square = s * s
  var series = 0.0
  var n = 21
  while n >= 1 {
    series = series * square + 1 / Double(n)
    n -= 2
  }
  return Double(exponent) * 0.693_147_180_559_945_3 + 2 * s * series
}

/// e^x; 0 below -700, infinity above 700.
public func naturalExponential(_ x: Double) -> Double {
  guard x > -700 else { return x.isNaN ? x : 0 }
  guard x < 700 else { return .infinity }
  let n = (x * 1.442_695_040_888_963_4).rounded()
  let r = (x - n * 0.693_147_180_369_123_8) - n * 1.908_214_929_270_587_7e-10
  var series = 1.0
  for k in stride(from: 14, through: 1, by: -1) { series = series * r / Double(k) + 1 }
  return series * Double(sign: .plus, exponent: Int(n), significand: 1)
}

/// Sine and cosine of an angle in radians.
public func sineAndCosine(_ angle: Double) -> (sine: Double, cosine: Double) {
  let quarters = (angle * 0.636_619_772_367_581_4).rounded()
  // pi / 2 in three parts, the first two short enough that their products are exact
  var r = angle - quarters * 1.570_796_325_802_803
  r -= quarters * 9.920_935_791_635_221e-10
  r -= quarters * 5.170_182_981_794_105e-19
  let square = r * r
  var sine = 1.0
  var cosine = 1.0
  for k in stride(from: 9, through: 1, by: -1) {
    sine = 1 - sine * square / Double((2 * k) * (2 * k + 1))
    cosine = 1 - cosine * square / Double((2 * k - 1) * (2 * k))
  }
  sine *= r
  switch Int(quarters) & 3 {
  case 0: return (sine, cosine)
  case 1: return (cosine, -sine)
  case 2: return (-sine, -cosine)
  default: return (-cosine, sine)
  }
}
