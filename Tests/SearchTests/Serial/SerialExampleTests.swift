import Determinism
import Testing

@testable import Search

/// Tasks worked out by hand, word by word.
struct SerialExampleTests {
  @Test func numbersAreAddedModuloSeven() throws {
    let domain = try serial(.modularAddition(ModularAddition(modulus: 7)))
    let prompt = "3 5 6 2 ="
    let solution = try domain.solution(prompt)
    #expect(solution.trace == "@1 3 @2 1 @3 0" && solution.answer == "ans 2")
    #expect(solution.lengths == ["reference": 6, "stride2": 2, "stride4": 0, "stride8": 0, "floor": 0])
    #expect(try domain.verdict("@1 3 @2 1 @3 0 ans 2", to: prompt) == "optimal legal")
    #expect(try domain.verdict("@2 1 ans 2", to: prompt) == "optimal skipsSteps 0")
    #expect(try domain.verdict("ans 2", to: prompt) == "optimal skipsSteps 0")
    #expect(try domain.verdict("@2 4 ans 2", to: prompt) == "optimal untrueEntry 0")
    #expect(try domain.verdict("@1 3 @2 1 ans 3", to: prompt) == "wrongAnswer skipsSteps 4")
    #expect(try domain.traceLength("@2 1 ans 2") == 2)
    #expect(try domain.judge("ans 2", to: prompt).answer == .optimal(cost: 4))
    #expect(try domain.solution("@3 6 @1 3 @4 2 @2 5 =").trace == solution.trace)
    #expect(try domain.solution("3 note 4 5 6 2 =").trace == solution.trace)
    #expect(try domain.labels(prompt) == "3 1 0 2 .")
    #expect(try domain.labels("@3 6 note 5 @1 3 @4 2 @2 5 =") == ". 0 . . . 3 . 2 . 1 .")
  }

  @Test func withoutPositionsAChainIsASubsequence() throws {
    let domain = try serial(.modularAddition(ModularAddition(modulus: 7))) { $0.positions = false }
    let prompt = "3 5 6 2 ="
    let solution = try domain.solution(prompt)
    #expect(solution.trace == "3 1 0")
    #expect(solution.lengths["reference"] == 3 && solution.lengths["stride2"] == 1)
    #expect(try domain.verdict("3 1 0 ans 2", to: prompt) == "optimal legal")
    #expect(try domain.verdict("3 0 ans 2", to: prompt) == "optimal skipsSteps 1")
    #expect(try domain.verdict("0 1 ans 2", to: prompt) == "optimal disorderedEntry 1")
    #expect(try domain.verdict("3 4 ans 2", to: prompt) == "optimal untrueEntry 1")
    #expect(try domain.verdict("3 1 0 2 ans 2", to: prompt) == "optimal disorderedEntry 3")
  }

  @Test func inThePapersLayoutTheChainEndsInTheAnswer() throws {
    let domain = try serial(.modularAddition(ModularAddition(modulus: 7))) { $0.layout = .paper }
    let prompt = "3 5 6 2 ="
    let solution = try domain.solution(prompt)
    #expect(solution.trace == "3 1 0" && solution.answer == "2")
    #expect(try domain.verdict("3 1 0 2", to: prompt) == "optimal legal")
    #expect(try domain.verdict("2", to: prompt) == "optimal skipsSteps 0")
    #expect(try domain.verdict("3 1 0", to: prompt) == "wrongAnswer skipsSteps 2")
    #expect(try domain.verdict("", to: prompt) == "missingAnswer skipsSteps 0")
    #expect(try domain.verdict("3 1 0 ans 2", to: prompt) == "optimal malformedEntry 3")
    #expect(try domain.traceLength("3 1 0 2") == 3)
    #expect(try domain.traceLength("2") == 0)
  }

  @Test func permutationsAreComposedTheLaterFromTheLeft() throws {
    let domain = try serial(.permutationComposition(PermutationComposition()), 3...8)
    let prompt = "g31 g48 g119 ="
    let solution = try domain.solution(prompt)
    #expect(solution.trace == "@1 g31 @2 g1" && solution.answer == "ans g118")
    #expect(solution.lengths == ["reference": 4, "stride2": 2, "stride4": 0, "stride8": 0])
    #expect(try domain.verdict("@1 g31 @2 g1 ans g118", to: prompt) == "optimal legal")
    #expect(try domain.verdict("ans g118", to: prompt) == "optimal skipsSteps 0")
    #expect(try domain.verdict("ans g95", to: prompt) == "wrongAnswer skipsSteps 0")
    #expect(try domain.labels(prompt) == "g31 g1 g118 .")
  }

  @Test func permutationsMayBeWrittenByTheirImages() throws {
    let domain = try serial(.permutationComposition(PermutationComposition(form: .list)), 3...8)
    let prompt = "( 2 3 1 5 4 ) ( 3 1 2 4 5 ) ( 5 4 3 2 1 ) ="
    let solution = try domain.solution(prompt)
    #expect(solution.trace == "@1 ( 2 3 1 5 4 ) @2 ( 1 2 3 5 4 )" && solution.answer == "ans ( 5 4 3 1 2 )")
    #expect(try domain.promptTokens(of: prompt).count == 22)
    #expect(solution.lengths["reference"] == 16 && solution.lengths["stride2"] == 8)
    #expect(try domain.verdict("\(solution.trace) \(solution.answer)", to: prompt) == "optimal legal")
    for (answer, verdict) in [
      ("( 5 4 3 1 1 )", "malformedAnswer"), ("( 5 4 3 1 )", "malformedAnswer"),
      ("( 5 4 3 1 2 ) )", "malformedAnswer"), ("( 4 5 3 2 1 )", "wrongAnswer"),
      ("5 4 3 1 2", "malformedAnswer"),
    ] {
      #expect(try domain.verdict("ans \(answer)", to: prompt) == "\(verdict) skipsSteps 0")
    }
    #expect(
      try domain.verdict("@1 ( 2 3 1 5 5 ) ans ( 5 4 3 1 2 )", to: prompt) == "optimal malformedEntry 6")
    #expect(
      try domain.labels(prompt) == ". . . . . . . ( 2 3 1 5 4 ) ( 1 2 3 5 4 ) .")
  }

  @Test func aNumberIsSquaredModuloAPrime() throws {
    let domain = try serial(.iteratedSquaring(IteratedSquaring(numbers: 100)))
    let prompt = "23 5 ^2 ^2 ^2 ^2 ="
    let solution = try domain.solution(prompt)
    #expect(solution.trace == "@1 2 @2 4 @3 16" && solution.answer == "ans 3")
    #expect(solution.lengths == ["reference": 6, "stride2": 2, "stride4": 0, "stride8": 0, "orbit": 6])
    #expect(try domain.verdict("@1 2 @2 4 @3 16 ans 3", to: prompt) == "optimal legal")
    #expect(try domain.verdict("@2 4 ans 3", to: prompt) == "optimal skipsSteps 0")
    #expect(try domain.solution("base 5 mod 23 ^2 ^2 ^2 ^2 =").trace == solution.trace)
    #expect(try domain.solution("23 note 7 5 ^2 ^2 ^2 ^2 =").trace == solution.trace)
    #expect(try domain.labels(prompt) == ". . 2 4 16 3 .")

    let repeating = try domain.solution("17 3 ^2 ^2 ^2 ^2 ^2 ^2 ^2 ^2 =")
    #expect(repeating.trace == "@1 9 @2 13 @3 16 @4 1 @5 1 @6 1 @7 1" && repeating.answer == "ans 1")
    #expect(repeating.lengths["orbit"] == 6 && repeating.lengths["reference"] == 14)
    // Of the value 1 alone several steps could be meant; it says which.
    #expect(try domain.verdict("@6 1 ans 1", to: "17 3 ^2 ^2 ^2 ^2 ^2 ^2 ^2 ^2 =") == "optimal skipsSteps 0")
    #expect(try domain.verdict("@3 1 ans 1", to: "17 3 ^2 ^2 ^2 ^2 ^2 ^2 ^2 ^2 =") == "optimal untrueEntry 0")
  }

  @Test func anOrbitHasATailAndAPeriod() {
    let squaring = Squaring(IteratedSquaring(numbers: 100))
    func orbit(_ modulus: Int, _ base: Int, _ steps: Int) -> Squaring.Orbit {
      squaring.orbit(of: SequenceTask(premises: [modulus, base], steps: steps))
    }
    #expect(orbit(23, 5, 4) == Squaring.Orbit(tail: 1, period: 10, needed: 4))
    #expect(orbit(23, 5, 11).needed == 1)
    #expect(orbit(17, 3, 8) == Squaring.Orbit(tail: 4, period: 1, needed: 4))
    #expect(SecondMethod.order(of: 5, modulus: 23) == 22 && SecondMethod.order(of: 3, modulus: 17) == 16)
  }

  /// A base comes back when squared exactly if its multiplicative order is odd.
  @Test func recurringBasesHaveOddOrders() {
    let squaring = Squaring(IteratedSquaring(numbers: 100, bases: .recurring, repeats: true))
    let odd = squaring.moduli.flatMap { modulus in
      (2..<modulus).filter { SecondMethod.order(of: $0, modulus: modulus).map { $0 % 2 } == 1 }
        .map { [modulus, $0] }
    }
    #expect(squaring.tasks(of: 4...4) == odd.count && odd.count > 100)
    let fresh = Squaring(IteratedSquaring(numbers: 100, bases: .recurring))
    for index in 0..<300 {
      var random = CounterRandom(seed: 1, stream: .layout, UInt64(index))
      for problem in [squaring, fresh] {
        guard let task = problem.draw(steps: 4, using: &random) else { continue }
        #expect(odd.contains(task.premises))
        if problem.settings == fresh.settings { #expect(problem.orbit(of: task).period > 4) }
      }
    }
  }

  @Test func smallModuliRepeatAsCounted() {
    for (moduli, pairs, count, shares) in [
      (IteratedSquaring.Moduli.primes, 75_791, 167, [4: 0.02, 8: 0.09, 16: 0.26, 32: 0.45, 64: 0.65]),
      (.semiprimes, 99_344, 194, [4: 0.09, 8: 0.33, 16: 0.66, 32: 0.88, 64: 0.96]),
    ] {
      let all = Squaring(IteratedSquaring(moduli: moduli, repeats: true))
      #expect(all.moduli.count == count && all.tasks(of: 4...4) == pairs)
      let fresh = Squaring(IteratedSquaring(moduli: moduli))
      for (steps, share) in shares {
        let repeating = 1 - Double(fresh.tasks(of: steps...steps)) / Double(pairs)
        #expect(abs(repeating - share) <= 0.0051, "\(moduli), \(steps) steps: \(repeating)")
      }
    }
  }
}
