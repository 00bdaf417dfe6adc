/// Two quantities against each other, the points joined in their order and named: accuracy against length over
/// the rounds.
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

  /// A value of x to compare with, drawn upright.
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

  public func figure(width: Double, height: Double = 340) -> Figure {
    var margins = Frame.Margins()
    // The names of the marks stand above the data, one line each.
    margins.top += 16 * Double(marks.count)
    let total = height + 16 * Double(marks.count)
    let frame = Frame(
      width: width, height: total, margins: margins, x: x, y: y,
      xValues: points.map(\.x) + marks.map(\.x),
      yValues: points.flatMap { [$0.y, $0.low ?? $0.y, $0.high ?? $0.y] }, wholeX: false)
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
      content += line(frame.point(point.x, low), frame.point(point.x, high), class: "band line s0 interval")
    }
    content += path(places, class: "line s0")
    for place in places { content += marker(0, at: place, size: 4.5) }
    return Figure(
      title: title, description: description, width: width, height: total,
      content: content + names(places))
  }

  /// Names over their points, or under them where the next but one would be covered.
  private func names(_ places: [(x: Double, y: Double)]) -> String {
    var taken: [(x: Double, y: Double)] = []
    return zip(points, places).map { point, place in
      let spots = [-11.0, 19, -25, 33].map { (x: place.x, y: place.y + $0) }
      let spot =
        spots.first { spot in
          !taken.contains { abs($0.x - spot.x) < 16 && abs($0.y - spot.y) < 13 }
            && !places.contains { abs($0.x - spot.x) < 11 && abs($0.y - spot.y + 4) < 9 }
        } ?? spots[0]
      taken.append(spot)
      return text(point.name, x: spot.x, y: spot.y, .middle, class: "name s0")
    }.joined()
  }
}
