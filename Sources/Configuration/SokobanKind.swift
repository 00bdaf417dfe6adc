import Search

extension DomainKind {
  /// Sokoban levels: their keys, what must hold between them, and a first configuration.
  static let sokoban = DomainKind(
    name: "sokoban", defaults: SokobanSettings(),
    in: Part(get: { $0.sokoban }, put: { $0.sokoban = $1 }, fallback: SokobanSettings()),
    fields: SokobanKind.fields, checks: SokobanKind.checks, trainingChecks: SokobanKind.trainingChecks,
    starter: SokobanKind.starter)
}

private enum SokobanKind {
  typealias Ranges = SokobanSettings.Ranges

  static let fields: [Setting<SokobanSettings>] = [
    .integer(
      "domain.width", \.width, Ranges.width, unit: "cells",
      "Columns of the level, its ring of walls included."),
    .integer("domain.height", \.height, Ranges.height, unit: "cells", "Rows, likewise."),
    .integer("domain.boxes", \.boxes, Ranges.boxes, unit: "boxes", "Boxes, and as many docks."),
    .integer(
      "domain.innerWalls", \.innerWalls, Ranges.innerWalls, unit: "cells", "Walls inside the ring."
    ).varyingBySet(),
    .choice(
      "domain.tieBreak", \.tieBreak,
      "Which of several equally promising states A* closes first; coin is the reference's."),
    .integer(
      "domain.maximumTraceTokens", \.maximumTraceTokens, Ranges.maximumTraceTokens, unit: "tokens",
      "Levels on which A* writes more are left out; the paper's rule is below 10,000."
    ).varyingBySet(),
    .integer(
      "domain.costWords", \.costWords, Ranges.costWords, unit: "words",
      "Words for costs, c0 and up; levels whose search meets more are left out. The paper has 40,000."),
  ]

  static let starter = """
    {
      "seed": 1,
      "domain": {"kind": "sokoban", "width": 6, "height": 6, "boxes": 1, "innerWalls": 1, \
    "maximumTraceTokens": 400},
      "model": {"architecture": "decoderOnly", "width": 64, "layers": 2, "heads": 4, "tokenShift": 2},
      "base": {
        "exercises": 3000,
        "epochs": 4,
        "learningRate": {"peak": 0.002, "warmupSteps": 100}
      },
      "rounds": {
        "count": 4,
        "exercises": 200,
        "samples": 8,
        "curation": "sound"
      },
      "evaluation": {"exercises": 100, "samples": 8}
    }
    """
}

// MARK: - Checks

extension SokobanKind {
  /// What the domain itself says of its settings; then the number of levels.
  fileprivate static let checks: [KindCheck<SokobanSettings>] = [
    KindCheck(ofDomainWith: fields.map(\.name)),
    poolCheck("evaluation.exercises", "test exercises", share: 0.1) { $0.evaluationExercises },
    KindCheck(keys: ["sampler.maximumLength"]) { levels, trial in
      guard trial.maximumLength < levels.shortestResponse else { return nil }
      return
        "\"maximumLength\" is \(trial.maximumLength), but the shortest response has "
        + "\(levels.shortestResponse) tokens; raise it"
    },
  ]

  fileprivate static let trainingChecks = [
    poolCheck("base.exercises", "training exercises, rounds included", share: 0.9) { $0.trainingExercises }
  ]

  /// Refuses more exercises than there are levels, with room for those that cannot be solved or take too
  /// long.
  private static func poolCheck(
    _ key: String, _ what: String, share: Double, _ wanted: @escaping @Sendable (DomainTrial) -> Int
  ) -> KindCheck<SokobanSettings> {
    KindCheck(keys: [key, "rounds.count", "rounds.exercises"] + fields.map(\.name)) { levels, trial in
      // Invalid settings are reported by the domain's own check.
      guard trial.domain != nil else { return nil }
      let workers = (levels.width - 2) * (levels.height - 2) - levels.innerWalls - levels.boxes
      let most = levels.layouts * share * Double(workers) / 2
      let asked = wanted(trial)
      guard Double(asked) > most else { return nil }
      return
        "\(asked) \(what) are asked for, but levels of \(levels.width)x\(levels.height) with \(levels.boxes) "
        + "boxes and \(levels.innerWalls) inner walls give no more than about \(Int(most)) different ones; "
        + "ask for fewer or choose a larger level"
    }
  }
}
