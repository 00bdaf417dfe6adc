/// Twelve chains of fused multiply-adds of sixteen lanes, `steps` long; only where the processor has AVX-512.
@Sendable @inline(never)
public func wideChains(steps: Int, start: Float) -> Float {
  var sums = InlineArray<12, SIMD16<Float>>(repeating: SIMD16(repeating: start))
  let (factor, term) = (SIMD16<Float>(repeating: 0.999), SIMD16<Float>(repeating: 0.001))
  for _ in 0..<steps { for i in 0..<12 { sums[i] = term.addingProduct(sums[i], factor) } }
  var total: Float = 0
  for i in 0..<12 { total += sums[i][0] }
  return total
}
