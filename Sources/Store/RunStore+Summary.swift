import GRDB

/// Rows of the views on the run and its rounds.
extension RunStore {
  /// In ascending order of round.
  public func roundsSummary() throws -> [RoundSummary] {
    try read { try RoundSummary.all(in: $0, "SELECT \(RoundSummary.columns) FROM rounds_summary") }
  }

  /// nil before `insertRun`. A run is stale if its last heartbeat is more than 120 s before `now`, which is
  /// written as every time in the store.
  public func runState(now: String) throws -> RunState? {
    try read { try RunState.first(in: $0, runStateQuery, [now]) }
  }
}

/// The query of the view `run_state` with a time that is given, for a library reads no clock.
private let runStateQuery = Migration6RoundViews.runState
  .replacing("CREATE VIEW run_state AS", with: "")
  .replacing("julianday('now')", with: "julianday(?)")
