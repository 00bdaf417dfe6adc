import Text

/// Values against a whole number: measured series with markers and bands, and thin reference lines. Each line
/// is named at its end, or in a legend below if the chart is narrow.
public struct LineChart: Sendable, Equatable {
  public struct Point: Sendable, Equatable {
    public var x: Double
    public var y: Double
    /// The ends of the interval of y.
    public var low: Double?
    public var high: Double?

    public init(x: Double, y: Double, low: Double? = nil, high: Double? = nil) {
      self.x = x
      self.y = y
      self.low = low
      self.high = high
    }
  }

  public struct Series: Sendable, Equatable {
    public var name: String
    public var points: [Point]
    /// True for a series that the measured ones are compared with. It is thin and grey.
    public var isReference: Bool

    public init(_ name: String, _ points: [Point], isReference: Bool = false) {
      self.name = name
      self.points = points
      self.isReference = isReference
    }
  }

  public var title: String
  public var description: String
  public var x: Axis
  public var y: Axis
  public var series: [Series]

  public init(title: String, description: String, x: Axis, y: Axis, series: [Series]) {
    self.title = title
    self.description = description
    self.x = x
    self.y = y
    self.series = series.filter { !$0.points.isEmpty }
  }

  /// The chart at a width in pixels. Below 560 the names are in a legend below.
  public func drawing(width: Double, height: Double = 340) -> Drawing {
    let isNarrow = width < 560
    let legend = isNarrow ? Legend(entries, width: width) : nil
    let total = height + (legend?.height ?? 0)
    var margins = Frame.Margins()
    if !isNarrow {
      margins.right =
        28
        + min(260, series.map { $0.isReference ? textWidth($0.name) : nameWidth($0.name) }.max() ?? 0)
    }
    let all = series.flatMap(\.points)
    let frame = Frame(
      width: width, height: height, margins: margins,
      x: Frame.Side(axis: x, values: all.map(\.x), isWhole: true),
      y: Frame.Side(axis: y, values: all.flatMap { [$0.y, $0.low ?? $0.y, $0.high ?? $0.y] }))
    var content = frame.axes
    for entry in entries { content += drawing(of: entry, frame) }
    if let legend {
      content += legend.drawing(top: height)
    } else {
      content += names(frame, left: width - margins.right + 22)
    }
    return Drawing(title: title, description: description, width: width, height: total, content: content)
  }

  /// The series with their styles. Measured series and references are numbered separately.
  private var entries: [Legend.Entry] {
    var (measured, references) = (0, 0)
    return series.map { series in
      defer { if series.isReference { references += 1 } else { measured += 1 } }
      return Legend.Entry(
        series: series, style: series.isReference ? references % 6 : measured % Theme.seriesCount)
    }
  }

  private func drawing(of entry: Legend.Entry, _ frame: Frame) -> Markup {
    let points = entry.series.points.map { frame.point($0.x, $0.y) }
    guard !entry.series.isReference else {
      return path(points, class: "reference d\(entry.style)")
    }
    let banded = entry.series.points.filter { $0.low != nil && $0.high != nil }
    var content: Markup = ""
    if banded.count > 1 {
      let upper = banded.map { frame.point($0.x, $0.high ?? $0.y) }
      let lower = banded.reversed().map { frame.point($0.x, $0.low ?? $0.y) }
      content += path(upper + lower, closed: true, class: "band s\(entry.style)")
    }
    content += path(points, class: "line s\(entry.style) d\(entry.style)")
    return content + points.map { marker(entry.style, at: $0) }.joined()
  }

  /// The names at the ends of the lines, moved apart if they would overlap.
  private func names(_ frame: Frame, left: Double) -> Markup {
    let ends = entries.compactMap { entry in
      entry.series.points.last.map { (entry: entry, point: frame.point($0.x, $0.y)) }
    }
    let places = spread(
      ends.map(\.point.y), gap: 15, within: (frame.y.end + 2)...(frame.y.start + 4))
    return zip(ends, places).map { end, place in
      let name = end.entry.series.isReference ? "label" : "name s\(end.entry.style)"
      let from = (x: end.point.x + 7, y: end.point.y)
      return line(from, (left - 5, place), class: "leader")
        + text(end.entry.series.name, x: left, y: place + 4, class: name)
    }.joined()
  }
}

/// Names with a sample of their line, below a chart.
struct Legend {
  struct Entry: Equatable {
    let series: LineChart.Series
    let style: Int
  }

  private let entries: [Entry]

  init(_ entries: [Entry], width: Double) {
    self.entries = entries
  }

  var height: Double { Double(entries.count) * 18 + 6 }

  func drawing(top: Double) -> Markup {
    entries.enumerated().map { index, entry in
      let y = top + 12 + 18 * Double(index)
      let isReference = entry.series.isReference
      let sample = path(
        [(12, y), (46, y)],
        class: isReference ? "reference d\(entry.style)" : "line s\(entry.style) d\(entry.style)")
      return sample + (isReference ? "" : marker(entry.style, at: (29, y)))
        + text(entry.series.name, x: 56, y: y + 4)
    }.joined()
  }
}
