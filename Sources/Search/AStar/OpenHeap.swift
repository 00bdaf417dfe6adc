import Determinism

/// The open nodes as a binary heap that compares in the order of CPython's `heapq`.
///
/// With a coin thrown per comparison the order of comparisons decides the distribution of traces, so it is
/// part of the contract: push sifts towards the root while smaller; pop moves the last entry to the root,
/// sinks it to a leaf along the smaller children (right unless left < right), then sifts it up again.
struct OpenHeap {
  struct Entry {
    let f: Int32
    let node: Int32
    /// Decides among equal f. Equal ties leave it to a coin, and `TieBreak.coin` makes all of them 0.
    let tie: UInt64

    @inline(__always)
    func isBefore(_ other: Entry, _ random: inout CounterRandom) -> Bool {
      if f != other.f { return f < other.f }
      if tie != other.tie { return tie < other.tie }
      return random.coin()
    }
  }

  private(set) var entries: [Entry] = []

  var isEmpty: Bool { entries.isEmpty }

  mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
  }

  mutating func push(_ entry: Entry, _ random: inout CounterRandom) {
    entries.append(entry)
    rise(from: entries.count - 1, to: 0, &random)
  }

  /// Traps when empty.
  mutating func pop(_ random: inout CounterRandom) -> Entry {
    let last = entries.removeLast()
    guard let first = entries.first else { return last }
    entries[0] = last
    sink(0, &random)
    return first
  }

  /// Takes a node out as the reference does: the list closes the gap, then all of it is heapified.
  mutating func remove(node: Int32, _ random: inout CounterRandom) {
    guard let index = entries.firstIndex(where: { $0.node == node }) else { return }
    entries.remove(at: index)
    var parent = entries.count / 2 - 1
    while parent >= 0 {
      sink(parent, &random)
      parent -= 1
    }
  }

  private mutating func rise(from index: Int, to root: Int, _ random: inout CounterRandom) {
    let entry = entries[index]
    var hole = index
    while hole > root {
      let parent = (hole - 1) >> 1
      guard entry.isBefore(entries[parent], &random) else { break }
      entries[hole] = entries[parent]
      hole = parent
    }
    entries[hole] = entry
  }

  private mutating func sink(_ root: Int, _ random: inout CounterRandom) {
    let entry = entries[root]
    var hole = root
    var child = 2 * hole + 1
    while child < entries.count {
      let right = child + 1
      if right < entries.count, !entries[child].isBefore(entries[right], &random) { child = right }
      entries[hole] = entries[child]
      hole = child
      child = 2 * hole + 1
    }
    entries[hole] = entry
    rise(from: hole, to: root, &random)
  }
}
