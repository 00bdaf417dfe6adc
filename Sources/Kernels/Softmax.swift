/// Exponentials of a row of scores, and the loss of a row of logits.

/// Replaces `scores[i]` by e^(scale * (scores[i] - the largest)) for i < count and by zero from there up to
/// `paddedCount`, at least to the next multiple of 16, and returns their sum and the largest scaled score in
/// units of ln 2. count is at least 1; what lies beyond it is not read as a score.
///
/// Dividing by the sum gives the softmax; attention does that once, on the weighted values. The sum is taken
/// in sixteen lanes, lane i over elements 16j + i, so it does not depend on `paddedCount`.
@inline(never)
public func exponentiateRow(_ scores: Vector, count: Int, paddedCount: Int, scale: Float) -> (
  sum: Float, largest: Float
) {
  exponentiate(scores.base, count, paddedCount, scale)
}

/// log2(e).
let binaryExponent: Float = 1.442_695_04

/// Rows of a block of queries differ by one in `count`, so loops go by sixteens, the last one masked: their
/// number of turns changes every sixteen rows only, and the processor foresees it.
@inline(__always)
func exponentiate(_ scores: Floats, _ count: Int, _ paddedCount: Int, _ scale: Float) -> (
  sum: Float, largest: Float
) {
  let last = (count - 1) & ~15
  let kept = lanes(before: count - last)
  var (best0, best1) = (repeated(-Float.infinity), repeated(-Float.infinity))
  var i = 0
  while i < last {
    best0 = larger(best0, (scores + i).load8())
    best1 = larger(best1, (scores + i + 8).load8())
    i += 16
  }
  best0 = larger(best0, keeping(kept.low, of: (scores + last).load8(), orLowest: ()))
  best1 = larger(best1, keeping(kept.high, of: (scores + last + 8).load8(), orLowest: ()))
  let factor = scale * binaryExponent
  let offset = largest(larger(best0, best1)) * factor
  let (factors, offsets) = (repeated(factor), repeated(-offset))
  @inline(__always) func power(_ place: Floats) -> Vector8 {
    powerOfTwo(nonPositive: multiplyAdd(place.load8(), factors, offsets))
  }
  var (total0, total1) = (repeated(0), repeated(0))
  i = 0
  while i < last {
    let (value0, value1) = (power(scores + i), power(scores + i + 8))
    (scores + i).store8(value0)
    (scores + i + 8).store8(value1)
    total0 += value0
    total1 += value1
    i += 16
  }
  let value0 = keeping(kept.low, of: power(scores + last))
  let value1 = keeping(kept.high, of: power(scores + last + 8))
  (scores + last).store8(value0)
  (scores + last + 8).store8(value1)
  i = last + 16
  while i < paddedCount {
    (scores + i).store8(repeated(0))
    i += 8
  }
  return (sum(total0 + value0 + (total1 + value1)), offset)
}

/// Replaces a row of logits by its softmax. The row has room up to the next multiple of 16, which becomes
/// zero.
@inline(never)
public func softmaxRow(_ logits: Vector, scale: Float = 1) {
  let padded = Panels.padded(logits.count)
  let inverse = 1 / exponentiate(logits.base, logits.count, padded, scale).sum
  var i = 0
  while i < padded {
    (logits.base + i).store8((logits.base + i).load8() * repeated(inverse))
    i += 8
  }
}

/// Cross entropy of a row of logits, in nats, and its gradient in place of the logits:
/// `weight * (softmax - 1 at the target)`. The row has room up to the next multiple of 16, which becomes
/// zero.
@inline(never)
public func crossEntropyRow(_ logits: Vector, target: Int, weight: Float) -> Double {
  let padded = Panels.padded(logits.count)
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
