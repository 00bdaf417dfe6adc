import Determinism

/// A range that holds the true value in 95 of 100 repetitions.
public struct Interval: Sendable, Equatable {
  public let low: Double
  public let high: Double

  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}

/// The 95 % percentile bootstrap interval of `statistic` over resampled tasks (Efron 1979). Tasks are drawn
/// with replacement `resamples` times; `statistic` sees how often each task was drawn. nil without tasks.
public func bootstrapInterval(
  tasks: Int, resamples: Int = 2000, using random: inout CounterRandom, _ statistic: ([Int32]) -> Double
) -> Interval? {
  guard tasks > 0 else { return nil }
  var weights = [Int32](repeating: 0, count: tasks)
  var values: [Double] = []
  values.reserveCapacity(resamples)
  for _ in 0..<resamples {
    for index in weights.indices { weights[index] = 0 }
    for _ in 0..<tasks { weights[random.uniform(below: tasks)] += 1 }
    let value = statistic(weights)
    if value.isFinite { values.append(value) }
  }
  guard !values.isEmpty else { return nil }
  values.sort()
  func quantile(_ share: Double) -> Double {
    let position = share * Double(values.count - 1)
    let below = Int(position)
    let above = min(below + 1, values.count - 1)
    return values[below] + (values[above] - values[below]) * (position - Double(below))
  }
  return Interval(low: quantile(0.025), high: quantile(0.975))
}

/// Mean trace lengths on one task: those of a base, and those compared with it.
public struct LengthPair: Sendable {
  public let before: Double
  public let now: Double

  public init(before: Double, now: Double) {
    self.before = before
    self.now = now
  }
}

extension [LengthPair] {
  /// Sum of `now` over sum of `before`; nil if there are no pairs or `before` is zero.
  public var relativeLength: Double? {
    let relative = reduce(0) { $0 + $1.now } / reduce(0) { $0 + $1.before }
    return relative.isFinite ? relative : nil
  }

  /// The interval, over tasks, of the percent by which `now` is shorter than `before`.
  public func shorterInterval(using random: inout CounterRandom) -> Interval? {
    bootstrapInterval(tasks: count, using: &random) { weights in
      var (before, now) = (0.0, 0.0)
      for (pair, weight) in zip(self, weights) {
        before += Double(weight) * pair.before
        now += Double(weight) * pair.now
      }
      return before > 0 ? 100 * (1 - now / before) : .nan
    }
  }
}
