import Text

/// Two quantities against each other. The points are joined in their order and named, as rounds by accuracy
/// and length.
public struct PathChart: Sendable, Equatable {
  public struct Point: Sendable, Equatable {
    public var name: String
    public var x: Double
    public var y: Double
    /// The ends of the interval of y.
    public var low: Double?
    public var high: Double?

    public init(name: String, x: Double, y: Double, low: Double? = nil, high: Double? = nil) {
      self.name = name
      self.x = x
      self.y = y
      self.low = low
      self.high = high
    }
  }

  /// A value of x to compare with, drawn as an upright line.
  public struct Mark: Sendable, Equatable {
    public var name: String
    public var x: Double

    public init(name: String, x: Double) {
      self.name = name
      self.x = x
    }
  }

  public var title: String
  public var description: String
  public var x: Axis
  public var y: Axis
  public var points: [Point]
  public var marks: [Mark]

  public init(
    title: String, description: String, x: Axis, y: Axis, points: [Point], marks: [Mark] = []
  ) {
    self.title = title
    self.description = description
    self.x = x
    self.y = y
    self.points = points
    self.marks = marks
  }

  public func drawing(width: Double, height: Double = 340) -> Drawing {
    var margins = Frame.Margins()
    // The names of the marks are above the data, a line for each.
    margins.top += 16 * Double(marks.count)
    let total = height + 16 * Double(marks.count)
    let frame = Frame(
      width: width, height: total, margins: margins,
      x: Frame.Side(axis: x, values: points.map(\.x) + marks.map(\.x)),
      y: Frame.Side(axis: y, values: points.flatMap { [$0.y, $0.low ?? $0.y, $0.high ?? $0.y] }))
    var content = frame.axes
    for (index, mark) in marks.enumerated() {
      let place = frame.x.place(mark.x)
      let top = 34 + 16 * Double(index)
      content += line((place, top - 4), (place, frame.y.start), class: "reference d\(index % 6)")
      let isRight = place + textWidth(mark.name) + 8 > width
      content += text(
        mark.name, x: place + (isRight ? -6 : 6), y: top + 2, isRight ? .end : .start, class: "small")
    }
    let places = points.map { frame.point($0.x, $0.y) }
    for point in points {
      guard let low = point.low, let high = point.high else { continue }
      content += line(frame.point(point.x, low), frame.point(point.x, high), class: "whisker s0")
    }
    content += path(places, class: "line s0")
    for place in places { content += marker(0, at: place, size: 4.5) }
    return Drawing(
      title: title, description: description, width: width, height: total,
      content: content + names(places))
  }

  /// Puts each name at the first free place around its point: above, below, at its sides, then farther away.
  private func names(_ places: [(x: Double, y: Double)]) -> Markup {
    let spots: [(dx: Double, dy: Double)] = [
      (0, -10), (0, 20), (14, 4), (-14, 4), (15, -9), (-15, -9), (15, 17), (-15, 17), (30, 4), (-30, 4),
      (0, -26), (0, 36),
    ]
    var taken: [(x: Double, y: Double)] = []
    return zip(points, places).map { point, place in
      let candidates = spots.map { (x: place.x + $0.dx, y: place.y + $0.dy) }
      let spot =
        candidates.first { spot in
          !taken.contains { abs($0.x - spot.x) < 20 && abs($0.y - spot.y) < 13 }
            && !places.contains { abs($0.x - spot.x) < 13 && abs($0.y + 4 - spot.y) < 11 }
        } ?? candidates[0]
      taken.append(spot)
      return text(point.name, x: spot.x, y: spot.y, .middle, class: "name s0")
    }.joined()
  }
}
