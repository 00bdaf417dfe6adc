/// HTML, or SVG, under construction. A string that becomes markup is text and is escaped; only `raw` is not.
///
///     element("td", [("class", "n")], "1 < 2").html         // <td class="n">1 &lt; 2</td>
///     svg("rect", [("width", "3")]).html                    // <rect width="3"/>
public struct Markup: ExpressibleByStringInterpolation, Equatable, Sendable {
  /// The markup as it is written to a file.
  public let html: String

  /// Text that is markup already.
  public init(raw html: String) { self.html = html }

  public init(_ text: String) { html = Self.escaped(text) }

  public init(stringLiteral text: String) { self.init(text) }

  public static func + (one: Markup, other: Markup) -> Markup { Markup(raw: one.html + other.html) }

  public static func += (one: inout Markup, other: Markup) { one = one + other }

  /// The text as it may stand in an element, or in an attribute in double quotes.
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

extension Sequence<Markup> {
  /// All parts one after the other.
  public func joined(separator: String = "") -> Markup {
    Markup(raw: map(\.html).joined(separator: separator))
  }
}

/// HTML elements that have no end tag.
private let voidElements: Set<String> = ["br", "input", "meta", "link", "col", "hr"]

/// An element of HTML. An attribute with an empty value is written as its name alone.
public func element(
  _ name: String, _ attributes: [(String, String)] = [], _ content: Markup...
) -> Markup {
  element(name, attributes, content)
}

public func element(_ name: String, _ attributes: [(String, String)] = [], _ content: [Markup]) -> Markup {
  let list = attributes.map { $1.isEmpty ? " \($0)" : " \($0)=\"\(Markup.escaped($1))\"" }.joined()
  let end = voidElements.contains(name) ? "" : content.joined().html + "</\(name)>"
  return Markup(raw: "<\(name)\(list)>\(end)")
}

/// An element of SVG, in a page or in a file of its own. Attributes may be empty; an element without content
/// closes itself.
public func svg(_ name: String, _ attributes: [(String, String)], _ content: [Markup] = []) -> Markup {
  let list = attributes.map { " \($0)=\"\(Markup.escaped($1))\"" }.joined()
  let inner = content.joined().html
  return Markup(raw: inner.isEmpty ? "<\(name)\(list)/>" : "<\(name)\(list)>\(inner)</\(name)>")
}
