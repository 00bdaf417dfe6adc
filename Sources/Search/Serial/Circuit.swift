import Determinism

/// How circuits are drawn: their gates are constants, NOT, AND and OR, each of earlier gates.
///
/// The value of a circuit is P-complete in the worst case; random circuits are shallow unless their gates
/// look back only a little.
public struct CircuitShape: Sendable, Equatable {
  /// Chance that a gate is a constant. The first two gates always are.
  public var constantRate: Double
  /// Chance that any other gate is a NOT; the rest are AND and OR evenly.
  public var notRate: Double
  /// How many gates back an input may be; 0: any number.
  public var window: Int

  public init(constantRate: Double = 0, notRate: Double = 0.2, window: Int = 2) {
    self.constantRate = constantRate
    self.notRate = notRate
    self.window = window
  }

  /// As in kevin671/cot-vs-loop, where half of the circuits need at most one gate evaluated.

  public static let reference = CircuitShape(constantRate: 0.2, notRate: 0.2, window: 0)
  /// For claims about serial steps.
  public static let deep = CircuitShape()
}

/// Gates by their ids, with what comes out of each.
struct Circuit: Sendable, Equatable {
  enum Gate: Sendable, Equatable {
    case constant(Bool)
    case not(Int)
    case and(Int, Int)
    case or(Int, Int)

    /// The ids of the gates that it reads.
    var inputs: [Int] {
      switch self {
      case .constant: []
      case .not(let input): [input]
      case .and(let one, let other), .or(let one, let other): [one, other]
      }
    }

    /// The value of one input that settles it, whatever the other.
    var decisive: Bool? {
      switch self {
      case .and: false
      case .or: true
      case .constant, .not: nil
      }
    }

    var isConstant: Bool { inputs.isEmpty }
  }

  /// By id; nil: there is no such gate.
  let gates: [Gate?]
  /// The id of the gate whose value is asked for.
  let output: Int
  /// By id; false if there is no gate.
  let values: [Bool]
  /// The gates that a whole chain states, each after what it reads, the smallest id first: those numbered up
  /// to the output and all that they depend on, but for those that depend on it. The output is the last.
  let order: [Int]

  /// `gates`: by id. nil: a gate depends on itself, or reads one that is not there.
  init?(_ gates: [Gate?], output: Int) {
    self.gates = gates
    self.output = output
    var values = [Bool](repeating: false, count: gates.count)
    var sorted: [Int] = []
    var isKnown = values
    let ids = gates.indices.filter { gates[$0] != nil }
    func isReady(_ id: Int) -> Bool {
      !isKnown[id] && gates[id]?.inputs.allSatisfy { isKnown[$0] } == true
    }
    while let id = ids.first(where: isReady), let gate = gates[id] {
      values[id] = gate.value(values)
      isKnown[id] = true
      sorted.append(id)
    }
    guard sorted.count == ids.count else { return nil }
    self.values = values
    var isFed = isKnown.map { _ in false }
    for id in sorted { isFed[id] = gates[id]?.inputs.contains { $0 == output || isFed[$0] } ?? false }
    var isStated = gates.indices.map { $0 <= output && !isFed[$0] }
    for id in sorted.reversed() where isStated[id] {
      for input in gates[id]?.inputs ?? [] { isStated[input] = true }
    }
    order = sorted.filter { isStated[$0] && $0 != output } + [output]
  }

  /// The gates that this one depends on, itself among them.
  func cone(of id: Int) -> Set<Int> {
    var cone: Set<Int> = [id]
    var open = [id]
    while let id = open.popLast() {
      for input in gates[id]?.inputs ?? [] where cone.insert(input).inserted { open.append(input) }
    }
    return cone
  }
}

extension Circuit.Gate {
  func value(_ values: [Bool]) -> Bool {
    switch self {
    case .constant(let value): value
    case .not(let input): !values[input]
    case .and(let one, let other): values[one] && values[other]
    case .or(let one, let other): values[one] || values[other]
    }
  }
}

// MARK: - Drawing

extension CircuitShape {
  /// A gate that may read those with the ids `earlier`, newest last.
  func gate(reading earlier: [Int], using random: inout CounterRandom) -> Circuit.Gate {
    guard earlier.count >= 2, random.unitDouble() >= constantRate else { return .constant(random.coin()) }
    let near = window == 0 ? earlier[...] : earlier.suffix(window)
    func input() -> Int { near[near.startIndex + random.uniform(below: near.count)] }
    if random.unitDouble() < notRate { return .not(input()) }
    let isAnd = random.coin()
    let (one, other) = (input(), input())
    return isAnd ? .and(one, other) : .or(one, other)
  }

  /// How many different circuits with this number of gates can be drawn.
  func circuits(of gates: Int) -> Double {
    (0..<gates).reduce(1.0) { product, earlier in
      guard earlier >= 2 else { return 2 * product }
      let inputs = Double(window == 0 ? earlier : min(window, earlier))
      let choices =
        (constantRate > 0 ? 2 : 0) + (constantRate < 1 && notRate > 0 ? inputs : 0)
        + (constantRate < 1 && notRate < 1 ? 2 * inputs * inputs : 0)
      return product * choices
    }
  }
}
