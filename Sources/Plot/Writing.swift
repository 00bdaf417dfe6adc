// Numbers and elements as text.

/// With a fixed number of decimals, whatever the locale: `fixed(12.345, 1)` is "12.3". Never "-0".
func fixed(_ value: Double, _ decimals: Int) -> String {
  precondition(value.isFinite && abs(value) < 1e12, "a drawing shows finite numbers of at most 12 digits")
  var scale = 1
  for _ in 0..<decimals { scale *= 10 }
  let scaled = Int((abs(value) * Double(scale)).rounded())
  let (whole, rest) = scaled.quotientAndRemainder(dividingBy: scale)
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard decimals > 0 else { return sign + String(whole) }
  let digits = String(rest)
  return sign + "\(whole)." + String(repeating: "0", count: decimals - digits.utf8.count) + digits
}

/// A place in a drawing: a tenth of a unit is enough.
func coordinate(_ value: Double) -> String {
  let text = fixed(value, 1)
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// Text as it may stand in an element or an attribute.
func escaped(_ text: String) -> String {
  var result = ""
  for character in text {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.append(character)
    }
  }
  return result
}

/// An element; `content` is markup already. Without content it closes itself.
func tag(_ name: String, _ attributes: [(String, String)], _ content: String = "") -> String {
  let list = attributes.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
  return content.isEmpty ? "<\(name)\(list)/>" : "<\(name)\(list)>\(content)</\(name)>"
}

/// Where text is held.
enum Anchor: String {
  case start, middle, end
}

func text(
  _ words: String, x: Double, y: Double, _ anchor: Anchor = .start, class name: String = "label"
) -> String {
  tag(
    "text",
    [("class", name), ("x", coordinate(x)), ("y", coordinate(y)), ("text-anchor", anchor.rawValue)],
    escaped(words))
}

func line(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double), class name: String) -> String {
  tag(
    "line",
    [
      ("class", name), ("x1", coordinate(from.x)), ("y1", coordinate(from.y)), ("x2", coordinate(to.x)),
      ("y2", coordinate(to.y)),
    ])
}

func path(_ points: [(x: Double, y: Double)], closed: Bool = false, class name: String) -> String {
  let steps = points.enumerated().map { index, point in
    "\(index == 0 ? "M" : "L")\(coordinate(point.x)) \(coordinate(point.y))"
  }
  return tag("path", [("class", name), ("d", steps.joined() + (closed ? "Z" : ""))])
}

/// How wide words are in the labels' size, at most: system fonts differ by a fifth.
func textWidth(_ words: String) -> Double { 7.2 * Double(words.count) }

/// The same for the bold names of series.
func nameWidth(_ words: String) -> Double { 8 * Double(words.count) }
