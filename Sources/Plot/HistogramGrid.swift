import Text

/// Histograms one below the other on one scale, which show how a distribution moves from round to round.
public struct HistogramGrid: Sendable, Equatable {
  public struct Bin: Sendable, Equatable {
    public var from: Double
    public var to: Double
    public var count: Int

    public init(from: Double, to: Double, count: Int) {
      self.from = from
      self.to = to
      self.count = count
    }
  }

  public struct Panel: Sendable, Equatable {
    public var name: String
    public var bins: [Bin]
    /// The mean of the distribution, drawn as a line across its panel; nil draws none.
    public var mean: Double?
    /// True for the panel that the others are compared with. It has a style of its own.
    public var isReference: Bool

    public init(name: String, bins: [Bin], mean: Double?, isReference: Bool = false) {
      self.name = name
      self.bins = bins
      self.mean = mean
      self.isReference = isReference
    }
  }

  public var title: String
  public var description: String
  public var x: Axis
  public var panels: [Panel]

  public init(title: String, description: String, x: Axis, panels: [Panel]) {
    self.title = title
    self.description = description
    self.x = x
    self.panels = panels.filter { !$0.bins.isEmpty }
  }

  public func drawing(width: Double) -> Drawing {
    // The names of the means stand above the bars.
    let (panelHeight, left, right, bottom) = (48.0, 72.0, 16.0, 46.0)
    let bins = panels.flatMap(\.bins)
    let ticks = Ticks(
      over: (bins.map(\.from).min() ?? 0)...(bins.map(\.to).max() ?? 1), count: Int((width - left) / 70))
    let scale = Scale(domain: ticks.range, start: left, end: width - right)
    let most = Double(max(1, bins.map(\.count).max() ?? 1))
    let end = panelHeight * Double(panels.count) + 8
    var content: Markup = ""
    for value in ticks.values {
      let place = scale.place(value)
      content += line((place, 4), (place, end), class: "grid")
      content += text(ticks.label(value), x: place, y: end + 18, .middle, class: "tick")
    }
    for (index, panel) in panels.enumerated() {
      let floor = panelHeight * Double(index + 1)
      let style = panel.isReference ? 5 : 0
      content += text(
        panel.name, x: left - 10, y: floor - 4, .end, class: panel.isReference ? "label" : "name s0")
      for bin in panel.bins where bin.count > 0 {
        let (from, to) = (scale.place(bin.from), scale.place(bin.to))
        let height = Double(bin.count) / most * (panelHeight - 18)
        content += rectangle(
          x: from + 0.5, y: floor - height, width: max(1, to - from - 1), height: height,
          class: "bar s\(style)")
      }
      content += line((left, floor), (width - right, floor), class: "base")
      if let mean = panel.mean {
        let place = scale.place(mean)
        content += line((place, floor - panelHeight + 4), (place, floor), class: "base d0")
        let isLate = place > width - right - 60
        content += text(
          "mean " + mean.fixed(decimals: 1), x: place + (isLate ? -4 : 4), y: floor - panelHeight + 14,
          isLate ? .end : .start, class: "small")
      }
    }
    content += text(x.label, x: (left + width - right) / 2, y: end + 38, .middle, class: "axis")
    return Drawing(
      title: title, description: description, width: width, height: end + bottom, content: content)
  }
}
