import Determinism

/// A* that logs what it does: a step per node put into the open list and per node taken out of it.
///
/// The log is the data, so its rules are exact. The goal is closed and its children are not created. A child
/// is created unless an open or a closed node of its state has an f that is not larger; a better one replaces
/// the open node, and opens a closed state again (only heuristics that are not consistent lead there).
/// (Lehnert et al., Beyond A*: Better Planning with Transformers via Search Dynamics Bootstrapping, 2024.)
///
///     var search = AStar()
///     if search.run(&problem, .coin, using: &random) { search.steps ... search.plan }
///
/// One value serves many runs; its tables are kept between them.
struct AStar {
  /// A state with the way it was reached.
  struct Node {
    let state: Int32
    let g: Int32
    let h: Int32
    /// Index of the node it was reached from; -1 at the start.
    let parent: Int32
  }

  /// What happened to `nodes[node]`.
  struct Step {
    private let code: Int32

    init(node: Int32, isClose: Bool) {
      code = node &<< 1 | (isClose ? 1 : 0)
    }

    var isClose: Bool { code & 1 == 1 }
    var node: Int { Int(code &>> 1) }
  }

  /// The nodes in the order they were created.
  private(set) var nodes: [Node] = []
  private(set) var steps: [Step] = []
  /// How often a node was closed.
  private(set) var closedStates = 0
  private var goal: Int?
  private var open = OpenHeap()
  /// The open and the closed node of each state; -1: none.
  private var openNodes: [Int32] = []
  private var closedNodes: [Int32] = []
  private var successors: [Successor] = []

  /// Cost of the plan found; nil after a failed run.
  var cost: Int? { goal.map { Int(nodes[$0].g) } }

  /// States from the start to the goal, both included; empty after a failed run.
  var plan: [Int] {
    var states: [Int] = []
    var node = goal ?? -1
    while node >= 0 {
      states.append(Int(nodes[node].state))
      node = Int(nodes[node].parent)
    }
    states.reverse()
    return states
  }

  /// Searches from the problem's start; false when no goal can be reached, or none was when the log had
  /// `maximumSteps` steps or more.
  mutating func run(
    _ problem: inout some SearchProblem, _ tieBreak: TieBreak, maximumSteps: Int = .max,
    using random: inout CounterRandom
  ) -> Bool {
    reset(states: problem.stateCount)
    guard let estimate = problem.heuristic(of: problem.start) else { return false }
    create(
      Node(state: Int32(problem.start), g: 0, h: Int32(estimate), parent: -1), problem, tieBreak, &random)
    while !open.isEmpty, steps.count < maximumSteps {
      let index = Int(open.pop(&random).node)
      let node = nodes[index]
      let state = Int(node.state)
      openNodes[state] = -1
      closedNodes[state] = Int32(index)
      steps.append(Step(node: Int32(index), isClose: true))
      closedStates += 1
      if problem.isGoal(state) {
        goal = index
        return true
      }
      successors.removeAll(keepingCapacity: true)
      problem.appendSuccessors(of: state, to: &successors)
      if tieBreak != .deterministic { random.shuffle(&successors) }
      grow(to: problem.stateCount)
      for successor in successors {
        reach(successor, from: index, problem, tieBreak, &random)
      }
    }
    return false
  }

  private mutating func reach(
    _ successor: Successor, from parent: Int, _ problem: borrowing some SearchProblem, _ tieBreak: TieBreak,
    _ random: inout CounterRandom
  ) {
    let state = Int(successor.state)
    guard let estimate = problem.heuristic(of: state) else { return }
    let g = nodes[parent].g + successor.cost
    let h = Int32(estimate)
    let opened = openNodes[state]
    if opened >= 0 {
      if f(opened) <= g + h { return }
      open.remove(node: opened, &random)
      openNodes[state] = -1
    }
    let closed = closedNodes[state]
    if closed >= 0, f(closed) <= g + h { return }
    create(
      Node(state: successor.state, g: g, h: h, parent: Int32(parent)), problem, tieBreak, &random)
  }

  private mutating func create(
    _ node: Node, _ problem: borrowing some SearchProblem, _ tieBreak: TieBreak,
    _ random: inout CounterRandom
  ) {
    let index = Int32(nodes.count)
    nodes.append(node)
    steps.append(Step(node: index, isClose: false))
    openNodes[Int(node.state)] = index
    let tie: UInt64 =
      switch tieBreak {
      case .coin: 0
      case .deterministic: problem.rank(of: Int(node.state))
      case .randomKey: random.next()
      case .fifo: UInt64(index)
      case .lifo: ~UInt64(index)
      case .smallerH: UInt64(node.h) << 32 | random.next() >> 32
      }
    open.push(OpenHeap.Entry(f: node.g + node.h, node: index, tie: tie), &random)
  }

  private func f(_ node: Int32) -> Int32 { nodes[Int(node)].g + nodes[Int(node)].h }

  private mutating func reset(states: Int) {
    nodes.removeAll(keepingCapacity: true)
    steps.removeAll(keepingCapacity: true)
    open.removeAll()
    openNodes.removeAll(keepingCapacity: true)
    closedNodes.removeAll(keepingCapacity: true)
    closedStates = 0
    goal = nil
    grow(to: states)
  }

  private mutating func grow(to count: Int) {
    guard openNodes.count < count else { return }
    let missing = count - openNodes.count
    openNodes.append(contentsOf: repeatElement(-1, count: missing))
    closedNodes.append(contentsOf: repeatElement(-1, count: missing))
  }
}
