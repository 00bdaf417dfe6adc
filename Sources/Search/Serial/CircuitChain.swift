/// Checks a chain of gates: is each entry true, in order, and one step from what is known?
extension CircuitRules {
  func flaws(of entries: [Entry], in task: Circuit) -> [SerialFlaw?] {
    var stated = Stated(task)
    let flaws = zip(entries, gates(of: entries, in: task)).map { entry, id -> SerialFlaw? in
      let value = entry.value ? "TRUE" : "FALSE"
      guard let id else {
        return task.order.contains { task.values[$0] == entry.value }
          ? .disordered("\(value) is the value of no gate that is left")
          : .untrue("no gate is \(value)")
      }
      guard task.gates[id] != nil else { return .untrue("there is no gate \(id)") }
      guard task.values[id] == entry.value else {
        return .untrue("gate \(id) is \(entry.value ? "FALSE" : "TRUE"), not \(value)")
      }
      defer { stated.add(id) }
      if id == task.output { return .disordered("gate \(id) is the answer's") }
      if stated.isStated[id] { return .disordered("gate \(id) is stated a second time") }
      if stated.isFeeding[id] { return .disordered("gate \(id) feeds one that was stated before") }
      return stated.isStep(to: id) ? nil : .skips("gate \(id) does not follow from what is stated before")
    }
    let output = task.output
    if stated.isFeeding[output] { return flaws + [.disordered("the output feeds a gate that was stated")] }
    return flaws + [
      stated.isStep(to: output) ? nil : .skips("the output does not follow from what is stated")
    ]
  }

  /// The gate each entry is about. Bare values are of the first gates of a whole chain that they fit.
  private func gates(of entries: [Entry], in task: Circuit) -> [Int?] {
    var left = task.order.dropLast()
    return entries.map { entry in
      if let id = entry.id { return id }
      guard let place = left.firstIndex(where: { task.values[$0] == entry.value }) else { return nil }
      defer { left = left[(place + 1)...] }
      return left[place]
    }
  }

  /// What a chain has stated so far, by id.
  private struct Stated {
    private let circuit: Circuit
    private(set) var isStated: [Bool]
    /// Whether a gate feeds one that was stated.
    private(set) var isFeeding: [Bool]

    init(_ circuit: Circuit) {
      self.circuit = circuit
      isStated = [Bool](repeating: false, count: circuit.gates.count)
      isFeeding = isStated
    }

    mutating func add(_ id: Int) {
      isStated[id] = true
      var open = circuit.gates[id]?.inputs ?? []
      while let input = open.popLast() {
        guard !isFeeding[input] else { continue }
        isFeeding[input] = true
        open += circuit.gates[input]?.inputs ?? []
      }
    }

    /// Whether a gate is a constant or follows from constants and stated gates.
    func isStep(to id: Int) -> Bool {
      guard let gate = circuit.gates[id] else { return false }
      func isKnown(_ input: Int) -> Bool { isStated[input] || circuit.gates[input]?.isConstant == true }
      return gate.inputs.allSatisfy(isKnown)
        || gate.inputs.contains { isKnown($0) && circuit.values[$0] == gate.decisive }
    }
  }
}
