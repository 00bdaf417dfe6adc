import Words

/// Tasks whose answer is the last of a row of values, each computed from the one before: how they are drawn
/// and written. Equal settings and seeds give equal exercises.
///
///     let domain = try SerialSettings(.modularAddition(ModularAddition(modulus: 7))).makeDomain()
///
/// The problems and their settings are those of Li, Liu, Zhou, Ma 2024 (arXiv:2402.12875), where a chain of
/// thought serves serial computation; last letters are Zhou's.
public struct SerialSettings: Sendable, Equatable {
  /// Which task, with what it alone needs.
  public enum Problem: Sendable, Equatable {
    case modularAddition(ModularAddition)
    case permutationComposition(PermutationComposition)
    case iteratedSquaring(IteratedSquaring)
    case circuitValue(CircuitShape)
    case lastLetter(LastLetters)
  }

  public enum Layout: String, Sendable, CaseIterable {
    /// `@1 3 @2 1 ans 0`: the answer follows `ans`.
    case marked
    /// `3 1 0`: bare values, the last of them the answer, as in the paper.
    case paper
  }

  public var problem: Problem
  /// Steps from the prompt to the answer, drawn uniformly between the two.
  public var minimumLength = 4
  public var maximumLength = 8
  public var layout = Layout.marked
  /// Whether an entry names its step, `@3 0`; in layout `marked` only.
  public var positions = true
  /// The reference's chain holds every n-th value: how a chain of a fixed stride is trained on.
  public var stride = 1
  /// Chance, in percent, that the reference leaves out an entry: what makes its chains differ in length.
  public var skipPercent = 0
  /// Premises in the prompt that do not count.
  public var distractors = 0
  /// Premises in random order, each with its tag.
  public var shufflePremises = false
  /// Steps that have words; nil: `leastWords`.
  public var vocabularyLength: Int?

  public init(_ problem: Problem) { self.problem = problem }

  /// Throws the first of `errors`.
  public func makeDomain() throws -> any WordDomain {
    if let error = errors.first { throw error }
    switch problem {
    case .modularAddition(let problem): return SerialDomain(self, SequenceRules(problem, self))
    case .permutationComposition(let problem): return SerialDomain(self, SequenceRules(problem, self))
    case .iteratedSquaring(let problem): return SerialDomain(self, SequenceRules(Squaring(problem), self))
    case .circuitValue(let shape): return SerialDomain(self, CircuitRules(shape, self))
    case .lastLetter(let problem): return SerialDomain(self, LastLetterRules(problem, self))
    }
  }
}

// MARK: - What follows from the settings

extension SerialSettings {
  /// As in configurations.
  public var name: String {
    switch problem {
    case .modularAddition: "modularAddition"
    case .permutationComposition: "permutationComposition"
    case .iteratedSquaring: "iteratedSquaring"
    case .circuitValue: "circuitValue"
    case .lastLetter: "lastLetter"
    }
  }

  /// Steps that have words.
  public var wordsLength: Int {
    get { vocabularyLength ?? leastWords }
    set { vocabularyLength = newValue }
  }

  /// Those of the longest task; a circuit's distractors are gates and have ids too.
  private var leastWords: Int {
    if case .circuitValue = problem { maximumLength + distractors } else { maximumLength }
  }

  /// What each setting may be, whatever the others are. Those of one problem are named as its properties.
  public enum Ranges {
    public static let minimumLength = lengths
    public static let maximumLength = lengths
    public static let stride = lengths
    public static let vocabularyLength = lengths
    public static let skipPercent = 0...90
    public static let distractors = 0...64
    public static let modulus = 2...1000
    public static let degree = 2...6
    public static let numbers = 16...1000
    /// Of each modulus of the list.
    public static let modulusList = 3...999
    public static let window = 0...lengths.upperBound
  }

  /// Steps that a task may have.
  public static let lengths = 1...512

  /// Everything that keeps these settings from drawing tasks, each a `SearchError.invalidSetting`.
  var errors: [SearchError] {
    var errors: [SearchError] = []
    func require(_ range: ClosedRange<Int>, _ name: String, _ value: Int, _ reason: String = "") {
      guard !range.contains(value) else { return }
      let requirement = "it must be \(range.lowerBound)...\(range.upperBound)\(reason)"
      errors.append(.invalidSetting(name: name, value: String(value), requirement: requirement))
    }
    require(Ranges.maximumLength, "maximumLength", maximumLength)
    require(Ranges.stride, "stride", stride)
    require(Ranges.skipPercent, "skipPercent", skipPercent)
    require(Ranges.distractors, "distractors", distractors)
    switch problem {
    case .modularAddition(let problem): require(Ranges.modulus, "modulus", problem.modulus)
    case .permutationComposition(let problem): require(Ranges.degree, "degree", problem.degree)
    case .iteratedSquaring(let problem):
      require(Ranges.numbers, "numbers", problem.numbers, ": the least product of two odd primes is 15")
      for modulus in problem.modulusList {
        let least = Ranges.modulusList.lowerBound
        require(least...max(least, problem.numbers - 1), "modulusList", modulus, ", below numbers")
      }
      if Set(problem.modulusList).count < problem.modulusList.count {
        let list = problem.modulusList.map(String.init).joined(separator: ", ")
        errors.append(
          .invalidSetting(name: "modulusList", value: list, requirement: "no modulus may stand twice"))
      }
    case .circuitValue(let shape):
      for (name, rate) in [("constantRate", shape.constantRate), ("notRate", shape.notRate)]
      where !(0...1).contains(rate) {
        errors.append(.invalidSetting(name: name, value: "\(rate)", requirement: "it must be 0...1"))
      }
      require(Ranges.window, "window", shape.window)
    case .lastLetter(let problem):
      if problem.form == .words, problem.words == .random {
        let requirement = "only words of the list have tokens of their own; choose list, or form letters"
        errors.append(.invalidSetting(name: "words", value: "random", requirement: requirement))
      }
      if layout == .paper {
        let requirement = "answers differ in length, so that they need ans before them; choose marked"
        errors.append(.invalidSetting(name: "layout", value: "paper", requirement: requirement))
      }
    }
    guard errors.isEmpty else { return errors }
    require(
      Ranges.minimumLength.lowerBound...maximumLength, "minimumLength", minimumLength,
      ", no more than maximumLength")
    if case .iteratedSquaring(var problem) = problem, errors.isEmpty {
      for modulus in problem.modulusList {
        problem.modulusList = [modulus]
        guard Squaring(problem).tasks(of: minimumLength...maximumLength) == 0 else { continue }
        let requirement = "no task of these lengths has this modulus; remove it, or allow repeats"
        errors.append(.invalidSetting(name: "modulusList", value: String(modulus), requirement: requirement))
      }
    }
    guard leastWords <= Self.lengths.upperBound else {
      require(0...Self.lengths.upperBound - maximumLength, "distractors", distractors, ": gates need ids")
      return errors
    }
    require(
      leastWords...Self.lengths.upperBound, "vocabularyLength", wordsLength, ": each step needs its words")
    return errors
  }

  /// Different tasks that can be drawn.
  public var tasks: Double {
    let lengths = minimumLength...max(minimumLength, maximumLength)
    func powers(of base: Double) -> Double {
      lengths.reduce(0) { sum, length in sum + (0..<length).reduce(1.0) { power, _ in power * base } }
    }
    switch problem {
    case .modularAddition(let problem): return powers(of: Double(problem.modulus))
    case .permutationComposition(let problem): return powers(of: Double(problem.factorCount))
    case .iteratedSquaring(let problem): return Double(Squaring(problem).tasks(of: lengths))
    case .circuitValue(let shape): return lengths.reduce(0) { $0 + shape.circuits(of: $1) }
    case .lastLetter(let problem): return powers(of: problem.count)
    }
  }

  /// Tokens of the longest reference's response, and `eos`.
  public var longestUsualResponse: Int {
    switch problem {
    case .modularAddition, .iteratedSquaring: longest(value: 1)
    case .permutationComposition(let problem): longest(value: problem.valueLength)
    case .circuitValue: (layout == .marked ? 2 : 1) * (maximumLength - 1) + shortestResponse
    case .lastLetter(let problem): (problem.entryLength + 1) * maximumLength + 2
    }
  }

  /// Of a chain of values, all but the last with their position.
  private func longest(value: Int) -> Int {
    (value + (hasPositions ? 1 : 0)) * (maximumLength - 1) + shortestResponse
  }

  /// The answer alone, and `eos`.
  public var shortestResponse: Int {
    let answer =
      switch problem {
      case .modularAddition, .iteratedSquaring, .circuitValue: 1
      case .permutationComposition(let problem): problem.valueLength
      case .lastLetter: minimumLength
      }
    return (layout == .marked ? 1 : 0) + answer + 1
  }

  var hasPositions: Bool { positions && layout == .marked }
}
