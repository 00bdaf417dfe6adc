import ExpertIteration

/// A depth study as a table, and the reference lines of its problems.
///
///     problem        depth  seeds  base %  hint %  chain %  round 0  tokens  of chain %      at %  sound %  taught %
///     circuitValue       4      1    67.0    94.7     97.4      8.0     0.5  3.5 [2.9, 4.2]  98.1     99.9  2: 99.1
enum DepthTable {
  static let legend = """
    base %, hint %, chain %: pass@1 of models that answer at once, that learnt the chain as labels of the \
    prompt, that write it (round 0). round 0: its mean chain, in tokens, which skips as its references do; \
    tokens: that of the shortest round whose pass@1 (at %) is at most \
    \(DepthStudy.tolerance.formatted(decimals: 1)) points below round 0's, which is round 0 itself where no \
    other is; of chain %: of the whole chain of the same tasks, with its 95 % interval over tasks; sound %: of \
    its correct responses. taught %: pass@1 of models taught each second step only, each fourth, and so on.
    """

  static func lines(_ cells: [DepthStudy.Cell]) -> [String] {
    let rows = [header] + cells.map(texts)
    let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return leftAligned.contains(column) ? row[column] + space : space + row[column]
      }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// A line for each problem: `modularAddition: the full chain 14.0, stride 2 6.0`.
  static func references(_ references: [DepthStudy.Line]) -> [String] {
    var lines: [String] = []
    var problem: String?
    for reference in references {
      let text = "\(reference.line.title) \(number(reference.tokens))"
      if reference.problem == problem {
        lines[lines.count - 1] += ", \(text)"
      } else {
        lines.append("\(reference.problem): \(text)")
        problem = reference.problem
      }
    }
    return lines
  }

  private static let header = [
    "problem", "depth", "seeds", "base %", "hint %", "chain %", "round 0", "tokens", "of chain %", "at %",
    "sound %", "taught %",
  ]
  private static let leftAligned: Set<Int> = [0, 8, 11]

  private static func texts(_ cell: DepthStudy.Cell) -> [String] {
    var share = number(cell.reached?.share.value)
    if let interval = cell.reached?.share.interval {
      share += " [\(number(interval.low)), \(number(interval.high))]"
    }
    return [
      cell.problem, String(cell.depth), String(cell.seeds.count), number(cell.base), number(cell.hint),
      number(cell.chain), number(cell.start), number(cell.reached?.tokens), share,
      number(cell.reached?.optimalPercent), number(cell.reached?.soundPercent), cell.taught ?? "-",
    ]
  }

  private static func number(_ value: Double?) -> String { value?.formatted(decimals: 1) ?? "-" }
}
