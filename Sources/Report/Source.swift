import Text

/// Where a number comes from: `select column from view where condition`. Instead of a view it may name a
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

/// A number inside a sentence, with its source.
func sourced(_ text: String, _ source: Source) -> Markup {
  element("span", [("class", "n")] + source.attributes, Markup(text))
}
