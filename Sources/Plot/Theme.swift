import Text

/// Colours and line styles as CSS: variables that a page may set, and rules that use them.
///
/// People who see fewer colours can tell the palette's apart (after Okabe and Ito, 2008). Series also differ
/// by marker and dashes.
public enum Theme {
  /// The variables for light pages.
  public static let light = """
    --paper:#fff;--panel:#f6f6f3;--ink:#1b1c1e;--muted:#5d6067;--rule:#dcdcd8;--bad:#b3261e;\
    --s0:#0a5fa3;--s1:#b8500b;--s2:#0f7558;--s3:#85499a;--s4:#77610a;--s5:#55595f
    """

  /// The variables for dark pages.
  public static let dark = """
    --paper:#15171a;--panel:#1d2024;--ink:#e9e7e3;--muted:#a6a9b0;--rule:#383c42;--bad:#ff8f85;\
    --s0:#72b5f2;--s1:#f2a662;--s2:#62cda9;--s3:#d3a7e4;--s4:#d8c25e;--s5:#b4b8bf
    """

  /// How many styles there are. Further series repeat them.
  static let seriesCount = 6

  /// The rules that drawings need in addition to the variables.
  public static let rules = """
    .plot{display:block;max-width:100%;height:auto}\
    .plot text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;\
    fill:var(--ink);font-variant-numeric:tabular-nums}\
    .plot .tick,.plot .axis{fill:var(--muted)}.plot .small{font-size:11px;fill:var(--muted)}\
    .plot .name{paint-order:stroke;stroke:var(--paper);stroke-width:3px}\
    .plot .grid{stroke:var(--rule);stroke-width:1}.plot .base{stroke:var(--muted);stroke-width:1}\
    .plot .leader{stroke:var(--muted);stroke-width:.75;fill:none}\
    .plot .reference{stroke:var(--muted);stroke-width:1.25;fill:none}\
    .plot .paper{fill:var(--paper)}
    """ + (0..<seriesCount).map(rules(of:)).joined()
    + (0..<dashes.count).map { ".plot .d\($0){\(dash($0))}" }.joined()

  /// The whole style sheet of a drawing in a file of its own.
  static let standalone = """
    svg{\(light)}@media (prefers-color-scheme:dark){svg{\(dark)}}\(rules)
    """

  private static let dashes = ["", "7 4", "2 3", "9 3 2 3", "4 2", "1 4"]

  private static func dash(_ index: Int) -> String {
    dashes[index].isEmpty ? "" : "stroke-dasharray:\(dashes[index])"
  }

  private static func rules(of series: Int) -> String {
    let colour = "var(--s\(series))"
    return """
      .plot .line.s\(series){stroke:\(colour);stroke-width:2;fill:none}\
      .plot .band.s\(series){fill:\(colour);opacity:.16;stroke:none}\
      .plot .whisker.s\(series){stroke:\(colour);stroke-width:1.5;opacity:.45}\
      .plot .dot.s\(series){fill:\(colour);stroke:var(--paper);stroke-width:1}\
      .plot .bar.s\(series){fill:\(colour)}.plot .name.s\(series){fill:\(colour);font-weight:600}
      """
  }
}

/// A marker of the series' own shape: disc, square, triangle, diamond, downward triangle, cross.
func marker(_ series: Int, at point: (x: Double, y: Double), size: Double = 4) -> Markup {
  let index = series % Theme.seriesCount
  let (x, y) = point
  let shapes: [[(Double, Double)]] = [
    [], [(-1, -1), (1, -1), (1, 1), (-1, 1)], [(0, -1.2), (1.2, 0.9), (-1.2, 0.9)],
    [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)], [(0, 1.2), (1.2, -0.9), (-1.2, -0.9)],
    [(-1, -0.4), (1, -0.4), (1, 0.4), (-1, 0.4)],
  ]
  let name = "dot s\(index)"
  if shapes[index].isEmpty {
    return svg(
      "circle",
      [("class", name), ("cx", coordinate(x)), ("cy", coordinate(y)), ("r", coordinate(size))])
  }
  return path(shapes[index].map { (x + size * $0.0, y + size * $0.1) }, closed: true, class: name)
}
