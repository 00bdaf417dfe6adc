import Determinism

/// The composition of permutations of 1 ... p, one after the other: for p = 5 the word problem of S5, which
/// is NC1-complete (Barrington).
///
///     g31 g48 g119 =      @1 g31 @2 g1 ans g118                                        form element
///     ( 2 1 3 ) ( 3 1 2 ) =      @1 ( 2 1 3 ) ans ( 1 3 2 )                            form list
///
/// The value after step k is r_k = s_k . r_(k-1), that is r_k(i) = s_k(r_(k-1)(i)). A permutation is written
/// by its images, or as one word numbered by their lexicographic rank, which is also its number as a value.
public struct PermutationComposition: Sendable, Equatable {
  public enum Form: String, Sendable, CaseIterable {
    /// One word a permutation.
    case element
    /// Its images in brackets.
    case list
  }

  public enum Factors: String, Sendable, CaseIterable {
    /// All p!, evenly.
    case any
    /// The adjacent transpositions, which exchange two neighbours k and k + 1 and generate all others. The
    /// word problem is as hard, and s steps at once are a table of p! times (p - 1)^s entries instead of p!
    /// times p!^s: what few examples can teach. The answer's sign is that of the number of steps, so that of
    /// one length p!/2 answers are possible.
    case swaps
  }

  /// p.
  public var degree: Int
  public var form: Form
  public var factors: Factors

  public init(degree: Int = 5, form: Form = .element, factors: Factors = .any) {
    self.degree = degree
    self.form = form
    self.factors = factors
  }
}

extension PermutationComposition: SequenceProblem {
  /// p!
  var elements: Int { (1..<degree + 1).reduce(1, *) }

  var words: [String] {
    form == .element ? (0..<elements).map { "g\($0)" } : (1..<degree + 1).map(String.init) + ["(", ")"]
  }

  var valueLength: Int { form == .element ? 1 : degree + 2 }

  var valueCount: Int { elements }

  func allows(_ word: Int, after spelled: [Int]) -> Bool {
    guard form == .list else { return true }
    return switch spelled.count {
    case 0: word == degree
    case degree + 1: word == degree + 1
    default: word < degree && !spelled.contains(word)
    }
  }

  func value(of spelled: [Int]) -> Int {
    form == .element ? spelled[0] : rank(of: Array(spelled[1...degree]))
  }

  func spelling(of value: Int) -> [Int] {
    form == .element ? [value] : [degree] + images(of: value) + [degree + 1]
  }

  /// Permutations that are drawn.
  var factorCount: Int { factors == .any ? elements : degree - 1 }

  private func drawFactor(using random: inout CounterRandom) -> Int {
    let drawn = random.uniform(below: factorCount)
    guard factors == .swaps else { return drawn }
    var images = Array(0..<degree)
    images.swapAt(drawn, drawn + 1)
    return rank(of: images)
  }

  func draw(steps: Int, using random: inout CounterRandom) -> SequenceTask? {
    SequenceTask(premises: (0..<steps).map { _ in drawFactor(using: &random) }, steps: steps)
  }

  func drawDistractor(for task: SequenceTask, using random: inout CounterRandom) -> Int {
    drawFactor(using: &random)
  }

  func values(of task: SequenceTask) -> [Int] {
    var product = Array(0..<degree)
    return task.premises.map { premise in
      let next = images(of: premise)
      product = product.map { next[$0] }
      return rank(of: product)
    }
  }

  func title(of task: SequenceTask) -> String { "\(task.steps) permutations of \(degree) composed" }

  /// The images of 0 ..< p under the permutation of this rank.
  func images(of rank: Int) -> [Int] {
    var left = Array(0..<degree)
    var (rest, choices) = (rank, elements)
    return (0..<degree).map { place in
      choices /= degree - place
      defer { rest %= choices }
      return left.remove(at: rest / choices)
    }
  }

  /// How many permutations have smaller images, in lexicographic order.
  func rank(of images: [Int]) -> Int {
    images.indices.reduce(0) { rank, place in
      let smaller = images[(place + 1)...].count { $0 < images[place] }
      return rank * (degree - place) + smaller
    }
  }
}
