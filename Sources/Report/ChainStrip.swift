import Configuration
import ExpertIteration
import Reading
import Text

/// A trace compared with the reference's: which entries it kept, left out, added or got wrong.
struct ChainStrip: Equatable {
  enum State: String {
    case kept, skipped, added, untrue
  }

  struct Piece: Equatable {
    let key: String
    let text: String
    let state: State
    /// Why the entry is untrue; nil if it is not.
    let fault: String?
  }

  let pieces: [Piece]

  /// Entries with the same key count as the same. If their order differs, a longest common subsequence is
  /// kept.
  init(_ entries: [TraceEntry], along reference: [TraceEntry]) {
    var (old, new) = (0, 0)
    pieces = Difference(from: reference.map(\.key), to: entries.map(\.key)).pieces.map { piece in
      let (entry, state): (TraceEntry, State)
      switch piece {
      case .removed:
        (entry, state) = (reference[old], .skipped)
        old += 1
      case .kept:
        (entry, state) = (entries[new], .kept)
        (old, new) = (old + 1, new + 1)
      case .added:
        (entry, state) = (entries[new], .added)
        new += 1
      }
      let isUntrue = state != .skipped && entry.fault != nil
      return Piece(
        key: entry.key, text: entry.text, state: isUntrue ? .untrue : state,
        fault: isUntrue ? entry.fault : nil)
    }
  }

  func count(_ state: State) -> Int { pieces.count { $0.state == state } }

  /// The state of each key. An entry that is written somewhere counts before one that is left out.
  var states: [String: State] {
    var states: [String: State] = [:]
    for piece in pieces where states[piece.key] == nil || piece.state != .skipped {
      states[piece.key] = piece.state
    }
    return states
  }

  var markup: Markup {
    let spans = pieces.map { piece -> Markup in
      switch piece.state {
      case .kept: element("span", [], Markup(piece.text))
      case .skipped: element("del", [], Markup(piece.text))
      case .added: element("ins", [], Markup(piece.text))
      case .untrue:
        element("span", [("class", "untrue"), ("title", piece.fault ?? "")], Markup("✕ \(piece.text)"))
      }
    }
    return element("p", [("class", "difference strip")], spans.joined(separator: " "))
  }
}
