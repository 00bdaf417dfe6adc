import Text

/// Horizontal bars by name, for each name one of each series: shares of a few kinds, before and after.
public struct BarChart: Sendable, Equatable {
  public struct Row: Sendable, Equatable {
    public var name: String
    /// A value for each series; nil draws no bar.
    public var values: [Double?]

    public init(name: String, values: [Double?]) {
      self.name = name
      self.values = values
    }
  }

  public var title: String
  public var description: String
  public var x: Axis
  /// Names of the series.
  public var series: [String]
  public var rows: [Row]
  /// How many decimals the values at the bars have.
  public var decimals: Int

  public init(
    title: String, description: String, x: Axis, series: [String], rows: [Row], decimals: Int = 1
  ) {
    self.title = title
    self.description = description
    self.x = x
    self.series = series
    self.rows = rows
    self.decimals = decimals
  }

  public func drawing(width: Double) -> Drawing {
    let bar = 13.0
    let pitch = Double(series.count) * bar + 10
    let left = min(0.42 * width, 14 + (rows.map { textWidth($0.name) }.max() ?? 60))
    let top = 30.0
    let end = top + pitch * Double(rows.count)
    let most = rows.flatMap { $0.values.compactMap(\.self) }.max() ?? 1
    let ticks = Ticks(over: 0...max(most, 1e-9), count: Int((width - left) / 90))
    let scale = Scale(domain: ticks.range, start: left, end: width - 52)
    var content = legend(left: left)
    for value in ticks.values {
      let place = scale.place(value)
      content += line((place, top - 4), (place, end), class: value == 0 ? "base" : "grid")
      content += text(ticks.label(value), x: place, y: end + 16, .middle, class: "tick")
    }
    for (index, row) in rows.enumerated() {
      let y = top + pitch * Double(index)
      content += text(row.name, x: left - 10, y: y + pitch / 2 - 1, .end)
      for (number, value) in row.values.enumerated() {
        guard let value else { continue }
        let height = y + bar * Double(number)
        content += bars(value, number, scale, y: height, height: bar - 2)
      }
    }
    content += text(x.label, x: (left + width - 52) / 2, y: end + 36, .middle, class: "axis")
    return Drawing(
      title: title, description: description, width: width, height: end + 44, content: content)
  }

  private func bars(_ value: Double, _ series: Int, _ scale: Scale, y: Double, height: Double) -> Markup {
    let length = max(0, scale.place(value) - scale.start)
    return rectangle(
      x: scale.start, y: y, width: max(length, 0.5), height: height,
      class: "bar s\(series % Theme.seriesCount)")
      + text(
        value.fixed(decimals: decimals), x: scale.start + length + 5, y: y + height - 1, class: "small")
  }

  private func legend(left: Double) -> Markup {
    var x = left
    return series.enumerated().map { index, name in
      defer { x += nameWidth(name) + 34 }
      let style = index % Theme.seriesCount
      return rectangle(x: x, y: 6, width: 11, height: 11, class: "bar s\(style)")
        + text(name, x: x + 16, y: 16, class: "name s\(style)")
    }.joined()
  }
}
