import Configuration
import ExpertIteration
import Reading
import Text

/// A depth study as a table, and the reference lines of its problems as sentences.
///
///     problem        depth  seeds  base %  hint %  chain %  round 0  tokens  of chain %      ...
///     circuitValue       4      1    67.0    94.7     97.4      8.0     0.5  3.5 [2.9, 4.2]  ...
enum DepthTable {
  static let legend = """
    base %, hint %, chain %: pass@1 of models that answer at once, that learnt the chain as labels of the \
    prompt, that write it (round 0). round 0: its mean chain, in tokens, which skips as its references do; \
    tokens: that of the shortest round whose pass@1 (at %) is at most \
    \(DepthStudy.tolerance.fixed(decimals: 1)) points below round 0's, which is round 0 itself where no \
    other is; of chain %: of the whole chain of the same tasks, with its 95 % interval over tasks; \
    sound %: of its correct responses. taught %: pass@1 of models taught each second step only, each \
    fourth, and so on.
    """

  static func lines(_ cells: [DepthStudy.Cell], unit: LengthUnit = LengthUnit()) -> [String] {
    TextTable(columns: columns(unit), rows: cells.map(texts)).lines
  }

  /// One line of text for each problem: `modularAddition: the full chain 14.0, stride 2 6.0`.
  static func references(_ references: [DepthStudy.Line]) -> [String] {
    var lines: [String] = []
    var problem: String?
    for reference in references {
      let text = "\(reference.line.title) \(reference.tokens.fixed(decimals: 1))"
      if reference.problem == problem {
        lines[lines.count - 1] += ", \(text)"
      } else {
        lines.append("\(reference.problem): \(text)")
        problem = reference.problem
      }
    }
    return lines
  }

  private static func columns(_ unit: LengthUnit) -> [TextTable.Column] {
    [
      .init("problem", .left), .init("depth"), .init("seeds"), .init("base %"), .init("hint %"),
      .init("chain %"), .init("round 0"), .init(unit.name), .init("of chain %", .left), .init("at %"),
      .init("sound %"), .init("taught %", .left),
    ]
  }

  private static func texts(_ cell: DepthStudy.Cell) -> [String] {
    let share = cell.reached?.share
    return [
      cell.problem, String(cell.depth), String(cell.seeds.count), cell.base.fixedOrDash(),
      cell.hint.fixedOrDash(), cell.chain.fixedOrDash(), cell.start.fixedOrDash(),
      (cell.reached?.tokens).fixedOrDash(),
      estimate(share?.value, share?.interval?.low, share?.interval?.high),
      (cell.reached?.optimalPercent).fixedOrDash(), (cell.reached?.soundPercent).fixedOrDash(),
      cell.taught ?? "-",
    ]
  }
}
