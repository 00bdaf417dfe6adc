import ExpertIteration

/// A replay's board as it stands at the end: what is drawn without a script, and what the script changes.
///
/// An open cell is round, a closed one square, an untrue step has a cross: no mark by colour alone.
struct BoardDrawing {
  let replay: Replay
  let label: String

  static let cell = 20

  private var board: Replay.Board { replay.board }
  private var left: Int { 22 }

  private func x(_ cell: Int) -> Int { left + cell % board.width * Self.cell }

  /// y goes upwards, as in the prompts.
  private func y(_ cell: Int) -> Int { 4 + (board.height - 1 - cell / board.width) * Self.cell }

  var markup: Markup {
    let (width, height) = (board.width * Self.cell, board.height * Self.cell)
    let ground = svg(
      "rect",
      [("class", "ground"), ("x", "\(left)"), ("y", "4"), ("width", "\(width)"), ("height", "\(height)")])
    let walls = board.walls.map { "M\(x($0)) \(y($0))h\(Self.cell)v\(Self.cell)h-\(Self.cell)z" }.joined()
    return svg(
      "svg",
      [
        ("class", "board"), ("role", "img"), ("aria-label", label),
        ("viewBox", "0 0 \(left + width + 4) \(height + 24)"), ("data-cell", "\(Self.cell)"),
        ("data-width", "\(board.width)"), ("data-height", "\(board.height)"), ("data-left", "\(left)"),
      ],
      [ground, svg("path", [("class", "walls"), ("d", walls)]), coordinates, cells, route, ends, crosses])
  }

  /// Labels along the left and the lower side; every fifth on large boards.
  private var coordinates: Markup {
    let step = max(board.width, board.height) > 12 ? 5 : 1
    let half = Self.cell / 2
    let columns = stride(from: 0, to: board.width, by: step).map { column in
      label("\(column)", x: left + column * Self.cell + half, y: 4 + board.height * Self.cell + 14, "middle")
    }
    let rows = stride(from: 0, to: board.height, by: step).map { row in
      label("\(row)", x: left - 6, y: y(row * board.width) + half + 4, "end")
    }
    return svg("g", [("class", "coordinates")], columns + rows)
  }

  private func label(_ text: String, x: Int, y: Int, _ anchor: String) -> Markup {
    svg("text", [("x", "\(x)"), ("y", "\(y)"), ("text-anchor", anchor)], [Markup(text)])
  }

  /// Those that some step touches.
  private var cells: Markup {
    var state: [Int: String] = [:]
    for step in replay.steps {
      guard let cell = step.cell, step.action != .plan else { continue }
      if state[cell] == nil { state[cell] = "" }
      if case .untrue = step.flaw { continue }
      state[cell] = step.action == .close ? "closed" : "open"
    }
    let marks = state.keys.sorted().map { cell in
      svg(
        "rect",
        [
          ("data-at", "\(cell)"), ("class", state[cell] ?? ""), ("x", "\(x(cell) + 3)"),
          ("y", "\(y(cell) + 3)"),
          ("width", "\(Self.cell - 6)"), ("height", "\(Self.cell - 6)"),
        ])
    }
    return svg("g", [("class", "cells")], marks)
  }

  private var route: Markup {
    let places = replay.steps.filter { $0.action == .plan }.compactMap(\.cell).map { cell in
      "\(x(cell) + Self.cell / 2),\(y(cell) + Self.cell / 2)"
    }
    return svg("polyline", [("class", "route"), ("points", places.joined(separator: " "))])
  }

  private var ends: Markup {
    let marks = [("S", board.start), ("G", board.goal)].map { letter, cell in
      label(letter, x: x(cell) + Self.cell / 2, y: y(cell) + Self.cell / 2 + 5, "middle")
    }
    return svg("g", [("class", "ends")], marks)
  }

  private var crosses: Markup {
    let places = replay.steps.compactMap { step -> Int? in
      if case .untrue = step.flaw { step.cell } else { nil }
    }
    return svg("path", [("class", "crosses"), ("d", places.map(cross).joined())])
  }

  private func cross(_ cell: Int) -> String {
    let (x, y, size) = (x(cell) + 5, y(cell) + 5, Self.cell - 10)
    return "M\(x) \(y)l\(size) \(size)m0 -\(size)l-\(size) \(size)"
  }

  private func svg(_ name: String, _ attributes: [(String, String)], _ content: [Markup] = []) -> Markup {
    let list = attributes.map { " \($0)=\"\(Markup.escaped($1))\"" }.joined()
    return Markup(raw: "<\(name)\(list)>\(content.map(\.html).joined())</\(name)>")
  }
}
