import Text

/// A finished drawing: an SVG of fixed width, for a page or for a file of its own.
///
/// The same values give the same text, whatever the machine or its language. The colours are those of
/// `Theme`: a page has them in its style sheet, a file of its own carries them.
///
///     let chart = BarChart(title: "Why", description: "...", x: Axis("%"), series: ["a"], rows: rows)
///     let drawing = chart.drawing(width: 720)
///     try drawing.standalone.write(toFile: "loss.svg", atomically: true, encoding: .utf8)
public struct Drawing: Sendable, Equatable {
  public let title: String
  /// What the drawing shows, for people who do not see it.
  public let description: String
  /// The size in the drawing's own coordinates. Pages scale it.
  public let width: Double
  public let height: Double
  /// The elements inside.
  let content: Markup

  init(title: String, description: String, width: Double, height: Double, content: Markup) {
    self.title = title
    self.description = description
    self.width = width
    self.height = height
    self.content = content
  }

  /// The element for an HTML page whose style sheet has `Theme.rules`.
  public var inline: Markup { drawing(with: [], style: "") }

  /// The text of an SVG file, which is light or dark as its viewer is.
  public var standalone: String {
    let style =
      svg("style", [], [Markup(raw: Theme.standalone)])
      + svg("rect", [("class", "paper"), ("width", "100%"), ("height", "100%")])
    return drawing(with: [("xmlns", "http://www.w3.org/2000/svg")], style: style).html + "\n"
  }

  private func drawing(with attributes: [(String, String)], style: Markup) -> Markup {
    let size = [
      ("viewBox", "0 0 \(coordinate(width)) \(coordinate(height))"), ("width", coordinate(width)),
      ("height", coordinate(height)),
    ]
    let label = [("class", "plot"), ("role", "img"), ("aria-label", "\(title). \(description)")]
    let names = [svg("title", [], [Markup(title)]), svg("desc", [], [Markup(description)])]
    return svg("svg", attributes + label + size, names + [style, content])
  }
}
