import Determinism
import Testing
import Words

@testable import Search

/// What all serial domains share: reading prompts, refusing settings, modes, dropping, pictures.
struct SerialFrameTests {
  private static let sums = SerialSettings.Problem.modularAddition(ModularAddition(modulus: 7))
  private static let squares = SerialSettings.Problem.iteratedSquaring(IteratedSquaring(numbers: 30))

  @Test(
    arguments: [
      ("3 5", "token 2: \"=\" was expected, not the end"),
      ("", "token 0: \"=\" was expected, not the end"),
      ("=", "token 0: the task has 0 steps; there are words for 1 to 8"),
      ("1 1 1 1 1 1 1 1 1 =", "token 9: the task has 9 steps; there are words for 1 to 8"),
      ("3 = 5 =", "token 2: a prompt ends in \"=\""),
      ("3 ans 5 =", "token 1: a value was expected, not \"ans\""),
      ("3 note =", "token 2: a value was expected, not \"=\""),
      ("@1 3 @1 4 =", "token 2: \"@1\" a second time"),
      ("@1 3 @3 4 =", "token 4: 2 premises have tags, but none the 2."),
      ("@1 3 4 =", "token 2: some premises have tags and some have none"),
      ("3 9 =", "token 1: \"9\" is not a word of this vocabulary; the nearest is \"0\""),
    ])
  func aBadPromptIsRefusedAtItsToken(prompt: String, complaint: String) throws {
    let domain = try serial(Self.sums)
    #expect(throws: SearchError.self) { try domain.promptTokens(of: prompt) }
    do {
      _ = try domain.promptTokens(of: prompt)
    } catch {
      #expect("\(error)" == complaint)
    }
  }

  @Test func aSquareNeedsTwoNumbers() throws {
    let domain = try serial(Self.squares)
    func complaint(_ prompt: String) -> String? {
      do {
        _ = try domain.promptTokens(of: prompt)
        return nil
      } catch { return "\(error)" }
    }
    #expect(complaint("23 5 ^2 =") == nil && complaint("base 5 mod 23 ^2 =") == nil)
    #expect(complaint("23 ^2 =") == "token 2: a modulus and a base were expected, not 1 numbers")
    #expect(complaint("0 5 ^2 =") == "token 3: the modulus is 0; it must be at least 1")
    #expect(complaint("23 5 =") == "token 2: the task has 0 steps; there are words for 1 to 8")
    #expect(complaint("23 5 ^2 7 =") == "token 3: \"=\" was expected, not \"7\"")
    #expect(complaint("23 ^2 5 =") == "token 2: \"=\" was expected, not \"5\"")
  }

  @Test func noTokensTrap() throws {
    var random = CounterRandom(seed: 1, stream: .sampling)
    for problem in [Self.sums, Self.squares, .permutationComposition(.init(degree: 3, form: .list))] {
      for layout in SerialSettings.Layout.allCases {
        for positions in [true, false] {
          let domain = try serial(problem) { ($0.layout, $0.positions) = (layout, positions) }
          let count = domain.words.count
          func noise() -> [Token] {
            (0..<random.uniform(below: 12)).map { _ in Token(random.uniform(below: count + 2) - 1) }
          }
          let exercise = try #require(domain.exercises(seed: 1, count: 1).first)
          for _ in 0..<500 {
            let (prompt, response) = (random.coin() ? noise() : exercise.prompt, noise())
            _ = domain.judged(response, isTerminated: random.coin(), to: prompt)
            #expect(!domain.frames(of: response, to: prompt).isEmpty)
            _ = (domain.hints(for: prompt), domain.opening(.slow, to: prompt), domain.drawing(of: prompt))
            _ = domain.trace(response, dropping: .clauses, using: &random)
          }
        }
      }
    }
  }

  @Test func aPromptThatCannotBeReadHasNoRightAnswer() throws {
    let domain = try serial(Self.sums)
    let judgement = try domain.judge("@1 3 ans 1", to: "3 5 6")
    #expect(judgement.answer.fault?.kind == .badPrompt && judgement.trace.fault?.kind == .badPrompt)
    #expect(judgement.clauses == 1)
    #expect(domain.hints(for: []) == nil && domain.opening(.fast, to: []) == nil)
    #expect(domain.drawing(of: []) == "prompt, token 0: \"=\" was expected, not the end")
  }

  @Test func aCutResponseIsNotTerminated() throws {
    let domain = try serial(Self.sums)
    let prompt = try domain.promptTokens(of: "3 5 6 2 =")
    for text in ["@1 3 @2", "@1 3", "@1 3 ans", "@1 3 ans 2"] {
      let response = try domain.words.tokens(of: text)
      let judgement = domain.judged(response, isTerminated: false, to: prompt)
      #expect(judgement.answer.fault?.kind == .notTerminated, "\(text)")
    }
    let wrong = try domain.words.tokens(of: "ans 2 2")
    #expect(domain.judged(wrong, isTerminated: false, to: prompt).answer.fault?.kind == .malformedAnswer)
  }

  @Test func aModeIsTheFirstTokenOfTheResponse() throws {
    func words(_ change: (inout SerialSettings) -> Void = { _ in }) throws -> [String?] {
      let domain = try serial(Self.sums, 4...8, change)
      let prompt = try domain.promptTokens(of: "3 5 6 2 =")
      return ResponseMode.allCases.map { mode in
        domain.opening(mode, to: prompt).map { domain.words.text(of: [$0]) }
      }
    }
    #expect(try words() == [nil, "@1", "ans"])
    #expect(try words { $0.positions = false } == [nil, "3", "ans"])
    #expect(try words { $0.layout = .paper } == [nil, nil, nil])
  }

  @Test func entriesAreLeftOutWhole() throws {
    let domain = try serial(.permutationComposition(PermutationComposition(degree: 3, form: .list)), 20...30)
    var random = CounterRandom(seed: 2, stream: .mixture)
    var (entries, kept) = (0, 0)
    for exercise in domain.exercises(seed: 1, count: 200) {
      for level in [DroppingLevel.none, .closes, .costs] {
        #expect(domain.trace(exercise.trace, dropping: level, using: &random) == exercise.trace)
      }
      #expect(domain.trace(exercise.trace, dropping: .all, using: &random).isEmpty)
      let thinned = domain.trace(exercise.trace, dropping: .clauses, using: &random)
      let judgement = domain.judged(thinned + exercise.answer, isTerminated: true, to: exercise.prompt)
      #expect(judgement.answer.isCorrect && judgement.trace.isSound)
      entries += exercise.trace.count / 6
      kept += judgement.clauses
    }
    // 4,800 entries: a standard deviation is 0.7 %.
    #expect(abs(Double(kept) / Double(entries) - 0.7) < 0.03)
  }

  @Test func aTaskIsDrawnStepByStep() throws {
    let domain = try serial(Self.sums)
    let prompt = try domain.promptTokens(of: "3 5 6 2 =")
    #expect(
      domain.drawing(of: prompt) == """
        4 numbers added modulo 7
        step  premise  value
        1     3        3
        2     5        1
        3     6        0
        4     2        2
        """)
    let frames = domain.frames(of: try domain.words.tokens(of: "@1 3 @3 1 ans 3"), to: prompt)
    #expect(frames.count == 4)
    #expect(
      frames.last == """
        4 numbers added modulo 7
        step  premise  value  written
        1     3        3      @1 3
        2     5        1
        3     6        0      @3 1
        4     2        2      ans 3
        ans 3
        answer: token 5: the answer is "2", not "3"
        """)
    #expect(frames[2].hasSuffix("@3 1\ntrace: token 2: after step 3 the value is 0, not 1"))
    #expect(domain.frames(of: try domain.words.tokens(of: "@1 3 ans ans"), to: prompt).count == 3)
  }

  @Test func wrongSettingsAreRefused() {
    let cases: [((inout SerialSettings) -> Void, String)] = [
      ({ $0.minimumLength = 9 }, "minimumLength: 9, but it must be 1...8, no more than maximumLength"),
      ({ $0.vocabularyLength = 7 }, "vocabularyLength: 7, but it must be 8...512: each step needs its words"),
      ({ $0.stride = 0 }, "stride: 0, but it must be 1...512"),
      ({ $0.distractors = 65 }, "distractors: 65, but it must be 0...64"),
      ({ $0.problem = .modularAddition(ModularAddition(modulus: 1)) }, "modulus: 1, but it must be 2...1000"),
      (
        { $0.problem = .permutationComposition(PermutationComposition(degree: 7)) },
        "degree: 7, but it must be 2...6"
      ),
      (
        { $0.problem = .iteratedSquaring(IteratedSquaring(numbers: 100, modulusList: [23, 101])) },
        "modulusList: 101, but it must be 3...99, below numbers"
      ),
      (
        { $0.problem = .iteratedSquaring(IteratedSquaring(numbers: 3, modulusList: [3])) },
        "numbers: 3, but it must be 16...1000: the least product of two odd primes is 15"
      ),
      (
        { $0.problem = .iteratedSquaring(IteratedSquaring(modulusList: [23, 23])) },
        "modulusList: 23, 23, but no modulus may stand twice"
      ),
    ]
    for (change, complaint) in cases {
      do {
        _ = try serial(Self.sums, 4...8, change)
        Issue.record("nothing is refused where \(complaint)")
      } catch { #expect("\(error)" == complaint) }
    }
  }

  @Test func tasksAreCounted() {
    func tasks(_ problem: SerialSettings.Problem, _ lengths: ClosedRange<Int>) -> Double {
      var settings = SerialSettings(problem)
      (settings.minimumLength, settings.maximumLength) = (lengths.lowerBound, lengths.upperBound)
      return settings.tasks
    }
    #expect(tasks(Self.sums, 1...3) == 7 + 49 + 343)
    #expect(tasks(.permutationComposition(PermutationComposition(degree: 3)), 2...3) == 36 + 216)
    let swaps = PermutationComposition(degree: 5, factors: .swaps)
    #expect(tasks(.permutationComposition(swaps), 2...3) == 16 + 64)
    // The primes 3 and 5 have the bases 2 and 2, 3, 4; of these -1 repeats at step 2, 2 mod 5 at step 3.
    #expect(Squaring(IteratedSquaring(numbers: 16, repeats: true)).tasks(of: 1...1) == 1 + 3 + 5 + 9 + 11)
  }
}
