import GRDB

/// The steps that lead from an empty database, or one of an older schema, to the schema of today.
///
/// Every table is STRICT; a column is NULL only if its property is optional; the schema itself refuses what
/// may never happen: a longer trace, a kept trace of a test exercise, a task in both splits.
enum Schema {
  /// `shrt`: what `file shorten.db` shows as application id.
  static let applicationID: Int32 = 0x7368_7274

  /// Also the file's `user_version`: the number of migrations it has seen.
  static let version = migrations.count

  /// Name and SQL of each step, in order. The text of a published step never changes (a test holds its
  /// digest), so it is literal: nothing in it is computed from a type of this program. A change of the schema
  /// is a new step, which drops and makes all views, for they hold nothing of their own.
  static let migrations: [(name: String, sql: String)] = [
    ("tables", Migration1Tables.sql),
    ("views for people", PublishedViews.sql),
    (
      "reference lines and measures",
      PublishedViews.drop + Migration3References.sql + PublishedViews.sql
    ),
    ("evaluation sets", PublishedViews.drop + Migration4EvaluationSets.sql + PublishedViews.sql),
    // Views with other names for the reference: A* wrote the first traces of mazes only.
    ("references that are not A*", PublishedViews.drop + PublishedViews.sql),
    (
      "learners and artifacts",
      PublishedViews.drop + Migration6Learners.sql + Migration6RoundViews.sql + Migration6EvaluationViews.sql
    ),
  ]

  static func migrator(through last: Int = version) -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (number, migration) in migrations.prefix(last).enumerated() {
      migrator.registerMigration(migration.name) { database in
        try database.execute(sql: migration.sql)
        // In the same transaction as the tables: a database is one of ours from its first commit on.
        try database.execute(
          sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(number + 1)")
      }
    }
    return migrator
  }
}
