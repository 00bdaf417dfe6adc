import GRDB

/// Reads a row's columns from left to right. A value of another type than its property's throws: a damaged
/// database is a result, not a crash.
struct Columns {
  private let row: Row
  private var index = 0

  init(_ row: Row) {
    self.row = row
  }

  /// `Value` follows from the property it is for; NULL fits an optional one only.
  mutating func next<Value: ColumnValue>() throws -> Value {
    defer { index += 1 }
    return try Value.decoded(from: row, at: index)
  }
}

/// What a column is read as.
protocol ColumnValue {
  static func decoded(from row: Row, at index: Int) throws -> Self
}

extension ColumnValue where Self: DatabaseValueConvertible & StatementColumnConvertible {
  static func decoded(from row: Row, at index: Int) throws -> Self {
    try row.decode(Self.self, atIndex: index)
  }
}

extension Bool: ColumnValue {}
extension Int: ColumnValue {}
extension Int32: ColumnValue {}
extension Int64: ColumnValue {}
extension Double: ColumnValue {}
extension String: ColumnValue {}

extension Optional: ColumnValue where Wrapped: ColumnValue {
  static func decoded(from row: Row, at index: Int) throws -> Wrapped? {
    row.hasNull(atIndex: index) ? nil : try Wrapped.decoded(from: row, at: index)
  }
}

extension Database {
  /// Every row of `sql`, as `make` reads it. The statement is compiled once per connection.
  func rows<Record>(
    _ sql: String, _ arguments: StatementArguments = StatementArguments(),
    as make: (inout Columns) throws -> Record
  ) throws -> [Record] {
    var records: [Record] = []
    let cursor = try Row.fetchCursor(try cachedStatement(sql: sql), arguments: arguments)
    while let row = try cursor.next() {
      var columns = Columns(row)
      records.append(try make(&columns))
    }
    return records
  }

  /// The first row of `sql`; nil without one.
  func firstRow<Record>(
    _ sql: String, _ arguments: StatementArguments = StatementArguments(),
    as make: (inout Columns) throws -> Record
  ) throws -> Record? {
    let cursor = try Row.fetchCursor(try cachedStatement(sql: sql), arguments: arguments)
    guard let row = try cursor.next() else { return nil }
    var columns = Columns(row)
    return try make(&columns)
  }
}
