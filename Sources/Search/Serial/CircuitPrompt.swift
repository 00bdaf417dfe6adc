import Determinism
import Words

/// Circuits in their written form, four tokens a gate.
extension CircuitRules {
  func written(_ id: Int, _ gate: Circuit.Gate?) -> [Token] {
    let (type, inputs): (Token, [Int]) =
      switch gate {
      case .constant(let value)?: (token(value), [])
      case .not(let input)?: (token(.not), [input])
      case .and(let one, let other)?: (token(.and), [one, other])
      case .or(let one, let other)?: (token(.or), [one, other])
      case nil: (token(.none), [])
      }
    let padded = inputs.map { self.id($0) } + [token(.none), token(.none)]
    return [type] + padded.prefix(2) + [self.id(id)]
  }

  /// Distractors are gates that read others but are read by none, anywhere behind what they read.
  func prompt(of task: Circuit, _ settings: SerialSettings, using random: inout CounterRandom) -> [Token] {
    var order = task.order
    var gates = task.gates
    for _ in 0..<settings.distractors {
      let gate = shape.gate(reading: order.dropLast().sorted(), using: &random)
      let first = gate.inputs.compactMap(order.firstIndex).max().map { $0 + 1 } ?? 0
      order.insert(gates.count, at: first + random.uniform(below: order.count - first))
      gates.append(gate)
    }
    if settings.shufflePremises { random.shuffle(&order) }
    let out = settings.shufflePremises ? [token(.out), id(task.output)] : []
    return order.flatMap { written($0, gates[$0]) } + out + [words.equals]
  }

  func task(from prompt: [Token]) throws(SearchError) -> Circuit {
    var gates = [Circuit.Gate?](repeating: nil, count: ids + 1)
    var index = 0
    var output: Int?
    func refuse(_ expected: String, at index: Int) -> SearchError {
      .badPrompt(position: index, reason: "\(expected) was expected, not \(words.quoted(prompt, at: index))")
    }
    while index < prompt.count, prompt[index] != words.equals, prompt[index] != token(.out) {
      let (id, gate) = try readGate(prompt, &index, refuse)
      guard gates[id] == nil else {
        throw .badPrompt(position: index - 1, reason: "a second gate \(id)")
      }
      gates[id] = gate
      output = id
    }
    if index < prompt.count, prompt[index] == token(.out) {
      output = id(in: prompt, at: index + 1, before: prompt.count)
      guard output != nil else { throw refuse("a gate", at: index + 1) }
      index += 2
    }
    guard index < prompt.count, prompt[index] == words.equals else { throw refuse("\"=\"", at: index) }
    guard index + 1 == prompt.count else {
      throw .badPrompt(position: index + 1, reason: "a prompt ends in \"=\"")
    }
    guard let output else { throw .badPrompt(position: index, reason: "a circuit has a gate") }
    let read = gates.compactMap(\.self).flatMap(\.inputs) + [output]
    if let missing = read.first(where: { gates[$0] == nil }) {
      throw .badPrompt(position: index, reason: "there is no gate \(missing)")
    }
    guard let circuit = Circuit(gates, output: output) else {
      throw .badPrompt(position: index, reason: "a gate depends on itself")
    }
    return circuit
  }

  private func readGate(
    _ prompt: [Token], _ index: inout Int, _ refuse: (String, Int) -> SearchError
  ) throws(SearchError) -> (id: Int, gate: Circuit.Gate) {
    guard let type = word(in: prompt, at: index, before: prompt.count), type != .none, type != .out else {
      throw refuse("a gate's type", index)
    }
    let count = type == .not ? 1 : type == .and || type == .or ? 2 : 0
    var inputs: [Int] = []
    for place in 0..<2 {
      index += 1
      if place < count {
        guard let input = id(in: prompt, at: index, before: prompt.count) else {
          throw refuse("a gate", index)
        }
        inputs.append(input)
      } else if word(in: prompt, at: index, before: prompt.count) != Word.none {
        throw refuse("\"NA\"", index)
      }
    }
    index += 1
    guard let id = id(in: prompt, at: index, before: prompt.count) else { throw refuse("a gate", index) }
    index += 1
    switch type {
    case .and: return (id, .and(inputs[0], inputs[1]))
    case .or: return (id, .or(inputs[0], inputs[1]))
    case .not: return (id, .not(inputs[0]))
    default: return (id, .constant(type == .yes))
    }
  }
}
