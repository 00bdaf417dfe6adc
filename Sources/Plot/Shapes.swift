import Text

// The elements that charts are made of.

/// A place in a drawing as text: a tenth of a unit is enough.
func coordinate(_ value: Double) -> String {
  precondition(value.isFinite && abs(value) < 1e12, "a drawing shows finite numbers of at most 12 digits")
  let text = value.fixed(decimals: 1)
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// The part of a text that its place names.
enum Anchor: String {
  case start, middle, end
}

/// Words at a place.
func text(
  _ words: String, x: Double, y: Double, _ anchor: Anchor = .start, class name: String = "label"
) -> Markup {
  svg(
    "text",
    [("class", name), ("x", coordinate(x)), ("y", coordinate(y)), ("text-anchor", anchor.rawValue)],
    [Markup(words)])
}

/// A straight line between two points.
func line(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double), class name: String) -> Markup {
  svg(
    "line",
    [
      ("class", name), ("x1", coordinate(from.x)), ("y1", coordinate(from.y)), ("x2", coordinate(to.x)),
      ("y2", coordinate(to.y)),
    ])
}

/// Points joined by straight lines; `closed` also joins the last with the first.
func path(_ points: [(x: Double, y: Double)], closed: Bool = false, class name: String) -> Markup {
  let steps = points.enumerated().map { index, point in
    "\(index == 0 ? "M" : "L")\(coordinate(point.x)) \(coordinate(point.y))"
  }
  return svg("path", [("class", name), ("d", steps.joined() + (closed ? "Z" : ""))])
}

/// A rectangle with sides along the axes; `x` and `y` are its upper left corner.
func rectangle(x: Double, y: Double, width: Double, height: Double, class name: String) -> Markup {
  svg(
    "rect",
    [
      ("class", name), ("x", coordinate(x)), ("y", coordinate(y)), ("width", coordinate(width)),
      ("height", coordinate(height)),
    ])
}

/// The most that words take in the labels' size: system fonts differ by a fifth.
func textWidth(_ words: String) -> Double { 7.2 * Double(words.count) }

/// The most that words take in the bold type of series' names.
func nameWidth(_ words: String) -> Double { 8 * Double(words.count) }
