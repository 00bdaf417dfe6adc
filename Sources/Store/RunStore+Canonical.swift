import GRDB

/// The canonical content of a run, a line a row, for a digest: the same for the same configuration and seed,
/// however often the run was interrupted, if its learner promises that.
///
/// Rows are named by what they are (split and candidate, round and step), never by ids. No times, processes,
/// speeds or paths. Text is as stored with `\`, tab and newline escaped, real numbers are the hexadecimal
/// bits of the double, NULL is `\N`; fields are separated by tabs, the first one names the table. What a
/// migration changed in these lines is described there.
extension RunStore {
  /// Calls `body` with each line, in a fixed order, within one consistent reading.
  public func forEachCanonicalRow(_ body: (String) throws -> Void) throws {
    try read { database in
      for (table, sql) in canonicalQueries {
        let cursor = try Row.fetchCursor(database, sql: sql)
        while let row = try cursor.next() {
          var line = table
          for index in 0..<row.count {
            line += "\t"
            append(row[index] as DatabaseValue, to: &line)
          }
          try body(line)
        }
      }
    }
  }

  /// The lines of `forEachCanonicalRow`.
  func canonicalDigestRows() throws -> [String] {
    var lines: [String] = []
    try forEachCanonicalRow { lines.append($0) }
    return lines
  }
}

private func append(_ value: DatabaseValue, to line: inout String) {
  switch value.storage {
  case .null: line += "\\N"
  case .int64(let number): line += String(number)
  case .double(let number): line += "0x" + String(number.bitPattern, radix: 16)
  case .string(var text):
    let isPlain = text.withUTF8 { $0.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\\") } }
    line += isPlain ? text : escaped(text)
  case .blob(let data): line += data.map { String($0, radix: 16) }.joined(separator: ",")
  }
}

private func escaped(_ text: String) -> String {
  text.unicodeScalars.map { scalar in
    switch scalar {
    case "\\": "\\\\"
    case "\t": "\\t"
    case "\n": "\\n"
    case "\r": "\\r"
    default: String(scalar)
    }
  }.joined()
}

private let canonicalQueries: [(table: String, sql: String)] = [
  ("run", "SELECT domain, learner_sha256, seed FROM runs"),
  (
    "round",
    """
    SELECT r.round, r.state, p.round, p.step, p.sha256, c.step, c.sha256, r.train_set_sha256, r.train_tokens,
      r.trained_sequences, r.kept_sequences, r.reason
    FROM rounds AS r LEFT JOIN checkpoints AS p ON p.id = r.parent_checkpoint
      LEFT JOIN checkpoints AS c ON c.id = r.checkpoint
    ORDER BY r.round
    """
  ),
  ("checkpoint", "SELECT round, step, bytes, sha256 FROM checkpoints WHERE is_final ORDER BY round"),
  (
    "exercise",
    """
    SELECT split, candidate_index, round, prompt, trace, answer, optimal_cost, trace_length, identity_sha256
    FROM exercises ORDER BY split, candidate_index
    """
  ),
  (
    "reference",
    """
    SELECT x.split, x.candidate_index, r.name, r.tokens
    FROM reference_lines AS r JOIN exercises AS x ON x.id = r.exercise_id
    ORDER BY x.split, x.candidate_index, r.name
    """
  ),
  (
    "sampling",
    """
    SELECT s.round, x.split, x.candidate_index, \(Tally.columns(of: "s")),
      s.best_attempt, s.best_trace, s.best_answer, s.best_length, s.best_sound, s.best_legal
    FROM samplings AS s JOIN exercises AS x ON x.id = s.exercise_id
    ORDER BY s.round, x.split, x.candidate_index
    """
  ),
  (
    "trace",
    """
    SELECT t.round, x.split, x.candidate_index, c.round, c.step, c.sha256, t.attempt, p.round, t.trace,
      t.answer, t.trace_length, t.sound, t.legal
    FROM traces AS t JOIN exercises AS x ON x.id = t.exercise_id
      JOIN checkpoints AS c ON c.id = t.checkpoint_id
      LEFT JOIN traces AS p ON p.id = t.parent_trace_id
    ORDER BY t.round, x.split, x.candidate_index
    """
  ),
  (
    "evaluation",
    """
    SELECT e.round, e.set_name, x.split, x.candidate_index, \(Tally.columns(of: "e")),
      \(Measures.columns(of: "e")), e.votes
    FROM evaluations AS e JOIN exercises AS x ON x.id = e.exercise_id
    ORDER BY e.round, e.set_name, x.split, x.candidate_index
    """
  ),
  ("fault", "SELECT round, source, kind, count FROM fault_counts ORDER BY round, source, kind"),
  ("metric", "SELECT round, phase, step, name, value FROM metrics ORDER BY round, phase, step, name"),
  ("measured", "SELECT round, set_name, name, value FROM measured ORDER BY round, set_name, name"),
  (
    "interval",
    """
    SELECT round, set_name, line, figure, low, high FROM intervals ORDER BY round, set_name, line, figure
    """
  ),
  (
    "response",
    """
    SELECT r.round, r.set_name, x.split, x.candidate_index, r.attempt, r.trace, r.answer, r.length,
      r.terminated, r.correct, r.optimal, r.sound, r.legal
    FROM responses AS r JOIN exercises AS x ON x.id = r.exercise_id
    ORDER BY r.round, r.set_name, x.split, x.candidate_index, r.attempt
    """
  ),
]
