import Text

/// How one text becomes another, piece by piece: the longest common subsequence stays.
///
///     Difference(from: ["a", "b"], to: ["b", "c"]).pieces     // removed a, kept b, added c
struct Difference: Equatable {
  enum Piece: Equatable {
    case kept(String)
    case removed(String)
    case added(String)
  }

  let pieces: [Piece]

  /// Products of lengths beyond which the middle is taken as replaced: a second and 100 MB.
  private static let limit = 25_000_000

  init(from old: [String], to new: [String]) {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }.count
    let middle = Self.middle(
      Array(old.dropFirst(start).dropLast(end)), Array(new.dropFirst(start).dropLast(end)))
    pieces = old.prefix(start).map(Piece.kept) + middle + old.suffix(end).map(Piece.kept)
  }

  /// Time and memory grow with the product of the counts.
  private static func middle(_ old: [String], _ new: [String]) -> [Piece] {
    guard old.count * new.count <= limit else { return old.map(Piece.removed) + new.map(Piece.added) }
    // best[i][j]: the most pieces that old[i...] and new[j...] have in common.
    var best = [[Int32]](
      repeating: [Int32](repeating: 0, count: new.count + 1), count: old.count + 1)
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        best[i][j] = old[i] == new[j] ? best[i + 1][j + 1] + 1 : max(best[i + 1][j], best[i][j + 1])
      }
    }
    var pieces: [Piece] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, j < new.count, old[i] == new[j] {
        pieces.append(.kept(old[i]))
        (i, j) = (i + 1, j + 1)
      } else if j == new.count || i < old.count && best[i + 1][j] >= best[i][j + 1] {
        pieces.append(.removed(old[i]))
        i += 1
      } else {
        pieces.append(.added(new[j]))
        j += 1
      }
    }
    return pieces
  }

  var keptCount: Int { count { if case .kept = $0 { true } else { false } } }
  var removedCount: Int { count { if case .removed = $0 { true } else { false } } }
  var addedCount: Int { count { if case .added = $0 { true } else { false } } }

  private func count(_ isCounted: (Piece) -> Bool) -> Int { pieces.count(where: isCounted) }

  var markup: Markup {
    let spans = pieces.map { piece -> Markup in
      switch piece {
      case .kept(let text): element("span", [], Markup(text))
      case .removed(let text): element("del", [], Markup(text))
      case .added(let text): element("ins", [], Markup(text))
      }
    }
    let joined = spans.map(\.html).joined(separator: " ")
    return element("p", [("class", "difference")], Markup(raw: joined))
  }
}
