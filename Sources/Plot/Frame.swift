import Text

/// The rectangle that data is drawn in, with its axes: ticks, grid, names of the quantities.
struct Frame {
  let x: Scale
  let y: Scale
  private let xTicks: Ticks
  private let yTicks: Ticks
  private let xNames: [String]
  private let labels: (x: String, y: String)
  private let width: Double

  /// Room around the data, for tick labels and the names of the axes.
  struct Margins {
    var left = 52.0
    var right = 16.0
    var top = 30.0
    var bottom = 46.0
  }

  /// `wholeX`: ticks along x are whole numbers, as of rounds.
  init(
    width: Double, height: Double, margins: Margins, x: Axis, y: Axis, xValues: [Double], yValues: [Double],
    wholeX: Bool
  ) {
    let (xs, ys) = (xValues + x.including, yValues + y.including)
    let (left, right) = (margins.left, width - margins.right)
    let (top, bottom) = (margins.top, height - margins.bottom)
    yTicks = Ticks(over: (ys.min() ?? 0)...(ys.max() ?? 1), count: Int((bottom - top) / 44))
    self.y = Scale(domain: yTicks.range, start: bottom, end: top)
    let count = max(2, Int((right - left) / 56))
    let (low, high) = (xs.min() ?? 0, xs.max() ?? 1)
    if wholeX {
      xTicks = Ticks(wholeNumbersIn: low...high, count: x.names.isEmpty ? count : x.names.count)
      let pad = high > low ? 0.0 : 0.5
      self.x = Scale(domain: (low - pad)...(high + pad), start: left + 8, end: right - 8)
    } else {
      xTicks = Ticks(over: low...high, count: count)
      self.x = Scale(domain: xTicks.range, start: left, end: right)
    }
    xNames = x.names
    labels = (x.label, y.label)
    self.width = width
  }

  /// Drawn before the data.
  var axes: Markup {
    let (left, right) = (min(x.start, x.end), max(x.start, x.end))
    var content = text(labels.y, x: 4, y: 14, class: "axis")
    for value in yTicks.values {
      let place = y.place(value)
      content += line((left - 8, place), (right + 8, place), class: value == 0 ? "base" : "grid")
      content += text(yTicks.label(value), x: left - 14, y: place + 4, .end, class: "tick")
    }
    var lastEnd = -Double.infinity
    for (index, value) in xTicks.values.enumerated() {
      let name = xNames.isEmpty ? xTicks.label(value) : index < xNames.count ? xNames[index] : ""
      let place = x.place(value)
      content += line((place, y.start), (place, y.start + 4), class: "base")
      // A label that would run into the one before it is left out.
      guard place - textWidth(name) / 2 > lastEnd + 4 else { continue }
      lastEnd = place + textWidth(name) / 2
      // At the right edge it ends there.
      let isLast = place + textWidth(name) / 2 > width
      content += text(
        name, x: isLast ? width - 1 : place, y: y.start + 18, isLast ? .end : .middle, class: "tick")
    }
    return content + text(labels.x, x: (left + right) / 2, y: y.start + 38, .middle, class: "axis")
  }

  func point(_ x: Double, _ y: Double) -> (x: Double, y: Double) { (self.x.place(x), self.y.place(y)) }
}

/// Moves labels apart, keeping their order: no two are nearer than `gap`, none leaves `range` if that can be.
func spread(_ wanted: [Double], gap: Double, within range: ClosedRange<Double>) -> [Double] {
  let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
  var places = wanted
  var least = range.lowerBound
  for index in order {
    places[index] = max(places[index], least)
    least = places[index] + gap
  }
  var most = range.upperBound
  for index in order.reversed() {
    places[index] = min(places[index], most)
    most = places[index] - gap
  }
  return places
}
