import Determinism
import Testing
import Words

@testable import Search

/// What is drawn: how often, on which side, the same each time.
struct SerialDrawTests {
  private static let problems: [SerialSettings.Problem] = [
    .modularAddition(ModularAddition(modulus: 7)), .permutationComposition(PermutationComposition(degree: 5)),
    .iteratedSquaring(IteratedSquaring()),
  ]

  /// Sum of (observed - expected)^2 / expected over equally likely classes.
  private func chiSquared(_ counts: [Int]) -> Double {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
  }

  private func words(_ prompt: [Token], _ domain: any WordDomain) -> [String] {
    domain.words.text(of: prompt).split(separator: " ").map(String.init)
  }

  /// Bounds are the 99.9 % points of chi-squared.
  @Test func everyLengthAndPremiseIsAsLikely() throws {
    let sums = try serial(.modularAddition(ModularAddition(modulus: 7)), 3...8)
    var (lengths, numbers) = ([Int](repeating: 0, count: 9), [Int](repeating: 0, count: 7))
    for exercise in sums.exercises(seed: 1, count: 20_000) {
      lengths[exercise.optimalCost] += 1
      for word in words(exercise.prompt, sums).dropLast() { numbers[Int(word) ?? 0] += 1 }
    }
    #expect(chiSquared(Array(lengths[3...])) < 20.5 && chiSquared(numbers) < 22.5)

    let products = try serial(.permutationComposition(PermutationComposition(degree: 4)), 3...8)
    var elements = [Int](repeating: 0, count: 24)
    for exercise in products.exercises(seed: 1, count: 20_000) {
      for word in words(exercise.prompt, products).dropLast() { elements[Int(word.dropFirst()) ?? 0] += 1 }
    }
    #expect(chiSquared(elements) < 49.7)

    let swaps = try serial(
      .permutationComposition(PermutationComposition(degree: 4, form: .list, factors: .swaps)), 3...6)
    var factors: [String: Int] = [:]
    for exercise in swaps.exercises(seed: 1, count: 2000) {
      for factor in swaps.words.text(of: exercise.prompt).split(separator: "(").map({ $0.prefix(8) }) {
        factors[String(factor), default: 0] += 1
      }
    }
    #expect(Set(factors.keys) == [" 2 1 3 4", " 1 3 2 4", " 1 2 4 3"])
    #expect(chiSquared(Array(factors.values)) < 13.9)

    let squares = try serial(.iteratedSquaring(IteratedSquaring(repeats: true)), 4...4)
    var (moduli, halves) = ([Int: Int](), [0, 0])
    // Of both sides together: small moduli have too few bases for a tenth of them to be on one.
    for exercise in Split.allCases.flatMap({ split in
      (0..<30_000).compactMap { squares.drawn(seed: 1, index: $0, split: split) }
    }) {
      let words = words(exercise.prompt, squares)
      let (modulus, base) = (Int(words[0]) ?? 0, Int(words[1]) ?? 0)
      #expect((2..<modulus).contains(base))
      moduli[modulus, default: 0] += 1
      // Of an odd modulus the bases 2 ... p-1 have no middle: an odd number of them but for the one in it.
      if 2 * base != modulus + 1 { halves[2 * base < modulus + 1 ? 0 : 1] += 1 }
    }
    #expect(moduli.count == 167 && chiSquared(Array(moduli.values)) < 228)
    #expect(chiSquared(halves) < 10.9)
  }

  /// Four moduli, one of them neither a prime nor odd; the bound is the 99.9 % point.
  @Test func aListOfModuliIsDrawnEvenly() throws {
    let list = [983, 59, 511, 768]
    let squares = try serial(
      .iteratedSquaring(IteratedSquaring(modulusList: list, repeats: true)), 4...4)
    var counts: [Int: Int] = [:]
    for exercise in Split.allCases.flatMap({ split in
      (0..<4000).compactMap { squares.drawn(seed: 3, index: $0, split: split) }
    }) {
      counts[Int(words(exercise.prompt, squares)[0]) ?? 0, default: 0] += 1
    }
    #expect(Set(counts.keys) == Set(list) && chiSquared(Array(counts.values)) < 16.3)
  }

  @Test func noDrawnSquareRepeatsUnlessItMay() throws {
    for repeats in [false, true] {
      let domain = try serial(
        .iteratedSquaring(IteratedSquaring(moduli: .semiprimes, repeats: repeats)), 8...8)
      let orbits = try domain.exercises(seed: 2, count: 300).map { exercise in
        try domain.solution(domain.words.text(of: exercise.prompt)).lengths["orbit"] ?? 0
      }
      #expect(orbits.contains { $0 < 14 } == repeats)
    }
  }

  /// A square's pair of numbers is on one side, whatever its number of steps.
  @Test func noTaskIsOnBothSidesForAnySeed() throws {
    for problem in Self.problems {
      let domain = try serial(problem, 2...4) { $0.shufflePremises = true }
      var sides: [String: Set<Split>] = [:]
      for seed in 1...100 as ClosedRange<UInt64> {
        for split in Split.allCases {
          for index in 0..<(split == .train ? 40 : 400) {
            guard let exercise = domain.drawn(seed: seed, index: index, split: split) else { continue }
            sides[identity(exercise, domain), default: []].insert(split)
          }
        }
      }
      #expect(sides.count > 1500 && sides.values.allSatisfy { $0.count == 1 })
    }
  }

  /// Premises in the order of their tags, and of squares the numbers alone.
  private func identity(_ exercise: WordExercise, _ domain: any WordDomain) -> String {
    let words = words(exercise.prompt, domain)
    let tagged = stride(from: 0, to: words.count - 1, by: 2).compactMap { index -> String? in
      words[index] == "^2" ? nil : "\(words[index]) \(words[index + 1])"
    }
    return tagged.filter { !$0.hasPrefix("^2") }.sorted().joined(separator: " ")
  }

  @Test func neighbouringSeedsShareNoMoreThanChance() throws {
    for problem in Self.problems {
      let domain = try serial(problem, 7...8)
      let sets = (1...4).map { seed in
        Set(domain.exercises(seed: UInt64(seed), count: 1000).map(\.prompt))
      }
      for (one, other) in zip(sets, sets.dropFirst()) {
        // Of 5.8 million sums and 140,000 squares with so many steps: 0.2 and 7 in the mean.
        #expect(one.intersection(other).count < 25)
      }
    }
  }

  @Test func distractorsAndOrderChangeNothingElse() throws {
    for problem in Self.problems + [.permutationComposition(PermutationComposition(degree: 3, form: .list))] {
      let plain = try serial(problem)
      let changes: [(inout SerialSettings) -> Void] = [
        { $0.distractors = 3 }, { $0.shufflePremises = true },
        { ($0.distractors, $0.shufflePremises) = (2, true) },
      ]
      for change in changes {
        let other = try serial(problem, 4...8, change)
        #expect(other.words == plain.words)
        for index in 0..<200 {
          let (one, two) = (
            plain.drawn(seed: 3, index: index, split: .train),
            other.drawn(seed: 3, index: index, split: .train)
          )
          #expect((one == nil) == (two == nil))
          guard let one, let two else { continue }
          #expect(one.prompt != two.prompt || one.prompt.count < 8)
          #expect(
            one.trace == two.trace && one.answer == two.answer && one.identityDigest == two.identityDigest)
          let (prompt, changed) = (
            plain.words.text(of: one.prompt), other.words.text(of: two.prompt)
          )
          #expect(try other.solution(changed).trace == plain.solution(prompt).trace)
          #expect(try other.solution(changed).lengths == plain.solution(prompt).lengths)
        }
      }
    }
  }

  @Test func theSameKeyGivesTheSameTask() throws {
    func task(_ problem: SerialSettings.Problem, _ change: (inout SerialSettings) -> Void = { _ in }) throws
      -> String
    {
      let domain = try serial(problem, 3...6, change)
      let exercise = try #require(domain.exercises(seed: 7, count: 1).first)
      return domain.words.text(of: exercise.prompt + exercise.trace + exercise.answer)
    }
    let list = PermutationComposition(degree: 3, form: .list)
    let found = [
      try task(Self.problems[0]), try task(Self.problems[1]), try task(Self.problems[2]),
      try task(Self.problems[0]) { ($0.distractors, $0.shufflePremises) = (1, true) },
      try task(.permutationComposition(list)),
    ]
    #expect(
      found == [
        "2 6 5 2 0 2 = @1 2 @2 1 @3 6 @4 1 @5 1 ans 3",
        "g55 g115 g44 g89 g87 = @1 g55 @2 g16 @3 g27 @4 g62 ans g45",
        "263 236 ^2 ^2 ^2 ^2 ^2 ^2 = @1 203 @2 181 @3 149 @4 109 @5 46 ans 12",
        "@6 2 @3 5 @1 2 @4 2 @2 6 @5 0 note 6 = @1 2 @2 1 @3 6 @4 1 @5 1 ans 3",
        "( 1 3 2 ) ( 3 2 1 ) ( 3 1 2 ) ( 1 3 2 ) ( 1 2 3 ) ( 1 3 2 ) = @1 ( 1 3 2 ) @2 ( 3 1 2 ) @3 ( "
          + "2 3 1 ) @4 ( 3 2 1 ) @5 ( 3 2 1 ) ans ( 2 3 1 )",
      ])
  }
}

/// What must not change an answer.
struct SequenceSymmetryTests {
  private func answer(_ domain: any WordDomain, _ premises: [Int], _ prefix: String = "") throws -> String {
    try domain.solution(premises.map { "\(prefix)\($0)" }.joined(separator: " ") + " =").answer
  }

  @Test func whatOneNumberGainsAnotherMayLose() throws {
    let domain = try serial(.modularAddition(ModularAddition(modulus: 7)), 2...8)
    var random = CounterRandom(seed: 1, stream: .sampling)
    for _ in 0..<500 {
      var numbers = (0..<2 + random.uniform(below: 7)).map { _ in random.uniform(below: 7) }
      let before = try answer(domain, numbers)
      let (gain, one, other) = (1 + random.uniform(below: 6), 0, numbers.count - 1)
      numbers[one] = (numbers[one] + gain) % 7
      #expect(try answer(domain, numbers) != before)
      numbers[other] = (numbers[other] + 7 - gain) % 7
      #expect(try answer(domain, numbers) == before)
    }
  }

  @Test func aPermutationAndItsInverseMayBeInserted() throws {
    let elements = permutations(5)
    let domain = try serial(.permutationComposition(PermutationComposition()), 2...12)
    var random = CounterRandom(seed: 2, stream: .sampling)
    for _ in 0..<500 {
      var factors = (0..<2 + random.uniform(below: 7)).map { _ in random.uniform(below: 120) }
      let before = try answer(domain, factors, "g")
      let element = 1 + random.uniform(below: 119)
      var inverse = [Int](repeating: 0, count: 5)
      for (place, image) in elements[element].enumerated() { inverse[image - 1] = place + 1 }
      let place = random.uniform(below: factors.count + 1)
      factors.insert(elements.firstIndex(of: inverse) ?? -1, at: place)
      #expect(try answer(domain, factors, "g") != before)
      factors.insert(element, at: place)
      #expect(try answer(domain, factors, "g") == before)
    }
  }
}

/// The reference that leaves out entries.
@Suite struct SerialSkipTests {
  @Test func whatIsLeftOfTheChainIsTrueAndInOrder() throws {
    let whole = try serial(.modularAddition(ModularAddition(modulus: 7)), 8...8) { _ in }
    let skipping = try serial(.modularAddition(ModularAddition(modulus: 7)), 8...8) { $0.skipPercent = 25 }
    var (left, all) = (0, 0)
    for (full, short) in zip(whole.exercises(seed: 5, count: 400), skipping.exercises(seed: 5, count: 400)) {
      #expect(full.prompt == short.prompt && full.answer == short.answer)
      #expect(short.trace == full.trace || short.trace.count < full.trace.count)
      let judgement = skipping.judged(short.trace + short.answer, isTerminated: true, to: short.prompt)
      #expect(judgement.answer.isCorrect && judgement.trace.isSound)
      #expect(judgement.trace.isLegal == (short.trace.count == full.trace.count))
      (left, all) = (left + short.trace.count, all + full.trace.count)
    }
    #expect(abs(Double(left) / Double(all) - 0.75) < 0.03)
  }
}
