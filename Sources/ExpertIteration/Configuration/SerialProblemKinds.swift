import Search

/// What each serial problem has of its own under `domain`, and a small configuration of it.
extension SerialKind {
  static let modularAddition = kind(
    .modularAddition(ModularAddition()),
    own: [
      .integer(
        "domain.modulus", \.domain.serial.modularAddition.modulus, 2...1000,
        "Numbers are 0 to modulus - 1; 2 is parity, which gradient descent finds hard.")
    ],
    starter: starter(#""kind": "modularAddition", "modulus": 7, "minimumLength": 5, "maximumLength": 7"#))

  static let permutationComposition = kind(
    .permutationComposition(PermutationComposition()),
    own: [
      .integer(
        "domain.degree", \.domain.serial.permutationComposition.degree, 2...6, unit: "points",
        "What is permuted: 5 is the first at which composition is complete for NC1."),
      .choice(
        "domain.form", \.domain.serial.permutationComposition.form,
        "How a permutation is written: element is one word, list its images in brackets."),
      .choice(
        "domain.factors", \.domain.serial.permutationComposition.factors,
        "What is composed: any permutations, or swaps of two neighbours, the adjacent transpositions, which "
          + "generate all others."
      ).varyingBySet(),
    ],
    starter: starter(
      #""kind": "permutationComposition", "degree": 3, "minimumLength": 5, "maximumLength": 7"#))

  static let iteratedSquaring = kind(
    .iteratedSquaring(IteratedSquaring()),
    own: [
      .integer(
        "domain.numbers", \.domain.serial.iteratedSquaring.numbers, 16...1000, unit: "words",
        "Numbers that have words, from 0; moduli are below it. The paper has 1000."),
      .choice(
        "domain.moduli", \.domain.serial.iteratedSquaring.moduli,
        "Which moduli are drawn: odd primes, or products of two different ones."
      ).varyingBySet(),
      .integers(
        "domain.modulusList", \.domain.serial.iteratedSquaring.modulusList, IteratedSquaring.modulusRange,
        "The moduli to draw from, evenly but for tasks that bases and repeats leave out; in place of moduli, which "
          + "then says nothing, in a set too. Empty: as moduli says."
      ).varyingBySet(),
      .choice(
        "domain.bases", \.domain.serial.iteratedSquaring.bases,
        "Which numbers are squared: any, or recurring ones, which come back when squared often enough."
      ).varyingBySet(),
      .flag(
        "domain.repeats", \.domain.serial.iteratedSquaring.repeats,
        "Whether tasks are drawn whose values repeat before the last step, so that fewer steps are needed."
      ).varyingBySet(),
    ],
    starter: starter(
      #""kind": "iteratedSquaring", "numbers": 1000, "minimumLength": 3, "maximumLength": 5"#))

  static let circuitValue = kind(
    .circuitValue(CircuitShape()),
    own: [
      ConfigurationField(
        path: ["domain", "preset"], kind: .choice(CircuitPreset.allCases.map(\.rawValue)), unit: nil,
        summary:
          "In place of the three keys after it: deep circuits look back two gates, reference is random circuits as "
          + "they are usually drawn, of which half need one gate at most.",
        read: { _ in .text("") },
        write: { configuration, value in
          guard case .text(let text) = value, let preset = CircuitPreset(rawValue: text) else { return }
          configuration.domain.serial.circuitValue = preset.shape
        }
      ).shorthand(for: ["constantRate", "notRate", "window"]),
      .number(
        "domain.constantRate", \.domain.serial.circuitValue.constantRate, .closed(0, 1),
        "Share of constants among the gates after the first two, which are."
      ).varyingBySet(),
      .number(
        "domain.notRate", \.domain.serial.circuitValue.notRate, .closed(0, 1),
        "Share of NOT among the others; the rest are AND and OR evenly."
      ).varyingBySet(),
      .integer(
        "domain.window", \.domain.serial.circuitValue.window, 0...512, unit: "gates",
        "Inputs are among so many gates before; 0: among all."
      ).varyingBySet(),
    ], without: ["positions"],
    starter: starter(#""kind": "circuitValue", "preset": "deep", "minimumLength": 8, "maximumLength": 10"#))

  static let lastLetter = kind(
    .lastLetter(LastLetters()),
    own: [
      .choice(
        "domain.words", \.domain.serial.lastLetter.words,
        "Which words are drawn: names of a fixed list, or random ones of two to eight letters."
      ).varyingBySet(),
      .choice(
        "domain.form", \.domain.serial.lastLetter.form,
        "How words are written: a token a letter, or a token a word of the list."),
      .choice(
        "domain.entries", \.domain.serial.lastLetter.entries,
        "How an entry names its word: spelled again, or short by its place."),
    ], without: ["layout", "positions"],
    starter: starter(#""kind": "lastLetter", "minimumLength": 2, "maximumLength": 4"#))

  private static func starter(_ domain: String) -> String {
    """
    {
      "seed": 1,
      "domain": {\(domain)},
      "model": {"architecture": "decoderOnly", "width": 64, "layers": 2, "heads": 4, "tokenShift": 1},
      "base": {
        "exercises": 16000,
        "batchSize": 16,
        "learningRate": {"peak": 0.002, "warmupSteps": 100}
      },
      "rounds": {
        "count": 4,
        "exercises": 300,
        "samples": 8,
        "curation": "sound"
      },
      "evaluation": {"exercises": 200, "samples": 8}
    }
    """
  }
}

enum CircuitPreset: String, CaseIterable {
  case deep, reference

  var shape: CircuitShape { self == .deep ? .deep : .reference }
}

/// For the rows of each problem, which are used with that problem only.
extension SerialSettings {
  var modularAddition: ModularAddition {
    get {
      guard case .modularAddition(let problem) = problem else {
        preconditionFailure("a sum's key on \(name)")
      }
      return problem
    }
    set { problem = .modularAddition(newValue) }
  }

  var permutationComposition: PermutationComposition {
    get {
      guard case .permutationComposition(let problem) = problem else {
        preconditionFailure("a permutation's key on \(name)")
      }
      return problem
    }
    set { problem = .permutationComposition(newValue) }
  }

  var iteratedSquaring: IteratedSquaring {
    get {
      guard case .iteratedSquaring(let problem) = problem else {
        preconditionFailure("a square's key on \(name)")
      }
      return problem
    }
    set { problem = .iteratedSquaring(newValue) }
  }

  var circuitValue: CircuitShape {
    get {
      guard case .circuitValue(let shape) = problem else { preconditionFailure("a circuit's key on \(name)") }
      return shape
    }
    set { problem = .circuitValue(newValue) }
  }

  var lastLetter: LastLetters {
    get {
      guard case .lastLetter(let problem) = problem else { preconditionFailure("a word's key on \(name)") }
      return problem
    }
    set { problem = .lastLetter(newValue) }
  }
}
