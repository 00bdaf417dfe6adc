/// What A* needs to know of a problem.
///
/// States are small numbers: a maze uses its cells, a problem with composite states numbers them as it meets
/// them. That keeps the tables of A* flat, and the search free of hashing where the problem is.
protocol SearchProblem {
  var start: Int { get }
  /// States numbered so far, all below this. It may grow while successors are asked for.
  var stateCount: Int { get }
  func isGoal(_ state: Int) -> Bool
  /// Appends the successors in the problem's fixed order. Costs are 1 or more.
  mutating func appendSuccessors(of state: Int, to successors: inout [Successor])
  /// A lower bound of the cost to a goal; nil: no goal can be reached.
  func heuristic(of state: Int) -> Int?
  /// Order of `TieBreak.deterministic`: the smaller rank first, no two states alike.
  func rank(of state: Int) -> UInt64
}

struct Successor {
  let state: Int32
  let cost: Int32
}
