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

extension String {
  /// The candidate that was probably meant by a misspelt word: the one with the fewest edits, letter case,
  /// underscores and hyphens aside, or the first that contains the word. nil: none is near.
  ///
  ///     "learing_rate".nearest(among: ["layers", "learningRate"])        // "learningRate"
  public func nearest(among candidates: [String]) -> String? {
    func plain(_ text: String) -> [Character] { text.lowercased().filter { $0 != "_" && $0 != "-" } }
    let target = plain(String(prefix(64)))
    let ranked = candidates.map { (distance: editDistance(target, plain($0)), candidate: $0) }
    guard let best = ranked.min(by: { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }) else {
      return nil
    }
    if best.distance <= max(1, target.count / 3) { return best.candidate }
    guard target.count >= 4 else { return nil }
    return candidates.first { String(plain($0)).contains(String(target)) }
  }
}
