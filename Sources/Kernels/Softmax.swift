/// Exponentials of a row of scores, and the loss of a row of logits.

/// Replaces `scores[i]` by e^(scale * (scores[i] - the largest)) for i < count and by zero from there up to
/// `paddedCount` (a multiple of 8), and returns their sum and the largest scaled score in units of ln 2.
///
/// Dividing by the sum gives the softmax; attention does that once, on the weighted values. The sum is taken
/// in eight lanes, lane i over elements 8j + i, so it does not depend on `paddedCount`.
@inline(never)
public func exponentiateRow(_ scores: Vector, count: Int, paddedCount: Int, scale: Float) -> (
  sum: Float, largest: Float
) {
  exponentiate(scores.base, count, paddedCount, scale)
}

/// log2(e).
let binaryExponent: Float = 1.442_695_04

@inline(__always)
func exponentiate(_ scores: Floats, _ count: Int, _ paddedCount: Int, _ scale: Float) -> (
  sum: Float, largest: Float
) {
  let whole = count & ~7
  var best = repeated(-Float.infinity)
  var i = 0
  while i < whole {
    best = larger(best, (scores + i).load8())
    i += 8
  }
  var top = largest(best)
  while i < count {
    if scores[i] > top { top = scores[i] }
    i += 1
  }
  let factor = scale * binaryExponent
  let offset = top * factor
  let (factors, offsets) = (repeated(factor), repeated(-offset))
  var total = repeated(0)
  i = 0
  while i < whole {
    let value = powerOfTwo(nonPositive: multiplyAdd((scores + i).load8(), factors, offsets))
    (scores + i).store8(value)
    total += value
    i += 8
  }
  if whole < paddedCount {
    let value = powerOfTwo(nonPositive: multiplyAdd((scores + whole).load8(), factors, offsets))
    let kept = keeping(value, first: count - whole)
    (scores + whole).store8(kept)
    total += kept
    i = whole + 8
    while i < paddedCount {
      (scores + i).store8(repeated(0))
      i += 8
    }
  }
  return (sum(total), offset)
}

/// Replaces a row of logits by its softmax. The row has room up to the next multiple of 8, which becomes zero.
@inline(never)
public func softmaxRow(_ logits: Vector, scale: Float = 1) {
  let padded = (logits.count + 7) / 8 * 8
  let inverse = 1 / exponentiate(logits.base, logits.count, padded, scale).sum
  var i = 0
  while i < padded {
    (logits.base + i).store8((logits.base + i).load8() * repeated(inverse))
    i += 8
  }
}

/// Cross entropy of a row of logits, in nats, and its gradient in place of the logits:
/// `weight * (softmax - 1 at the target)`. The row has room up to the next multiple of 8, which becomes zero.
@inline(never)
public func crossEntropyRow(_ logits: Vector, target: Int, weight: Float) -> Double {
  let padded = (logits.count + 7) / 8 * 8
  let score = logits.base[target]
  let (total, largest) = exponentiate(logits.base, logits.count, padded, 1)
  let factor = repeated(weight / total)
  var i = 0
  while i < padded {
    (logits.base + i).store8((logits.base + i).load8() * factor)
    i += 8
  }
  logits.base[target] -= weight
  return naturalLogarithm(Double(total)) + Double(largest) * 0.693_147_180_559_945_3 - Double(score)
}
