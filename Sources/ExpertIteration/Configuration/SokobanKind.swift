import Search

extension DomainKind {
  /// Sokoban levels: their keys, what must hold between them, and a first configuration.
  static let sokoban = DomainKind(
    name: "sokoban", defaults: .sokoban(SokobanSettings()), fields: SokobanKind.fields,
    checks: SokobanKind.checks, trainingChecks: SokobanKind.trainingChecks, starter: SokobanKind.starter)
}

private enum SokobanKind {
  static let fields: [ConfigurationField] = [
    .integer(
      "domain.width", \.domain.sokoban.width, 5...10, unit: "cells",
      "Columns of the level, its ring of walls included."),
    .integer("domain.height", \.domain.sokoban.height, 5...10, unit: "cells", "Rows, likewise."),
    .integer("domain.boxes", \.domain.sokoban.boxes, 1...8, unit: "boxes", "Boxes, and as many docks."),
    .integer(
      "domain.innerWalls", \.domain.sokoban.innerWalls, 0...60, unit: "cells", "Walls inside the ring."
    ).varyingBySet(),
    .choice(
      "domain.tieBreak", \.domain.sokoban.tieBreak,
      "Which of several equally promising states A* closes first; coin is the reference's."),
    .integer(
      "domain.maximumTraceTokens", \.domain.sokoban.maximumTraceTokens, 27...10_000_000, unit: "tokens",
      "Levels on which A* writes more are left out; the paper's rule is below 10,000."
    ).varyingBySet(),
    .integer(
      "domain.costWords", \.domain.sokoban.costWords, 16...40_000, unit: "words",
      "Words for costs, c0 and up; levels whose search meets more are left out. The paper has 40,000."),
  ]

  static let starter = """
    {
      "seed": 1,
      "domain": {"kind": "sokoban", "width": 6, "height": 6, "boxes": 1, "innerWalls": 1, "maximumTraceTokens": 400},
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
  /// What the domain itself says of its settings, each problem at the key it names; then the number of levels.
  fileprivate static let checks: [ConfigurationCheck] =
    fields.map(\.name).map { name in
      ConfigurationCheck(keys: [name] + fields.map(\.name)) {
        do {
          _ = try SokobanDomain($0.domain.sokoban)
          return nil
        } catch SearchError.invalidSetting(let key, let value, let requirement) {
          return "domain.\(key)" == name ? "\"\(key)\" is \(value); \(requirement)" : nil
        } catch {
          return nil
        }
      }
    } + [
      poolCheck("evaluation.exercises", "test exercises", share: 0.1) { $0.evaluation.exercises },
      ConfigurationCheck(keys: ["sampler.maximumLength"]) {
        let least = $0.domain.sokoban.shortestResponse
        guard $0.sampler.maximumLength < least else { return nil }
        return
          "\"maximumLength\" is \($0.sampler.maximumLength), but the shortest response has \(least) tokens; "
          + "raise it"
      },
    ]

  fileprivate static let trainingChecks = [
    poolCheck("base.exercises", "training exercises, rounds included", share: 0.9) {
      $0.base.exercises + $0.rounds.count * $0.rounds.exercises
    }
  ]

  /// More exercises than there are levels, with room for those that cannot be solved or take too long.
  private static func poolCheck(
    _ key: String, _ what: String, share: Double, _ wanted: @escaping @Sendable (RunConfiguration) -> Int
  ) -> ConfigurationCheck {
    ConfigurationCheck(keys: [key, "rounds.count", "rounds.exercises"] + fields.map(\.name)) {
      let levels = $0.domain.sokoban
      // What is wrong with the settings themselves is said there.
      guard (try? SokobanDomain(levels)) != nil else { return nil }
      let workers = (levels.width - 2) * (levels.height - 2) - levels.innerWalls - levels.boxes
      let most = levels.layouts * share * Double(workers) / 2
      let asked = wanted($0)
      guard Double(asked) > most else { return nil }
      return
        "\(asked) \(what) are asked for, but levels of \(levels.width)x\(levels.height) with \(levels.boxes) boxes "
        + "and \(levels.innerWalls) inner walls give no more than about \(Int(most)) different ones; ask for fewer or "
        + "choose a larger level"
    }
  }
}
