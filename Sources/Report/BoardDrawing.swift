import Configuration
import ExpertIteration
import Reading
import Text

/// The board of a replay after its last step. The page shows it without a script, and its script changes it.
///
/// An open cell is round, a closed one square, an untrue step has a cross, so that no mark differs by colour
/// alone.
struct BoardDrawing {
  let replay: Replay
  let label: String

  /// The side of a cell in the drawing's units, so that boards of any size are about as wide.
  private var size: Int { max(8, 200 / max(board.width, board.height)) }

  private var board: Replay.Board { replay.board }
  private var left: Int { 22 }

  /// The space between a cell's edge and a mark in it.
  private var inset: Int { max(1, size / 7) }

  private func x(_ cell: Int) -> Int { left + cell % board.width * size }

  /// Rows count from the bottom as in the prompts, or from the top if the board says so.
  private func y(_ cell: Int) -> Int {
    let row = cell / board.width
    return 4 + (board.isFromTop ? row : board.height - 1 - row) * size
  }

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
        ("data-top", board.isFromTop ? "1" : "0"), ("style", "--u:\(size)px"),
      ],
      [ground, svg("path", [("class", "walls"), ("d", walls)]), coordinates, targets, cells, route, pieces]
        + [ends, crosses])
  }

  /// Numbers along the left and the lower side, on large boards every fifth.
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

  /// A mark for each cell that a step is about.
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
    let goal = board.goal.map { [("S", board.start), ("G", $0)] } ?? []
    let marks = goal.map { letter, cell in
      label(letter, x: x(cell) + size / 2, y: y(cell) + size * 7 / 10, "middle")
    }
    return svg("g", [("class", "ends")], marks)
  }

  /// A rhomb for each cell that a piece must reach.
  private var targets: Markup {
    let half = size / 2
    let shapes = (board.pieces?.targets ?? []).map { cell in
      "M\(x(cell) + half) \(y(cell) + inset)l\(half - inset) \(half - inset)l-\(half - inset) "
        + "\(half - inset)l-\(half - inset) -\(half - inset)z"
    }
    return board.pieces == nil
      ? "" : svg("path", [("class", "targets"), ("d", shapes.joined())])
  }

  /// A square for each piece and a disc for the mover, where the last steps that name them leave them.
  private var pieces: Markup {
    guard let pieces = board.pieces else { return "" }
    let cells = replay.steps.last { $0.pieces != nil }?.pieces ?? pieces.cells
    let mover = replay.steps.last { $0.cell != nil }?.cell ?? board.start
    let side = size - 4 * inset
    let shapes = cells.map { "M\(x($0) + 2 * inset) \(y($0) + 2 * inset)h\(side)v\(side)h-\(side)z" }
    return svg(
      "path",
      [
        ("class", "pieces"), ("data-first", pieces.cells.map(String.init).joined(separator: " ")),
        ("d", shapes.joined()),
      ])
      + svg(
        "circle",
        [
          ("class", "mover"), ("data-first", "\(board.start)"), ("cx", "\(x(mover) + size / 2)"),
          ("cy", "\(y(mover) + size / 2)"), ("r", "\(size / 5)"),
        ])
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
}
