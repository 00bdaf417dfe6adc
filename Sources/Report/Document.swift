import Text

/// A whole HTML document in the style of all pages. It is light or dark as the reader's system is, and loads
/// nothing.
func document(title: String, content: Markup, script: String = "") -> String {
  let head = element(
    "head", [], element("meta", [("charset", "utf-8")]),
    element("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")]),
    element("meta", [("name", "color-scheme"), ("content", "light dark")]),
    element("title", [], Markup(title)),
    element("style", [], Markup(raw: Style.sheet)))
  let body = element(
    "body", [], element("main", [], content),
    script.isEmpty ? "" : element("script", [], Markup(raw: script)))
  return "<!DOCTYPE html>\n" + element("html", [("lang", "en")], head, body).html + "\n"
}
