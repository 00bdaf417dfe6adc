/// The least gates from which a circuit's output follows.
///
/// A *certificate* holds the output, and each of its gates is justified by others in it: NOT by its input,
/// an AND that is true and an OR that is false by both inputs, the others by one input that decides, a
/// constant by itself. Gates share inputs, so that the least one is searched for: what must be in it is
/// closed under forced inputs, and only where both inputs decide is there a choice.
struct CircuitFloor {
  private let circuit: Circuit
  /// Of a gate, towards the size.
  private let weight: (Circuit.Gate) -> Int
  private var best: Int
  private var nodesLeft: Int
  /// Whether the search was cut; the size is then an upper bound.
  private(set) var isBound = false

  /// So many nodes are enough for circuits of 32 gates, by far.
  static let maximumNodes = 200_000

  /// The fewest gates of a certificate, the output not counted; of all, or of those that are not constants
  /// and so do not stand in the prompt: the shortest stepwise chain.
  static func size(of circuit: Circuit, withConstants: Bool) -> Int {
    var floor = CircuitFloor(circuit) { withConstants || !$0.isConstant ? 1 : 0 }
    return floor.search()
  }

  init(_ circuit: Circuit, maximumNodes: Int = Self.maximumNodes, weight: @escaping (Circuit.Gate) -> Int) {
    self.circuit = circuit
    self.weight = weight
    best = .max
    nodesLeft = maximumNodes
  }

  mutating func search() -> Int {
    var isIn = [Bool](repeating: false, count: circuit.gates.count)
    isIn[circuit.output] = true
    search(isIn, open: [circuit.output], choices: [], size: 0)
    return best
  }

  /// `isIn`: the gates taken; `open`: those of them whose inputs were not looked at; `choices`: those that
  /// need one of two inputs.
  private mutating func search(_ taken: [Bool], open: [Int], choices: [Int], size: Int) {
    guard nodesLeft > 0 else {
      isBound = true
      return
    }
    nodesLeft -= 1
    var (isIn, open, choices, size) = (taken, open, choices, size)
    func take(_ id: Int) {
      guard !isIn[id], let gate = circuit.gates[id] else { return }
      isIn[id] = true
      size += weight(gate)
      open.append(id)
    }
    while let id = open.popLast() {
      guard let gate = circuit.gates[id] else { continue }
      let deciding = gate.inputs.filter { circuit.values[$0] == gate.decisive }
      if gate.decisive != circuit.values[id] {
        gate.inputs.forEach(take)
      } else if deciding.count == 1 || deciding[0] == deciding[1] {
        take(deciding[0])
      } else {
        choices.append(id)
      }
    }
    guard size < best else { return }
    choices.removeAll { id in circuit.gates[id]?.inputs.contains { isIn[$0] } ?? true }
    guard let choice = choices.max(), let gate = circuit.gates[choice] else {
      best = size
      return
    }
    choices.removeAll { $0 == choice }
    // What costs nothing is taken without asking.
    let free = gate.inputs.first { circuit.gates[$0].map(weight) == 0 }
    for input in free.map({ [$0] }) ?? gate.inputs.sorted() {
      var next = isIn
      next[input] = true
      search(
        next, open: [input], choices: choices, size: size + (circuit.gates[input].map(weight) ?? 0))
    }
  }
}
