import Determinism
import Testing
import Words

@testable import Search

struct LastLetterTests {
  private func domain(
    _ problem: LastLetters = LastLetters(), _ change: (inout SerialSettings) -> Void = { _ in }
  ) throws -> any WordDomain {
    try serial(.lastLetter(problem), 1...5, change)
  }

  @Test func theLastLettersOfNamesAreStrungTogether() throws {
    let domain = try domain()
    let prompt = "b i l l _ g a t e s ="
    let solution = try domain.solution(prompt)
    #expect(solution.trace == "b i l l : l ; g a t e s : s ;" && solution.answer == "ans l s")
    #expect(solution.lengths == ["reference": 15, "stride2": 8, "stride4": 0, "stride8": 0, "floor": 0])
    #expect(try domain.solution("e l o n _ m u s k =").answer == "ans n k")
    for (response, verdict) in [
      ("b i l l : l ; g a t e s : s ; ans l s", "optimal legal"), ("ans l s", "optimal legal"),
      ("g a t e s : s ; ans l s", "optimal legal"),
      ("b i l l : l ; g a t e s : e ; ans l s", "optimal untrueEntry 7"),
      ("g a t e s : s ; b i l l : l ; ans l s", "optimal disorderedEntry 8"),
      ("b i l l : l ; b i l l : l ; ans l s", "optimal disorderedEntry 7"),
      ("b i l : l ; ans l s", "optimal untrueEntry 0"), ("b i l l l ; ans l s", "optimal malformedEntry 5"),
      ("b i l l : l ans l s", "optimal malformedEntry 6"), ("ans l", "wrongAnswer legal"),
      ("ans l s s", "wrongAnswer legal"), ("ans s l", "wrongAnswer legal"), ("ans", "malformedAnswer legal"),
      ("ans l ;", "malformedAnswer legal"), ("b i l l : l ;", "missingAnswer legal"),
    ] {
      #expect(try domain.verdict(response, to: prompt) == verdict, "\(response)")
    }
    #expect(try domain.solution("@2 g a t e s _ note a d a _ @1 b i l l =").trace == solution.trace)
    #expect(domain.hints(for: try domain.promptTokens(of: prompt)) == nil)
  }

  @Test func entriesMayBeShort() throws {
    let domain = try domain(LastLetters(entries: .short))
    let prompt = "b i l l _ g a t e s ="
    let solution = try domain.solution(prompt)
    #expect(solution.trace == "@1 l @2 s" && solution.answer == "ans l s")
    #expect(try domain.verdict("@2 s ans l s", to: prompt) == "optimal legal")
    #expect(try domain.verdict("@2 s @1 l ans l s", to: prompt) == "optimal disorderedEntry 2")
    #expect(try domain.verdict("@2 e ans l s", to: prompt) == "optimal untrueEntry 0")
    #expect(try domain.verdict("@3 s ans l s", to: prompt) == "optimal untrueEntry 0")
  }

  @Test func wordsMayBeTokens() throws {
    let domain = try domain(LastLetters(form: .words))
    let prompt = "bill gates ="
    let solution = try domain.solution(prompt)
    #expect(solution.trace == "bill : l ; gates : s ;" && solution.answer == "ans l s")
    #expect(try domain.verdict("gates : s ; ans l s", to: prompt) == "optimal legal")
    #expect(throws: SearchError.self) { try self.domain(LastLetters(words: .random, form: .words)) }
    #expect(throws: SearchError.self) { try self.domain { $0.layout = .paper } }
  }

  /// From the prompt's end: a letter before `_` or `=` is a last one.
  @Test func answersAreThoseOfAScanFromTheEnd() throws {
    for words in LastLetters.Words.allCases {
      let domain = try domain(LastLetters(words: words))
      var wrong = 0
      for exercise in domain.exercises(seed: 1, count: 100_000) {
        let letters = domain.words.text(of: exercise.prompt).split(separator: " ").reversed()
        let last = zip(letters.dropFirst(), letters).filter { $1 == "_" || $1 == "=" }.map { $0.0 }
        let right = "ans " + last.reversed().joined(separator: " ")
        if domain.words.text(of: exercise.answer) != right { wrong += 1 }
      }
      #expect(wrong == 0)
    }
  }

  @Test func namesAreFitToBeWords() {
    let names = LastLetters.names
    #expect(Set(names).count == names.count && names.contains("bill") && names.contains("gates"))
    #expect(names.allSatisfy { (2...8).contains($0.count) && $0.allSatisfy { ("a"..."z").contains($0) } })
  }

  @Test func everySubsequenceOfAReferenceIsStepwise() throws {
    for entries in LastLetters.Entries.allCases {
      let domain = try domain(LastLetters(words: .random, entries: entries))
      for exercise in domain.exercises(seed: 2, count: 100) {
        var random = CounterRandom(seed: 3, stream: .mixture, UInt64(exercise.index))
        let thinned = domain.trace(exercise.trace, dropping: .clauses, using: &random)
        let judgement = domain.judged(thinned + exercise.answer, isTerminated: true, to: exercise.prompt)
        #expect(judgement.answer == .optimal(cost: exercise.optimalCost) && judgement.trace == .legal)
      }
    }
  }

  @Test func reorderedWordsHaveTheirLettersReordered() throws {
    let domain = try domain()
    for exercise in domain.exercises(seed: 3, count: 200) {
      let words = domain.words.text(of: exercise.prompt).dropLast(2).components(" _ ")
      let letters = domain.words.text(of: exercise.answer).split(separator: " ").dropFirst()
      let reversed = try domain.solution(words.reversed().joined(separator: " _ ") + " =")
      #expect(reversed.answer == "ans " + letters.reversed().joined(separator: " "))
    }
  }

  @Test func distractorsAndOrderChangeNothingElse() throws {
    for form in LastLetters.Form.allCases {
      let plain = try domain(LastLetters(form: form))
      let other = try domain(LastLetters(form: form)) { ($0.distractors, $0.shufflePremises) = (2, true) }
      #expect(other.words == plain.words)
      for index in 0..<300 {
        let (one, two) = (
          plain.drawn(seed: 3, index: index, split: .train),
          other.drawn(seed: 3, index: index, split: .train)
        )
        #expect((one == nil) == (two == nil))
        guard let one, let two else { continue }
        #expect(
          one.trace == two.trace && one.answer == two.answer && one.identityDigest == two.identityDigest)
        #expect(
          try other.solution(other.words.text(of: two.prompt)).trace
            == plain.words.text(of: one.trace))
      }
    }
  }

  @Test func everyNameIsAsLikely() throws {
    let domain = try serial(.lastLetter(LastLetters(form: .words)), 3...5)
    var counts = [String: Int]()
    for exercise in domain.exercises(seed: 4, count: 20_000) {
      for word in domain.words.text(of: exercise.prompt).split(separator: " ").dropLast() {
        counts[String(word), default: 0] += 1
      }
    }
    let mean = Double(counts.values.reduce(0, +)) / Double(counts.count)
    let chi = counts.values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) / mean }
    // The 99.9 % point at 118 degrees of freedom.
    #expect(counts.count == LastLetters.names.count && chi < 171)
  }

  @Test func theSameKeyGivesTheSameTask() throws {
    func task(_ problem: LastLetters) throws -> String {
      let domain = try domain(problem)
      let exercise = try #require(domain.exercises(seed: 7, count: 1).first)
      return domain.words.text(of: exercise.prompt + exercise.trace + exercise.answer)
    }
    let found = [try task(LastLetters()), try task(LastLetters(words: .random, entries: .short))]
    #expect(
      found == [
        "i v a n _ w a l t e r _ g r e t a _ o l i v e r = i v a n : n ; w a l t e r : r ; g r e t a "
          + ": a ; o l i v e r : r ; ans n r a r",
        "z j t s d _ q n b x _ y x k j _ s c j = @1 d @2 x @3 j @4 j ans d x j j",
      ])
  }

  @Test(
    arguments: [
      ("b i _ =", "token 2: \"_\" and a word were expected, not \"_\""),
      ("b i", "token 2: \"=\" was expected, not the end"),
      ("=", "token 0: 0 words are given; there are places for 1 to 5"),
      ("b _ b _ b _ b _ b _ b =", "token 11: 6 words are given; there are places for 1 to 5"),
      ("b i note a =", "token 2: \"_\" and a word were expected, not \"note\""),
      ("_ b =", "token 0: a value was expected, not \"_\""), ("b = b", "token 2: a prompt ends in \"=\""),
    ])
  func aBadPromptIsRefusedAtItsToken(prompt: String, complaint: String) throws {
    let domain = try domain()
    do {
      _ = try domain.promptTokens(of: prompt)
      Issue.record("it is read")
    } catch { #expect("\(error)" == complaint) }
  }
}

extension Substring {
  fileprivate func components(_ separator: String) -> [String] {
    var (parts, rest) = ([String](), self[...])
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
