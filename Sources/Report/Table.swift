import Text

/// A table of numbers under a caption; the first column names the rows.
struct Table {
  struct Column {
    let title: String
    /// What the title means, shown when a reader points at it.
    let meaning: String
    /// Text is aligned left, numbers right.
    let isText: Bool

    init(_ title: String, _ meaning: String = "", isText: Bool = false) {
      self.title = title
      self.meaning = meaning
      self.isText = isText
    }
  }

  enum Cell {
    case text(String)
    case markup(Markup)
    /// An estimate with the ends of its interval.
    case interval(Markup)
    /// A number with its source; nil is shown as a dash.
    case number(String?, Source?)
  }

  let caption: String
  let columns: [Column]
  let rows: [[Cell]]

  /// A table with more columns is set closer.
  private static let fewColumns = 13

  var markup: Markup {
    let head = columns.enumerated().map { index, column in
      element(
        "th",
        [("scope", "col")] + (index == 0 || column.isText ? [("class", "left")] : [])
          + (column.meaning.isEmpty ? [] : [("title", column.meaning)]),
        Markup(column.title))
    }
    let body = rows.map { cells in
      element("tr", [], cells.enumerated().map { $0 == 0 ? Self.header($1) : Self.data($1) })
    }
    let table = element(
      "table", columns.count > Self.fewColumns ? [("class", "many")] : [],
      element("caption", [], Markup(caption)), element("thead", [], element("tr", [], head)),
      element("tbody", [], body))
    return element(
      "div", [("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption)], table)
  }

  private static func header(_ cell: Cell) -> Markup {
    element("th", [("scope", "row"), ("class", "left")], content(cell))
  }

  private static func data(_ cell: Cell) -> Markup {
    switch cell {
    case .text: element("td", [("class", "left")], content(cell))
    case .markup: element("td", [("class", "left")], content(cell))
    case .interval: element("td", [], content(cell))
    case .number(_, let source): element("td", source?.attributes ?? [], content(cell))
    }
  }

  private static func content(_ cell: Cell) -> Markup {
    switch cell {
    case .text(let text): Markup(text)
    case .markup(let markup), .interval(let markup): markup
    case .number(let text, _): Markup(text ?? "–")
    }
  }
}
