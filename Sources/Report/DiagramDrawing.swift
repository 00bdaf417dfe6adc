import Configuration
import ExpertIteration
import Reading
import Text

/// A task's parts in layers, each below the parts it depends on, marked by a trace: a part that it writes is
/// filled, one that it leaves out dashed, an untrue one crossed.
struct DiagramDrawing {
  let diagram: Diagram
  /// The states of nodes by their keys. A node without a state is not in the reference's trace.
  let states: [String: ChainStrip.State]
  let label: String

  private static let (width, height, gap, drop) = (66, 24, 10, 22)
  /// The most nodes in a row. A layer with more has several rows.
  private static let most = 5

  /// The nodes' keys row by row. A node is a layer below its lowest input, near the middle of its inputs.
  var rows: [[String]] {
    var layers: [String: Int] = [:]
    var places: [String: Double] = [:]
    var rows: [[String]] = []
    for node in diagram.nodes {
      layers[node.key] = (node.inputs.compactMap { layers[$0] }.max() ?? -1) + 1
    }
    for layer in 0...(layers.values.max() ?? 0) {
      let nodes = diagram.nodes.filter { layers[$0.key] == layer }
      let sorted = nodes.enumerated().sorted { one, other in
        let (first, second) = (middle(one.element, places), middle(other.element, places))
        return (first, one.offset) < (second, other.offset)
      }.map(\.element.key)
      for start in stride(from: 0, to: sorted.count, by: Self.most) {
        let row = Array(sorted[start..<min(start + Self.most, sorted.count)])
        for (index, key) in row.enumerated() { places[key] = Double(index) - Double(row.count - 1) / 2 }
        rows.append(row)
      }
    }
    return rows
  }

  private func middle(_ node: Diagram.Node, _ places: [String: Double]) -> Double {
    let inputs = node.inputs.compactMap { places[$0] }
    return inputs.isEmpty ? 0 : inputs.reduce(0, +) / Double(inputs.count)
  }

  var markup: Markup {
    let rows = rows
    let columns = rows.map(\.count).max() ?? 1
    let total = columns * (Self.width + Self.gap) + Self.gap
    var corners: [String: (x: Int, y: Int)] = [:]
    for (number, row) in rows.enumerated() {
      let left = (total - row.count * (Self.width + Self.gap) + Self.gap) / 2
      for (index, key) in row.enumerated() {
        corners[key] = (left + index * (Self.width + Self.gap), 4 + number * (Self.height + Self.drop))
      }
    }
    let edges = diagram.nodes.flatMap { node in
      node.inputs.compactMap { input -> String? in
        guard let from = corners[input], let to = corners[node.key] else { return nil }
        let half = Self.width / 2
        return "M\(from.x + half) \(from.y + Self.height)L\(to.x + half) \(to.y)"
      }
    }
    let boxes = diagram.nodes.compactMap { node in corners[node.key].map { box(node, $0) } }
    return svg(
      "svg",
      [
        ("class", "diagram"), ("role", "img"), ("aria-label", label), ("style", "max-width:\(total)px"),
        ("viewBox", "0 0 \(total) \(rows.count * (Self.height + Self.drop) - Self.drop + 8)"),
      ],
      [svg("path", [("class", "edges"), ("d", edges.joined())])] + boxes)
  }

  private func box(_ node: Diagram.Node, _ corner: (x: Int, y: Int)) -> Markup {
    let state = states[node.key]
    let mark = state == .untrue ? "✕ " : ""
    let names = [state?.rawValue ?? "plain"] + (node.key == diagram.output ? ["output"] : [])
    return svg(
      "g", [("class", names.joined(separator: " "))],
      [
        svg(
          "rect",
          [
            ("x", "\(corner.x)"), ("y", "\(corner.y)"), ("width", "\(Self.width)"),
            ("height", "\(Self.height)"),
          ]),
        svg(
          "text",
          [
            ("x", "\(corner.x + Self.width / 2)"), ("y", "\(corner.y + Self.height - 8)"),
            ("text-anchor", "middle"),
          ], [Markup(mark + node.label)]),
      ])
  }
}
