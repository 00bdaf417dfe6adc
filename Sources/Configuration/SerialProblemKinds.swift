import JSON
import Search

/// The keys that each serial problem has of its own under `domain`, and a small configuration of it.
extension SerialKind {
  private static let share = NumberRange.closed(0, 1)

  static let modularAddition = kind(
    of: Part(
      get: { if case .modularAddition(let problem) = $0.problem { problem } else { nil } },
      put: { $0.problem = .modularAddition($1) }, fallback: ModularAddition()),
    .modularAddition(ModularAddition()),
    own: [
      .integer(
        "domain.modulus", \.modulus, Ranges.modulus,
        "Numbers are 0 to modulus - 1; 2 is parity, which gradient descent finds hard.")
    ],
    starter: starter(#""kind": "modularAddition", "modulus": 7, "minimumLength": 5, "maximumLength": 7"#))

  static let permutationComposition = kind(
    of: Part(
      get: { if case .permutationComposition(let problem) = $0.problem { problem } else { nil } },
      put: { $0.problem = .permutationComposition($1) }, fallback: PermutationComposition()),
    .permutationComposition(PermutationComposition()),
    own: [
      .integer(
        "domain.degree", \.degree, Ranges.degree, unit: "points",
        "What is permuted: 5 is the first at which composition is complete for NC1."),
      .choice(
        "domain.form", \.form,
        "How a permutation is written: element is one word, list its images in brackets."),
      .choice(
        "domain.factors", \.factors,
        "What is composed: any permutations, or swaps of two neighbours, the adjacent transpositions, which "
          + "generate all others."
      ).varyingBySet(),
    ],
    starter: starter(
      #""kind": "permutationComposition", "degree": 3, "minimumLength": 5, "maximumLength": 7"#))

  static let iteratedSquaring = kind(
    of: Part(
      get: { if case .iteratedSquaring(let problem) = $0.problem { problem } else { nil } },
      put: { $0.problem = .iteratedSquaring($1) }, fallback: IteratedSquaring()),
    .iteratedSquaring(IteratedSquaring()),
    own: [
      .integer(
        "domain.numbers", \.numbers, Ranges.numbers, unit: "words",
        "Numbers that have words, from 0; moduli are below it. The paper has 1000."),
      .choice(
        "domain.moduli", \.moduli,
        "Which moduli are drawn: odd primes, or products of two different ones."
      ).varyingBySet(),
      .integers(
        "domain.modulusList", \.modulusList, Ranges.modulusList,
        "The moduli to draw from, evenly but for tasks that bases and repeats leave out; in place of moduli, "
          + "which then says nothing, in a set too. Empty: as moduli says."
      ).varyingBySet(),
      .choice(
        "domain.bases", \.bases,
        "Which numbers are squared: any, or recurring ones, which come back when squared often enough."
      ).varyingBySet(),
      .flag(
        "domain.repeats", \.repeats,
        "Whether tasks are drawn whose values repeat before the last step, so that fewer steps are needed."
      ).varyingBySet(),
    ],
    starter: starter(
      #""kind": "iteratedSquaring", "numbers": 1000, "minimumLength": 3, "maximumLength": 5"#))

  static let circuitValue = kind(
    of: Part(
      get: { if case .circuitValue(let problem) = $0.problem { problem } else { nil } },
      put: { $0.problem = .circuitValue($1) }, fallback: CircuitShape()),
    .circuitValue(CircuitShape()),
    own: [
      Setting(
        path: ["domain", "preset"], kind: .choice(CircuitPreset.allCases.map(\.rawValue)), unit: nil,
        summary:
          "In place of the three keys after it: deep circuits look back two gates, reference is random "
          + "circuits as they are usually drawn, of which half need one gate at most.",
        read: { _ in .text("") },
        write: { shape, value in
          guard case .text(let text) = value, let preset = CircuitPreset(rawValue: text) else { return }
          shape = preset.shape
        }
      ).shorthand(for: ["constantRate", "notRate", "window"]),
      .number(
        "domain.constantRate", \.constantRate, share,
        "Share of constants among the gates after the first two, which are."
      ).varyingBySet(),
      .number(
        "domain.notRate", \.notRate, share,
        "Share of NOT among the others; the rest are AND and OR evenly."
      ).varyingBySet(),
      .integer(
        "domain.window", \.window, Ranges.window, unit: "gates",
        "Inputs are among so many gates before; 0: among all."
      ).varyingBySet(),
    ], without: ["positions"],
    starter: starter(#""kind": "circuitValue", "preset": "deep", "minimumLength": 8, "maximumLength": 10"#))

  static let lastLetter = kind(
    of: Part(
      get: { if case .lastLetter(let problem) = $0.problem { problem } else { nil } },
      put: { $0.problem = .lastLetter($1) }, fallback: LastLetters()),
    .lastLetter(LastLetters()),
    own: [
      .choice(
        "domain.words", \.words,
        "Which words are drawn: names of a fixed list, or random ones of two to eight letters."
      ).varyingBySet(),
      .choice(
        "domain.form", \.form,
        "How words are written: a token a letter, or a token a word of the list."),
      .choice(
        "domain.entries", \.entries,
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

/// Shares of gates by name: see `CircuitShape`.
enum CircuitPreset: String, CaseIterable {
  case deep, reference

  var shape: CircuitShape { self == .deep ? .deep : .reference }
}
