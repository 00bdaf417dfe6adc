/// Draws from the softmax of a row of logits, replacing the row by its exponentials: the token at which the
/// running sum passes `unit` (in [0, 1), of 24 bits) of the whole. The row has room up to the next multiple
/// of 16.
///
/// nil when the softmax is undefined (a NaN, or an infinite largest logit).
@inline(never)
public func drawToken(_ logits: Vector, scale: Float, unit: Float) -> Int? {
  let (row, count) = (logits.base, logits.count)
  let total = exponentiate(row, count, (count + 7) / 8 * 8, scale).sum
  guard total > 0, total < .infinity else { return nil }
  // Half a step up from zero, or the first token would be drawn however small its share.
  let threshold = max(unit, 0x1p-25) * total
  var passed: Float = 0
  var first = 0
  while first + 8 < count {
    let next = passed + sum((row + first).load8())
    if next > threshold { break }
    passed = next
    first += 8
  }
  for token in first..<count {
    passed += row[token]
    if passed > threshold { return token }
  }
  // The sum fell short of the threshold by the rounding of its last bits.
  return greedyToken(logits)
}

/// The largest logit's token, the smallest of equals; nil when no logit is a number above minus infinity.
@inline(never)
public func greedyToken(_ logits: Vector) -> Int? {
  var best: Int?
  var top = -Float.infinity
  for token in 0..<logits.count where logits.base[token] > top {
    top = logits.base[token]
    best = token
  }
  return best
}
