import Text

/// The quantity along one side of a chart.
public struct Axis: Sendable, Equatable {
  /// The name of the quantity, with its unit: `tokens a trace`.
  public var label: String
  /// Values that the axis must hold as well as the data's.
  public var including: [Double]
  /// Labels of the ticks instead of the numbers 0, 1, 2 ...; empty by default.
  public var names: [String]

  public init(_ label: String, including: [Double] = [], names: [String] = []) {
    self.label = label
    self.including = including
    self.names = names
  }
}

/// Round numbers that enclose a range: `Ticks(over: 131...272, count: 5)` is 100, 150, 200, 250, 300.
struct Ticks: Equatable {
  let values: [Double]
  /// How many decimals the labels have.
  let decimals: Int

  /// About `count` ticks. The step between them is 1, 2 or 5 times a power of ten.
  init(over range: ClosedRange<Double>, count: Int) {
    var (low, high) = (range.lowerBound, range.upperBound)
    if high <= low { (low, high) = (low - 1, high + 1) }
    let step = Self.niceStep(atLeast: (high - low) / Double(max(1, count)))
    let first = (low / step.size + 1e-9).rounded(.down)
    let last = (high / step.size - 1e-9).rounded(.up)
    values = (0...Int(last - first)).map { (first + Double($0)) * step.size }
    decimals = step.decimals
  }

  /// Whole numbers, as of rounds: each, each second, each fifth, and so on.
  init(wholeNumbersIn range: ClosedRange<Double>, count: Int) {
    let least = max(1, (range.upperBound - range.lowerBound) / Double(max(1, count)))
    let step = Self.niceStep(atLeast: least).size
    let first = (range.lowerBound / step).rounded(.up)
    let last = (range.upperBound / step).rounded(.down)
    values = last >= first ? (0...Int(last - first)).map { (first + Double($0)) * step } : []
    decimals = 0
  }

  var range: ClosedRange<Double> { (values.first ?? 0)...(values.last ?? 1) }

  func label(_ value: Double) -> String { value.fixed(decimals: decimals) }

  private static func niceStep(atLeast least: Double) -> (size: Double, decimals: Int) {
    precondition(least > 0 && least.isFinite, "a step goes somewhere")
    var (power, exponent) = (1.0, 0)
    while power > least {
      power /= 10
      exponent -= 1
    }
    while power * 10 <= least {
      power *= 10
      exponent += 1
    }
    for (factor, carry) in [(1.0, 0), (2, 0), (5, 0), (10, 1)] where factor * power >= least * (1 - 1e-9) {
      return (factor * power, max(0, -(exponent + carry)))
    }
    return (10 * power, max(0, -(exponent + 1)))
  }
}

/// A linear map from values to places in a drawing.
struct Scale {
  let domain: ClosedRange<Double>
  let start: Double
  let end: Double

  func place(_ value: Double) -> Double {
    let span = domain.upperBound - domain.lowerBound
    return span > 0 ? start + (value - domain.lowerBound) / span * (end - start) : (start + end) / 2
  }
}
