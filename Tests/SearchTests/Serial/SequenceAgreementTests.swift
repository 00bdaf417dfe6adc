import Determinism
import Testing
import Words

@testable import Search

/// The sequence domains against second methods, on many tasks and on all small ones.
struct SequenceAgreementTests {
  /// Words of a prompt without its `=`.
  private func words(_ exercise: WordExercise, _ domain: any WordDomain) -> [String] {
    domain.words.text(of: exercise.prompt).split(separator: " ").dropLast().map(String.init)
  }

  private func tasks(_ domain: any WordDomain, _ count: Int, _ check: (WordExercise) -> Void) {
    var found = 0
    var index = 0
    while found < count {
      if let exercise = domain.drawn(seed: 11, index: index, split: .train) {
        check(exercise)
        found += 1
      }
      index += 1
    }
  }

  @Test func sumsAreThoseOfCountedResidues() throws {
    for modulus in [2, 7, 10] {
      let domain = try serial(.modularAddition(ModularAddition(modulus: modulus)), 1...20)
      var wrong = 0
      tasks(domain, 100_000) { exercise in
        let sums = SecondMethod.sums(words(exercise, domain).compactMap { Int($0) }, modulus: modulus)
        if domain.words.text(of: exercise.answer) != "ans \(sums.last ?? -1)" { wrong += 1 }
      }
      #expect(wrong == 0, "modulo \(modulus)")
    }
  }

  @Test func productsAreThoseOfMatrices() throws {
    for degree in [3, 5] {
      let elements = permutations(degree)
      let domain = try serial(.permutationComposition(PermutationComposition(degree: degree)), 1...8)
      var wrong = 0
      tasks(domain, 100_000) { exercise in
        let factors = words(exercise, domain).map { elements[Int($0.dropFirst()) ?? 0] }
        let product = SecondMethod.products(factors).last ?? []
        let rank = elements.firstIndex(of: product) ?? -1
        if domain.words.text(of: exercise.answer) != "ans g\(rank)" { wrong += 1 }
      }
      #expect(wrong == 0, "\(degree) points")
    }
  }

  @Test func squaresAreThoseOfTheExponentModuloTheOrder() throws {
    for moduli in IteratedSquaring.Moduli.allCases {
      let domain = try serial(
        .iteratedSquaring(IteratedSquaring(numbers: 500, moduli: moduli, repeats: true)), 1...9)
      var wrong = 0
      tasks(domain, 100_000) { exercise in
        let words = words(exercise, domain)
        let power = SecondMethod.power(
          Int(words[1]) ?? 0, squared: words.count - 2, modulus: Int(words[0]) ?? 1)
        if domain.words.text(of: exercise.answer) != "ans \(power)" { wrong += 1 }
      }
      #expect(wrong == 0, "\(moduli)")
    }
  }

  @Test func allSumsOfUpToFiveNumbersAreRight() throws {
    let domain = try serial(.modularAddition(ModularAddition(modulus: 7)), 1...5)
    var prompts: [[Int]] = [[]]
    for _ in 0..<5 {
      prompts = prompts.flatMap { prompt in (0..<7).map { prompt + [$0] } }
      for numbers in prompts {
        let sums = SecondMethod.sums(numbers, modulus: 7)
        let chain = sums.dropLast().enumerated().map { "@\($0 + 1) \($1)" }.joined(separator: " ")
        let solution = try domain.solution(numbers.map(String.init).joined(separator: " ") + " =")
        guard solution.trace == chain, solution.answer == "ans \(sums[sums.count - 1])" else {
          Issue.record("\(numbers): \(solution)")
          return
        }
      }
    }
    #expect(prompts.count == 16_807)
  }

  @Test func allProductsOfUpToFourPermutationsOfThreeAreRight() throws {
    let elements = permutations(3)
    let domain = try serial(.permutationComposition(PermutationComposition(degree: 3, form: .list)), 1...4)
    var prompts: [[Int]] = [[]]
    for _ in 0..<4 {
      prompts = prompts.flatMap { prompt in elements.indices.map { prompt + [$0] } }
      for factors in prompts {
        func text(_ images: [Int]) -> String { "( \(images.map(String.init).joined(separator: " ")) )" }
        let products = SecondMethod.products(factors.map { elements[$0] }).map(text)
        let chain = products.dropLast().enumerated().map { "@\($0 + 1) \($1)" }.joined(separator: " ")
        let solution = try domain.solution(
          factors.map { text(elements[$0]) }.joined(separator: " ") + " =")
        guard solution.trace == chain, solution.answer == "ans \(products[products.count - 1])" else {
          Issue.record("\(factors): \(solution)")
          return
        }
      }
    }
    #expect(prompts.count == 1296)
  }

  @Test func ranksAndImagesAreEachOthersInverse() {
    for degree in 2...6 {
      let problem = PermutationComposition(degree: degree)
      let images = (0..<problem.elements).map(problem.images)
      #expect(images.map { $0.map { $0 + 1 } } == permutations(degree))
      #expect(images.map(problem.rank) == Array(images.indices))
    }
  }

  // MARK: A second judge

  private static let problems: [(SerialSettings.Problem, known: [String])] = [
    (.modularAddition(ModularAddition(modulus: 4)), (0..<4).map(String.init)),
    (.permutationComposition(PermutationComposition(degree: 3)), (0..<6).map { "g\($0)" }),
    (
      .permutationComposition(PermutationComposition(degree: 3, form: .list)),
      permutations(3).map { "( \($0.map(String.init).joined(separator: " ")) )" }
    ),
    (.iteratedSquaring(IteratedSquaring(numbers: 30)), (0..<30).map(String.init)),
  ]

  private func wordJudge(_ exercise: WordExercise, _ domain: any WordDomain, _ known: [String])
    -> SequenceWordJudge
  {
    // The chain itself is held against second methods above.
    let chain = domain.words.text(of: exercise.trace + exercise.answer).split(separator: " ")
    let values = chain.split { $0.hasPrefix("@") || $0 == "ans" }.map { $0.joined(separator: " ") }
    return SequenceWordJudge(
      values: values, known: Set(known), valueLength: known[0].split(separator: " ").count)
  }

  private func verdict(_ response: [Token], to exercise: WordExercise, _ domain: any WordDomain) -> (
    String, String
  ) {
    let judgement = domain.judged(response, isTerminated: true, to: exercise.prompt)
    return (
      judgement.answer.fault?.kind.rawValue ?? "optimal", judgement.trace.fault?.kind.rawValue ?? "legal"
    )
  }

  @Test func everyChangeOfOneTokenIsJudgedAsByItsWords() throws {
    for (problem, known) in Self.problems {
      let domain = try serial(problem, 3...5) { $0.vocabularyLength = 7 }
      var seen: Set<String> = []
      for exercise in domain.exercises(seed: 4, count: 12) {
        let judge = wordJudge(exercise, domain, known)
        let reference = exercise.trace + exercise.answer
        for index in reference.indices {
          for token in 0..<Token(domain.words.count) {
            var response = reference
            response[index] = token
            let words = domain.words.text(of: response).split(separator: " ").map(String.init)
            let (expected, found) = (judge.verdict(words), verdict(response, to: exercise, domain))
            seen.insert(found.0 + " " + found.1)
            #expect(found == expected, "\(words) to \(domain.words.text(of: exercise.prompt))")
          }
        }
      }
      #expect(seen.count >= 6, "\(seen)")
    }
  }

  @Test func damagedChainsAreJudgedAsByTheirWords() throws {
    var random = CounterRandom(seed: 9, stream: .sampling)
    for (problem, known) in Self.problems {
      let domain = try serial(problem, 2...7) { $0.vocabularyLength = 8 }
      let entry = known[0].split(separator: " ").count + 1
      var seen: [String: Int] = [:]
      for exercise in domain.exercises(seed: 5, count: 200) {
        let judge = wordJudge(exercise, domain, known)
        for _ in 0..<50 {
          var response = exercise.trace + exercise.answer
          for _ in 0..<random.uniform(below: 4) {
            let entries = exercise.trace.count / entry
            switch random.uniform(below: 6) {
            case 0 where !response.isEmpty:
              response[random.uniform(below: response.count)] = Token(
                random.uniform(below: domain.words.count))
            case 1 where !response.isEmpty: response.remove(at: random.uniform(below: response.count))
            case 2 where entries > 0:
              let first = random.uniform(below: entries) * entry
              if first + entry <= response.count { response.removeSubrange(first..<first + entry) }
            case 3 where entries > 1:
              let (one, other) = (0, random.uniform(below: entries - 1) * entry + entry)
              if other + entry <= response.count {
                let moved = Array(response[other..<other + entry])
                response.removeSubrange(other..<other + entry)
                response.insert(contentsOf: moved, at: one)
              }
            case 4 where response.count >= entry:
              let value = known[random.uniform(below: known.count)]
              response.replaceSubrange(
                (response.count - entry + 1)..., with: try domain.words.tokens(of: value))
            default:
              response.insert(
                Token(random.uniform(below: domain.words.count)),
                at: random.uniform(below: response.count + 1))
            }
          }
          let words = domain.words.text(of: response).split(separator: " ").map(String.init)
          let (expected, found) = (judge.verdict(words), verdict(response, to: exercise, domain))
          seen[found.0, default: 0] += 1
          seen[found.1, default: 0] += 1
          #expect(found == expected, "\(words) to \(domain.words.text(of: exercise.prompt))")
        }
      }
      for kind in [
        "optimal", "missingAnswer", "malformedAnswer", "wrongAnswer", "legal", "skipsSteps",
        "disorderedEntry",
        "untrueEntry", "malformedEntry",
      ] { #expect(seen[kind, default: 0] > 5, "\(kind): \(seen)") }
    }
  }
}
