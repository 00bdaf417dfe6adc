import Determinism

/// A level as A* sees it. States get their numbers in the order they are met, through a table of open
/// addressing; the heuristic of each is computed once.
struct SokobanProblem: SearchProblem {
  let level: SokobanLevel
  /// The state of each number.
  private(set) var states: [SokobanState] = []
  /// h of each state; -1: no goal can be reached.
  private var estimates: [Int32] = []
  /// Number of the state in each slot; -1: none. A power of two, less than half full.
  private var slots: [Int32]
  /// 64 less the logarithm of `slots.count`.
  private var shift: UInt64

  init(_ level: SokobanLevel) {
    self.level = level
    slots = [Int32](repeating: -1, count: 1 << 12)
    shift = 64 - 12
    _ = number(of: level.start)
  }

  var start: Int { 0 }
  var stateCount: Int { states.count }

  /// A box off the docks is at least 1 away from any.
  func isGoal(_ state: Int) -> Bool { estimates[state] == 0 }

  mutating func appendSuccessors(of state: Int, to successors: inout [Successor]) {
    let state = states[state]
    for side in SokobanLevel.sides {
      guard let next = level.moved(state, to: side) else { continue }
      successors.append(Successor(state: number(of: next), cost: 1))
    }
  }

  func heuristic(of state: Int) -> Int? { estimates[state] < 0 ? nil : Int(estimates[state]) }

  /// The worker's cell, then those of the boxes.
  func rank(of state: Int) -> UInt64 { states[state].code }

  private mutating func number(of state: SokobanState) -> Int32 {
    var slot = firstSlot(of: state)
    while slots[slot] >= 0 {
      if states[Int(slots[slot])] == state { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = Int32(states.count)
    slots[slot] = number
    states.append(state)
    estimates.append(level.heuristic(of: state).map { Int32($0) } ?? -1)
    if 2 * states.count >= slots.count { enlarge() }
    return number
  }

  /// The high bits of a product with 2^64 divided by the golden ratio (Knuth, volume 3, 6.4).
  private func firstSlot(of state: SokobanState) -> Int {
    Int((state.code &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  private mutating func enlarge() {
    shift -= 1
    slots = [Int32](repeating: -1, count: 2 * slots.count)
    for number in states.indices {
      var slot = firstSlot(of: states[number])
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }
}

extension SokobanLevel {
  /// Moves of a shortest solution; nil: there is none.
  var optimalCost: Int? {
    var problem = SokobanProblem(self)
    var search = AStar()
    var random = CounterRandom(key: 0)
    _ = search.run(&problem, .smallerH, using: &random)
    return search.cost
  }
}
