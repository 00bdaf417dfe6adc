import Search

extension DomainKind {
  /// Mazes: their keys, what must hold between them, and a first configuration.
  static let maze = DomainKind(
    name: "maze", defaults: MazeSettings(width: 3, height: 3),
    in: Part(get: { $0.maze }, put: { $0.maze = $1 }, fallback: MazeSettings(width: 3, height: 3)),
    fields: MazeKind.fields, checks: MazeKind.checks, trainingChecks: MazeKind.trainingChecks,
    starter: MazeKind.starter)
}

private enum MazeKind {
  typealias Ranges = MazeSettings.Ranges

  static let fields: [Setting<MazeSettings>] = [
    .integer("domain.width", \.width, Ranges.width, unit: "cells", "Columns of the maze.").required()
      .varyingBySet(),
    .integer("domain.height", \.height, Ranges.height, unit: "cells", "Rows of the maze.").required()
      .varyingBySet(),
    .choice(
      "domain.grammar", \.grammar,
      "How traces are written: searchformer is the paper's (5 tokens a clause), cell merges operation and "
        + "cell (3 tokens a clause) and is learned several times faster."),
    .choice(
      "domain.tieBreak", \.tieBreak,
      "Which of several equally promising cells A* closes first; coin is the reference's."),
    .integer(
      "domain.minimumWallPercent", \.minimumWallPercent, Ranges.minimumWallPercent, unit: "percent",
      "Least share of walls, by the reference's integer rule: (cells div 10) * percent div 10."
    ).varyingBySet(),
    .integer(
      "domain.maximumWallPercent", \.maximumWallPercent, Ranges.maximumWallPercent, unit: "percent",
      "Greatest share of walls, by the same rule."
    ).varyingBySet(),
    .integer(
      "domain.drawsPerLayout", \.drawsPerLayout, Ranges.drawsPerLayout, unit: "draws",
      "Start and goal pairs tried on each layout of walls."
    ).varyingBySet(),
    .integer(
      "domain.minimumPlanCells", \.leastPlanCells, Ranges.minimumPlanCells, unit: "cells",
      "Exercises with a shorter plan are left out; start and goal count."
    ).derived("the longer side", from: ["domain.width", "domain.height"]) {
      max($0.width, $0.height)
    }.varyingBySet(),
    .integer(
      "domain.irrelevantWalls", \.irrelevantWalls, Ranges.irrelevantWalls, unit: "cells",
      "Walls added on cells to which no way leads, where they change neither A*'s run nor the plan; mazes "
        + "with fewer such cells are left out."
    ).varyingBySet(),
    .integer(
      "domain.decoyGoals", \.decoyGoals, Ranges.decoyGoals, unit: "cells",
      "Free cells that the prompt names as goal after the goal, to no effect."
    ).varyingBySet(),
    .integer(
      "domain.vocabularyWidth", \.wordsWidth, Ranges.vocabularyWidth, unit: "cells",
      "Columns that have words; more than width lets evaluation sets have wider mazes. Their words are then "
        + "never trained on."
    ).derived("width", from: ["domain.width"]) { $0.width },
    .integer(
      "domain.vocabularyHeight", \.wordsHeight, Ranges.vocabularyHeight, unit: "cells",
      "Rows that have words, likewise."
    ).derived("height", from: ["domain.height"]) { $0.height },
  ]

  static let starter = """
    {
      "seed": 1,
      "domain": {"kind": "maze", "width": 4, "height": 4},
      "model": {"architecture": "decoderOnly", "width": 64, "layers": 2, "heads": 4, "tokenShift": 2},
      "base": {
        "exercises": 24000,
        "batchSize": 8,
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

// MARK: - Checks

extension MazeKind {
  /// With fewer layouts of walls, one side of the split may be left empty.
  private static let leastLayouts = 500.0

  fileprivate static let checks: [KindCheck<MazeSettings>] = [
    KindCheck(keys: ["domain.maximumWallPercent", "domain.minimumWallPercent"]) { maze, _ in
      guard maze.minimumWallPercent > maze.maximumWallPercent else { return nil }
      return "\"maximumWallPercent\" (\(maze.maximumWallPercent)) is below \"minimumWallPercent\" "
        + "(\(maze.minimumWallPercent))"
    },
    KindCheck(keys: [
      "domain.minimumPlanCells", "domain.width", "domain.height", "domain.minimumWallPercent",
    ]) { maze, _ in
      let free = maze.cells - maze.walls.lowerBound
      guard maze.leastPlanCells > free else { return nil }
      return "\"minimumPlanCells\" is \(maze.leastPlanCells), but a maze has at most \(free) free cells"
    },
    KindCheck(
      keys: ["domain.width", "domain.height", "domain.minimumWallPercent", "domain.maximumWallPercent"]
    ) { maze, _ in
      guard maze.layouts < leastLayouts else { return nil }
      return "this size and share of walls have \(Int(maze.layouts)) layouts of walls in all, too few to "
        + "keep test mazes apart from training mazes; choose a larger maze or more walls"
    },
    KindCheck(keys: ["domain.vocabularyWidth", "domain.width"]) { maze, _ in
      wordsProblem("width", maze.width, "vocabularyWidth", maze.wordsWidth)
    },
    KindCheck(keys: ["domain.vocabularyHeight", "domain.height"]) { maze, _ in
      wordsProblem("height", maze.height, "vocabularyHeight", maze.wordsHeight)
    },
    distractorCheck("irrelevantWalls") { $0.irrelevantWalls },
    distractorCheck("decoyGoals") { $0.decoyGoals },
    poolCheck("evaluation.exercises", "test exercises", share: 0.1) { $0.evaluationExercises },
    KindCheck(keys: ["sampler.maximumLength", "domain.grammar", "domain.minimumPlanCells"]) { maze, trial in
      guard trial.maximumLength < maze.shortestResponse else { return nil }
      return "\"maximumLength\" is \(trial.maximumLength), but the response of a plan of "
        + "\(maze.leastPlanCells) cells alone has \(maze.shortestResponse) tokens; raise it"
    },
  ]

  fileprivate static let trainingChecks = [
    poolCheck("base.exercises", "training exercises, rounds included", share: 0.9) { $0.trainingExercises }
  ]

  private static func wordsProblem(_ side: String, _ cells: Int, _ key: String, _ words: Int) -> String? {
    guard words < cells else { return nil }
    return "\"\(side)\" is \(cells), but only \(words) have words; raise \"domain.\(key)\" to \(cells)"
  }

  private static func distractorCheck(
    _ key: String, _ count: @escaping @Sendable (MazeSettings) -> Int
  ) -> KindCheck<MazeSettings> {
    KindCheck(keys: ["domain.\(key)", "domain.width", "domain.height", "domain.maximumWallPercent"]) {
      maze, _ in
      let most = maze.cells - maze.walls.upperBound - 2
      guard count(maze) > most else { return nil }
      return
        "\"\(key)\" is \(count(maze)), but beside start and goal at least \(max(0, most)) cells stay free; "
        + "lower it"
    }
  }

  /// Refuses more exercises than the domain can have, with room for those without or with a short solution.
  private static func poolCheck(
    _ key: String, _ what: String, share: Double, _ wanted: @escaping @Sendable (DomainTrial) -> Int
  ) -> KindCheck<MazeSettings> {
    KindCheck(
      keys: [
        key, "rounds.count", "rounds.exercises", "domain.width", "domain.height", "domain.minimumWallPercent",
        "domain.maximumWallPercent",
      ]
    ) { maze, trial in
      guard maze.layouts >= leastLayouts else { return nil }
      let free = Double(maze.cells - maze.walls.lowerBound)
      let most = maze.layouts * share * free * (free - 1) / 4
      let asked = wanted(trial)
      guard Double(asked) > most else { return nil }
      return
        "\(asked) \(what) are asked for, but mazes of \(maze.width)x\(maze.height) give no more than about "
        + "\(Int(most)) different ones; ask for fewer or choose a larger maze"
    }
  }
}
