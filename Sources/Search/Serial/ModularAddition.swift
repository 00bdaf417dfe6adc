import Determinism

/// The sum of numbers modulo p, one after the other: the control, which needs no serial steps (TC0).
///
///     3 5 6 2 =      @1 3 @2 1 @3 0 ans 2        modulo 7
public struct ModularAddition: Sendable, Equatable {
  /// p; the numbers are `0` to `p - 1`. Parity, 2, is the one hard to learn.
  public var modulus: Int

  public init(modulus: Int = 7) { self.modulus = modulus }
}

extension ModularAddition: SequenceProblem {
  var words: [String] { (0..<modulus).map(String.init) }

  var valueCount: Int { modulus }

  func draw(steps: Int, using random: inout CounterRandom) -> SequenceTask? {
    SequenceTask(premises: (0..<steps).map { _ in random.uniform(below: modulus) }, steps: steps)
  }

  func drawDistractor(for task: SequenceTask, using random: inout CounterRandom) -> Int {
    random.uniform(below: modulus)
  }

  func values(of task: SequenceTask) -> [Int] {
    var sum = 0
    return task.premises.map { premise in
      sum = (sum + premise) % modulus
      return sum
    }
  }

  func title(of task: SequenceTask) -> String { "\(task.steps) numbers added modulo \(modulus)" }

  var lines: [ReferenceLine] { [ReferenceLine(name: "floor", title: "no chain")] }

  func lengths(on task: SequenceTask, entryLength: Int) -> [Double] { [0] }
}
