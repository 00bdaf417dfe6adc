import Testing

@testable import Plot

@Suite struct DrawingTests {
  static let chart = LineChart(
    title: "Loss", description: "Falling.", x: Axis("round"), y: Axis("nats"),
    series: [
      LineChart.Series("a <b>", [.init(x: 0, y: 2), .init(x: 1, y: 1, low: 0.5, high: 1.5)]),
      LineChart.Series("floor", [.init(x: 0, y: 1), .init(x: 1, y: 1)], isReference: true),
      LineChart.Series("empty", []),
    ])

  @Test func aSmallChartIsWhole() {
    let bars = BarChart(
      title: "Why", description: "Reasons.", x: Axis("%"), series: ["before"],
      rows: [.init(name: "wall", values: [2])])
    #expect(
      bars.drawing(width: 240).inline.html == """
        <svg class="plot" role="img" aria-label="Why. Reasons." viewBox="0 0 240 97" width="240" height="97">\
        <title>Why</title><desc>Reasons.</desc>\
        <rect class="bar s0" x="42.8" y="6" width="11" height="11"/>\
        <text class="name s0" x="58.8" y="16" text-anchor="start">before</text>\
        <line class="base" x1="42.8" y1="26" x2="42.8" y2="53"/>\
        <text class="tick" x="42.8" y="69" text-anchor="middle">0</text>\
        <line class="grid" x1="115.4" y1="26" x2="115.4" y2="53"/>\
        <text class="tick" x="115.4" y="69" text-anchor="middle">1</text>\
        <line class="grid" x1="188" y1="26" x2="188" y2="53"/>\
        <text class="tick" x="188" y="69" text-anchor="middle">2</text>\
        <text class="label" x="32.8" y="40.5" text-anchor="end">wall</text>\
        <rect class="bar s0" x="42.8" y="30" width="145.2" height="11"/>\
        <text class="small" x="193" y="40" text-anchor="start">2.0</text>\
        <text class="axis" x="115.4" y="89" text-anchor="middle">%</text></svg>
        """)
  }

  @Test func aSeriesIsNamedMarkedAndBanded() {
    let wide = Self.chart.drawing(width: 720).inline.html
    #expect(wide.contains(">a &lt;b&gt;</text>") && !wide.contains("<b>"))
    #expect(wide.contains("<circle class=\"dot s0\""))
    #expect(wide.contains("<path class=\"reference d0\""))
    #expect(wide.contains("class=\"leader\"") && !wide.contains("empty"))
    // One point has an interval: no band without a second.
    #expect(!wide.contains("band"))
    let narrow = Self.chart.drawing(width: 360)
    #expect(narrow.height == 340 + 2 * 18 + 6 && !narrow.inline.html.contains("leader"))
  }

  @Test func aFileOfItsOwnCarriesItsColours() {
    let text = Self.chart.drawing(width: 720).standalone
    #expect(text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(text.contains("prefers-color-scheme:dark") && text.contains("--s0:"))
    #expect(text == Self.chart.drawing(width: 720).standalone)
  }

  @Test func everyStyleHasItsOwnMarker() {
    let markers = (0..<Theme.seriesCount).map { index in
      marker(index, at: (0, 0)).html.replacing("s\(index)", with: "")
    }
    #expect(Set(markers).count == Theme.seriesCount)
  }

  @Test func aPathNamesItsPointsApart() {
    let near = (0..<4).map { PathChart.Point(name: "p\($0)", x: 10 + Double($0) / 1000, y: 5) }
    let chart = PathChart(
      title: "T", description: "D", x: Axis("x", including: [0, 20]), y: Axis("y"), points: near)
    let text = chart.drawing(width: 720).inline.html
    let places = near.compactMap { point -> Substring? in
      guard let end = text.firstRange(of: ">\(point.name)<")?.lowerBound else { return nil }
      return text[..<end].suffix(60)
    }
    #expect(Set(places).count == 4)
  }

  @Test func aHistogramsHighestBinFillsItsPanel() {
    let grid = HistogramGrid(
      title: "T", description: "D", x: Axis("tokens"),
      panels: [
        .init(
          name: "round 0", bins: [.init(from: 0, to: 10, count: 1), .init(from: 10, to: 20, count: 4)],
          mean: 12.5),
        .init(name: "none", bins: [], mean: nil),
      ])
    let drawing = grid.drawing(width: 488)
    #expect(drawing.height == 48 + 8 + 46)
    #expect(drawing.inline.html.contains("height=\"30\"") && drawing.inline.html.contains("height=\"7.5\""))
    #expect(drawing.inline.html.contains(">mean 12.5<") && !drawing.inline.html.contains("none"))
  }
}
