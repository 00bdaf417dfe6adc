import Text

/// The rectangle that holds the data of a chart, with its axes: ticks, grid, names of the quantities.
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

  /// An axis with the values that are drawn along it.
  struct Side {
    let axis: Axis
    let values: [Double]
    /// Ticks are whole numbers, as of rounds. Along x only.
    var isWhole = false

    fileprivate var range: ClosedRange<Double> {
      let all = values + axis.including
      return (all.min() ?? 0)...(all.max() ?? 1)
    }
  }

  /// `width` and `height` are those of the whole drawing.
  init(width: Double, height: Double, margins: Margins, x: Side, y: Side) {
    let (left, right) = (margins.left, width - margins.right)
    let (top, bottom) = (margins.top, height - margins.bottom)
    yTicks = Ticks(over: y.range, count: Int((bottom - top) / 44))
    self.y = Scale(domain: yTicks.range, start: bottom, end: top)
    let count = max(2, Int((right - left) / 56))
    let range = x.range
    xNames = x.axis.names
    if x.isWhole {
      xTicks = Ticks(wholeNumbersIn: range, count: xNames.isEmpty ? count : xNames.count)
      let pad = range.upperBound > range.lowerBound ? 0.0 : 0.5
      let domain = (range.lowerBound - pad)...(range.upperBound + pad)
      self.x = Scale(domain: domain, start: left + 8, end: right - 8)
    } else {
      xTicks = Ticks(over: range, count: count)
      self.x = Scale(domain: xTicks.range, start: left, end: right)
    }
    labels = (x.axis.label, y.axis.label)
    self.width = width
  }

  /// The axes, to be drawn before the data.
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
      // Leave out a label that would overlap the one before it.
      guard place - textWidth(name) / 2 > lastEnd + 4 else { continue }
      lastEnd = place + textWidth(name) / 2
      // A label that would cross the right edge ends there.
      let isLast = place + textWidth(name) / 2 > width
      content += text(
        name, x: isLast ? width - 1 : place, y: y.start + 18, isLast ? .end : .middle, class: "tick")
    }
    return content + text(labels.x, x: (left + right) / 2, y: y.start + 38, .middle, class: "axis")
  }

  func point(_ x: Double, _ y: Double) -> (x: Double, y: Double) { (self.x.place(x), self.y.place(y)) }
}

/// Moves labels apart, keeping their order, so that no two are nearer than `gap`. None leaves `range` if
/// there is room.
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
