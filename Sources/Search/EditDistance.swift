/// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other.
///
///     editDistance(Array("gaol"), Array("goal"))        // 1
public func editDistance<Letter: Equatable>(_ one: [Letter], _ other: [Letter]) -> Int {
  var rows = [Array(0...other.count)]
  for i in one.indices {
    var row = [i + 1]
    for j in other.indices {
      var distance = min(rows[i][j] + (one[i] == other[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
        distance = min(distance, rows[i - 1][j - 1] + 1)
      }
      row.append(distance)
    }
    rows.append(row)
  }
  return rows[one.count][other.count]
}
