/// A table for a terminal: columns two spaces apart, each as wide as its longest cell.
///
///     let columns = [TextTable.Column("run", .left), TextTable.Column("tokens")]
///     TextTable(columns: columns, rows: [["maze", "64.3"], ["sums", "8.0"]]).lines
///     // run   tokens
///     // maze    64.3
///     // sums     8.0
///
/// A table that grows over time has no rows yet: give its columns minimum widths, and print `header` once and
/// `line(_:)` for each row as it comes.
public struct TextTable: Sendable {
  public enum Alignment: Sendable {
    case left, right
  }

  public struct Column: Sendable {
    public let title: String
    public let alignment: Alignment
    /// In characters.
    public let minimumWidth: Int

    /// Numbers are aligned right, as by default; texts and intervals left.
    public init(_ title: String = "", _ alignment: Alignment = .right, minimumWidth: Int = 0) {
      self.title = title
      self.alignment = alignment
      self.minimumWidth = minimumWidth
    }
  }

  private let columns: [Column]
  private let rows: [[String]]
  private let widths: [Int]

  /// Each row has a cell for each column.
  public init(columns: [Column], rows: [[String]] = []) {
    self.columns = columns
    self.rows = rows
    widths = columns.enumerated().map { index, column in
      rows.reduce(max(column.title.count, column.minimumWidth)) { max($0, $1[index].count) }
    }
  }

  /// The titles as a line.
  public var header: String { line(columns.map(\.title)) }

  /// The header, if a column has a title, and a line for each row.
  public var lines: [String] {
    (columns.contains { !$0.title.isEmpty } ? [header] : []) + rows.map(line)
  }

  /// A row as a line without spaces at its end. A cell wider than its column moves those after it.
  public func line(_ cells: [String]) -> String {
    var line = cells.indices.map { cells[$0].padded(to: widths[$0], columns[$0].alignment) }
      .joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line
  }
}
