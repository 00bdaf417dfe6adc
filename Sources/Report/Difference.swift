import Text

/// How one text becomes another, piece by piece: a longest common subsequence stays (Myers, An O(ND)
/// Difference Algorithm, 1986, as the standard library has it).
///
///     Difference(from: ["a", "b"], to: ["b", "c"]).pieces     // removed a, kept b, added c
struct Difference: Equatable {
  enum Piece: Equatable {
    case kept(String)
    case removed(String)
    case added(String)
  }

  let pieces: [Piece]

  /// The most pieces that are compared. Time and memory grow with the square of the number of changes: 8000
  /// of them need a quarter of a gigabyte.
  private static let limit = 8000

  /// Of longer texts only the common start and end stay.
  init(from old: [String], to new: [String]) {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }.count
    let middle = Self.middle(
      Array(old.dropFirst(start).dropLast(end)), Array(new.dropFirst(start).dropLast(end)))
    pieces = old.prefix(start).map(Piece.kept) + middle + old.suffix(end).map(Piece.kept)
  }

  private static func middle(_ old: [String], _ new: [String]) -> [Piece] {
    guard old.count + new.count <= limit else { return old.map(Piece.removed) + new.map(Piece.added) }
    let changes = new.difference(from: old)
    let removed = Set(changes.removals.map(\.offset))
    let added = Set(changes.insertions.map(\.offset))
    var pieces: [Piece] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if removed.contains(i) {
        pieces.append(.removed(old[i]))
        i += 1
      } else if added.contains(j) {
        pieces.append(.added(new[j]))
        j += 1
      } else {
        pieces.append(.kept(new[j]))
        (i, j) = (i + 1, j + 1)
      }
    }
    return pieces
  }

  var keptCount: Int { pieces.count { if case .kept = $0 { true } else { false } } }
  var removedCount: Int { pieces.count { if case .removed = $0 { true } else { false } } }
  var addedCount: Int { pieces.count { if case .added = $0 { true } else { false } } }

  var markup: Markup {
    let spans = pieces.map { piece -> Markup in
      switch piece {
      case .kept(let text): element("span", [], Markup(text))
      case .removed(let text): element("del", [], Markup(text))
      case .added(let text): element("ins", [], Markup(text))
      }
    }
    return element("p", [("class", "difference")], spans.joined(separator: " "))
  }
}

extension CollectionDifference.Change {
  /// The index in the collection before, of a removal, or after, of an insertion.
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
