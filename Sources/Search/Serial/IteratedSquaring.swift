import Determinism

/// A number squared again and again modulo p: conjectured to have no shorter way than step by step.
///
///     23 5 ^2 ^2 ^2 ^2 =      @1 2 @2 4 @3 16 ans 3
///
/// The first number is p, the second r; shuffled they are `mod 23 base 5`. Tasks are split by p and r,
/// whatever the number of steps, so that memory does not count as skipping.
public struct IteratedSquaring: Sendable, Equatable {
  public enum Moduli: String, Sendable, CaseIterable {
    /// Odd ones.
    case primes
    /// Products of two different odd primes.
    case semiprimes
  }

  public enum Bases: String, Sendable, CaseIterable {
    /// From 2 up, evenly.
    case any
    /// Those that come back when squared often enough. Each is a value of other tasks too, so that a model
    /// can have met the squares that a held-out task needs; half the others' are met nowhere else.
    case recurring
  }

  /// Words `0` to `numbers - 1`; p is below it. The paper has 1000.
  public var numbers: Int
  public var moduli: Moduli
  /// Used instead of `moduli`, unless it is empty.
  public var modulusList: [Int]
  public var bases: Bases
  /// Whether tasks are drawn in which the values repeat before the last step: who knows the orbit needs fewer
  /// steps.
  public var repeats: Bool

  /// Of `modulusList`; below `numbers` too.
  public static let modulusRange = SerialSettings.Ranges.modulusList

  public init(
    numbers: Int = 1000, moduli: Moduli = .primes, modulusList: [Int] = [], bases: Bases = .any,
    repeats: Bool = false
  ) {
    self.numbers = numbers
    self.moduli = moduli
    self.modulusList = modulusList
    self.bases = bases
    self.repeats = repeats
  }
}

/// Iterated squaring with its moduli at hand.
struct Squaring: SequenceProblem {
  let settings: IteratedSquaring
  let moduli: [Int]

  init(_ settings: IteratedSquaring) {
    self.settings = settings
    guard settings.modulusList.isEmpty else {
      moduli = settings.modulusList
      return
    }
    let odd = stride(from: 3, to: settings.numbers, by: 2)
    func factors(_ number: Int) -> [Int] { odd.prefix { $0 < number }.filter { number.isMultiple(of: $0) } }
    moduli = odd.filter { number in
      let factors = factors(number)
      return switch settings.moduli {
      case .primes: factors.isEmpty
      // Two divisors are two primes, or a prime and its square.
      case .semiprimes: factors.count == 2 && !factors[1].isMultiple(of: factors[0])
      }
    }
  }

  private var numbers: Int { settings.numbers }

  var words: [String] { (0..<numbers).map(String.init) + ["^2", "mod", "base"] }

  var valueCount: Int { numbers }

  func allows(_ word: Int, after spelled: [Int]) -> Bool { word < numbers }

  var repeated: Int? { numbers }

  var tags: [Int]? { [numbers + 1, numbers + 2] }

  func draw(steps: Int, using random: inout CounterRandom) -> SequenceTask? {
    let modulus = moduli[random.uniform(below: moduli.count)]
    let base = 2 + random.uniform(below: modulus - 2)
    let task = SequenceTask(premises: [modulus, base], steps: steps)
    return allows(orbit(of: task), steps: steps) ? task : nil
  }

  private func allows(_ orbit: Orbit, steps: Int) -> Bool {
    (settings.bases == .any || orbit.tail == 0) && (settings.repeats || steps < orbit.tail + orbit.period)
  }

  func drawDistractor(for task: SequenceTask, using random: inout CounterRandom) -> Int {
    random.uniform(below: numbers)
  }

  func problem(with task: SequenceTask) -> String? {
    guard task.premises.count == 2 else {
      return "a modulus and a base were expected, not \(task.premises.count) numbers"
    }
    return task.premises[0] < 1 ? "the modulus is 0; it must be at least 1" : nil
  }

  func values(of task: SequenceTask) -> [Int] {
    var value = task.premises[1]
    return (0..<task.steps).map { _ in
      value = value * value % task.premises[0]
      return value
    }
  }

  func title(of task: SequenceTask) -> String {
    "\(task.premises[1]) squared \(task.steps) times modulo \(task.premises[0])"
  }

  var lines: [ReferenceLine] {
    [ReferenceLine(name: "orbit", title: "an entry a step, for one who knows where the values repeat")]
  }

  func lengths(on task: SequenceTask, entryLength: Int) -> [Double] {
    [Double(entryLength * max(0, orbit(of: task).needed - 1))]
  }
}

// MARK: - Orbits

extension Squaring {
  /// Where the values repeat: those of the steps `tail` and `tail + period` are equal, the first that are;
  /// the base is step 0. `needed`: the first step whose value is the answer's by the orbit.
  struct Orbit: Equatable {
    let tail: Int
    let period: Int
    let needed: Int
  }

  func orbit(of task: SequenceTask) -> Orbit {
    let modulus = task.premises[0]
    var seen = [Int](repeating: -1, count: modulus)
    var (value, step) = (task.premises[1] % modulus, 0)
    while seen[value] < 0 {
      seen[value] = step
      value = value * value % modulus
      step += 1
    }
    let (tail, period) = (seen[value], step - seen[value])
    let needed = task.steps < tail + period ? task.steps : tail + (task.steps - tail) % period
    return Orbit(tail: tail, period: period, needed: needed)
  }

  /// Modulus, base and number of steps that can be drawn.
  func tasks(of lengths: ClosedRange<Int>) -> Int {
    moduli.reduce(0) { sum, modulus in
      (2..<modulus).reduce(sum) { sum, base in
        let orbit = orbit(of: SequenceTask(premises: [modulus, base], steps: 0))
        return sum + lengths.count { allows(orbit, steps: $0) }
      }
    }
  }
}
