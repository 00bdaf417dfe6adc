/// HTML under construction. A string that becomes markup is text: it is escaped. Only `raw` is not.
///
///     element("td", [("class", "n")], "1 < 2").html         // <td class="n">1 &lt; 2</td>
struct Markup: ExpressibleByStringInterpolation, Equatable {
  let html: String

  init(raw html: String) {
    self.html = html
  }

  init(_ text: String) {
    html = Self.escaped(text)
  }

  init(stringLiteral text: String) {
    self.init(text)
  }

  static func + (one: Markup, other: Markup) -> Markup { Markup(raw: one.html + other.html) }

  /// As text of an element or an attribute in double quotes.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(character)
      }
    }
    return result
  }
}

/// Elements that have no end tag.
private let voidElements: Set<String> = ["br", "input", "meta", "link", "col", "hr"]

func element(_ name: String, _ attributes: [(String, String)] = [], _ content: Markup...) -> Markup {
  element(name, attributes, content)
}

func element(_ name: String, _ attributes: [(String, String)] = [], _ content: [Markup]) -> Markup {
  let list = attributes.map { key, value in value.isEmpty ? " \(key)" : " \(key)=\"\(Markup.escaped(value))\""
  }
  let start = "<\(name)\(list.joined())>"
  return Markup(
    raw: voidElements.contains(name) ? start : start + content.map(\.html).joined() + "</\(name)>")
}

/// An element of a drawing, whose attributes may be empty.
func svg(_ name: String, _ attributes: [(String, String)], _ content: [Markup] = []) -> Markup {
  let list = attributes.map { " \($0)=\"\(Markup.escaped($1))\"" }.joined()
  return Markup(raw: "<\(name)\(list)>\(content.map(\.html).joined())</\(name)>")
}

/// Where a number comes from: `select column from view where condition`. In place of a view it may name a
/// query that the page prints.
struct Source {
  let view: String
  let column: String
  let condition: String

  init(_ view: String, _ column: String, where condition: String) {
    self.view = view
    self.column = column
    self.condition = condition
  }

  var attributes: [(String, String)] {
    [("data-view", view), ("data-column", column), ("data-where", condition)]
  }
}

/// A number inside a sentence.
func figure(_ text: String, _ source: Source) -> Markup {
  element("span", [("class", "n")] + source.attributes, Markup(text))
}

/// A table of numbers under a caption; the first column names the rows.
struct Table {
  struct Column {
    let title: String
    /// What the title means, shown when it is pointed at.
    let meaning: String
    /// Text stands on the left, numbers on the right.
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
    /// A number; nil prints a dash.
    case number(String?, Source?)
  }

  let caption: String
  let columns: [Column]
  let rows: [[Cell]]

  /// More of them stand closer.
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
