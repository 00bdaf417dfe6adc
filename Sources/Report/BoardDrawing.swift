import ExpertIteration

/// A replay's board as it stands at the end: what is drawn without a script, and what the script changes.
///
/// An open cell is round, a closed one square, an untrue step has a cross: no mark by colour alone.
struct BoardDrawing {
  let replay: Replay
  let label: String

  /// Units of a cell: boards of any size are about as wide.
  private var size: Int { max(8, 200 / max(board.width, board.height)) }

  private var board: Replay.Board { replay.board }
  private var left: Int { 22 }

  /// Of a mark within its cell.
  private var inset: Int { max(1, size / 7) }

  private func x(_ cell: Int) -> Int { left + cell % board.width * size }

  /// y goes upwards, as in the prompts.
  private func y(_ cell: Int) -> Int { 4 + (board.height - 1 - cell / board.width) * size }

  var markup: Markup {
    let (width, height) = (board.width * size, board.height * size)
    let ground = svg(
      "rect",
      [("class", "ground"), ("x", "\(left)"), ("y", "4"), ("width", "\(width)"), ("height", "\(height)")])
    let walls = board.walls.map { "M\(x($0)) \(y($0))h\(size)v\(size)h-\(size)z" }.joined()
    return svg(
      "svg",
      [
        ("class", "board"), ("role", "img"), ("aria-label", label),
        ("viewBox", "0 0 \(left + width + 4) \(height + 24)"), ("data-cell", "\(size)"),
        ("data-width", "\(board.width)"), ("data-height", "\(board.height)"), ("data-left", "\(left)"),
        ("style", "--u:\(size)px"),
      ],
      [ground, svg("path", [("class", "walls"), ("d", walls)]), coordinates, cells, route, ends, crosses])
  }

  /// Labels along the left and the lower side; every fifth on large boards.
  private var coordinates: Markup {
    let step = max(board.width, board.height) > 12 ? 5 : 1
    let half = size / 2
    let columns = stride(from: 0, to: board.width, by: step).map { column in
      label("\(column)", x: left + column * size + half, y: 4 + board.height * size + 14, "middle")
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
          ("width", "\(size - 2 * inset)"), ("height", "\(size - 2 * inset)"),
        ])
    }
    return svg("g", [("class", "cells")], marks)
  }

  private var route: Markup {
    let places = replay.steps.filter { $0.action == .plan }.compactMap(\.cell).map { cell in
      "\(x(cell) + size / 2),\(y(cell) + size / 2)"
    }
    return svg("polyline", [("class", "route"), ("points", places.joined(separator: " "))])
  }

  private var ends: Markup {
    let marks = [("S", board.start), ("G", board.goal)].map { letter, cell in
      label(letter, x: x(cell) + size / 2, y: y(cell) + size * 7 / 10, "middle")
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
    let (x, y, side) = (x(cell) + size / 4, y(cell) + size / 4, size - 2 * (size / 4))
    return "M\(x) \(y)l\(side) \(side)m0 -\(side)l-\(side) \(side)"
  }

  private func svg(_ name: String, _ attributes: [(String, String)], _ content: [Markup] = []) -> Markup {
    let list = attributes.map { " \($0)=\"\(Markup.escaped($1))\"" }.joined()
    return Markup(raw: "<\(name)\(list)>\(content.map(\.html).joined())</\(name)>")
  }
}
