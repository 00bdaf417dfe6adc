import GRDB

/// A record that is read from a row by the names of its columns, which are its coding keys.
///
/// A value of another type than its property's throws: a damaged database is a result, not a crash.
///
///     try ReferenceRecord.all(in: database, "SELECT \(ReferenceRecord.columns) FROM reference_lines")
protocol StoredRecord: FetchableRecord, Decodable {
  associatedtype CodingKeys: CodingKey, CaseIterable, RawRepresentable<String>
}

extension StoredRecord {
  /// For a SELECT: the coding keys in their order.
  static var columns: String { columns(of: nil) }

  /// The same with the name of a table before each.
  static func columns(of table: String?) -> String {
    CodingKeys.allCases.map { (table.map { "\($0)." } ?? "") + $0.rawValue }.joined(separator: ", ")
  }
}

extension FetchableRecord {
  /// Every row of `sql`. The statement is compiled once per connection.
  static func all(
    in database: Database, _ sql: String, _ arguments: StatementArguments = StatementArguments()
  ) throws -> [Self] {
    try fetchAll(try database.cachedStatement(sql: sql), arguments: arguments)
  }

  /// The first row of `sql`; nil without one.
  static func first(
    in database: Database, _ sql: String, _ arguments: StatementArguments = StatementArguments()
  ) throws -> Self? {
    try fetchOne(try database.cachedStatement(sql: sql), arguments: arguments)
  }
}

extension Database {
  /// The integers of `sql`, a row each. The statement is compiled once per connection.
  func integers(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> [Int64] {
    try Int64.fetchAll(try cachedStatement(sql: sql), arguments: arguments)
  }
}
