import Model
import Search

/// A condition over several keys, checked before any work.
struct ConfigurationCheck: Sendable {
  /// The keys involved, first the one it is reported at; left out if one of them was wrong already.
  let keys: [String]
  /// What is wrong and what helps; nil: nothing.
  let problem: @Sendable (RunConfiguration) -> String?

  static let all: [Self] = domain + [trainingPool] + model + training

  /// Those that an evaluation set must pass as well, with its domain in place of the run's.
  static let ofSets = domain

  /// With fewer layouts of walls, one side of the split may be left empty.
  private static let leastLayouts = 500.0

  private static let domain: [Self] = [
    Self(keys: ["domain.maximumWallPercent", "domain.minimumWallPercent"]) {
      let maze = $0.domain.maze
      guard maze.minimumWallPercent > maze.maximumWallPercent else { return nil }
      return "\"maximumWallPercent\" (\(maze.maximumWallPercent)) is below \"minimumWallPercent\" "
        + "(\(maze.minimumWallPercent))"
    },
    Self(keys: ["domain.minimumPlanCells", "domain.width", "domain.height", "domain.minimumWallPercent"]) {
      let maze = $0.domain.maze
      let free = maze.cells - maze.walls.lowerBound
      guard maze.leastPlanCells > free else { return nil }
      return "\"minimumPlanCells\" is \(maze.leastPlanCells), but a maze has at most \(free) free cells"
    },
    Self(
      keys: ["domain.width", "domain.height", "domain.minimumWallPercent", "domain.maximumWallPercent"]
    ) { configuration in
      let layouts = configuration.domain.maze.layouts
      guard layouts < leastLayouts else { return nil }
      return "this size and share of walls have \(Int(layouts)) layouts of walls in all, too few to keep "
        + "test mazes apart from training mazes; choose a larger maze or more walls"
    },
    Self(keys: ["domain.vocabularyWidth", "domain.width"]) {
      wordsProblem("width", $0.domain.maze.width, "vocabularyWidth", $0.domain.maze.wordsWidth)
    },
    Self(keys: ["domain.vocabularyHeight", "domain.height"]) {
      wordsProblem("height", $0.domain.maze.height, "vocabularyHeight", $0.domain.maze.wordsHeight)
    },
    distractorCheck("irrelevantWalls") { $0.irrelevantWalls },
    distractorCheck("decoyGoals") { $0.decoyGoals },
    poolCheck("evaluation.exercises", "test exercises", share: 0.1) { $0.evaluation.exercises },
    Self(keys: ["sampler.maximumLength", "domain.grammar", "domain.minimumPlanCells"]) {
      let least = $0.domain.maze.shortestResponse
      guard $0.sampler.maximumLength < least else { return nil }
      return "\"maximumLength\" is \($0.sampler.maximumLength), but the response of a plan of "
        + "\($0.domain.maze.leastPlanCells) cells alone has \(least) tokens; raise it"
    },
  ]

  private static let trainingPool = poolCheck(
    "base.exercises", "training exercises, rounds included", share: 0.9
  ) {
    $0.base.exercises + $0.rounds.count * $0.rounds.exercises
  }

  private static func wordsProblem(_ side: String, _ cells: Int, _ key: String, _ words: Int) -> String? {
    guard words < cells else { return nil }
    return "\"\(side)\" is \(cells), but only \(words) have words; raise \"domain.\(key)\" to \(cells)"
  }

  private static func distractorCheck(
    _ key: String, _ count: @escaping @Sendable (MazeSettings) -> Int
  ) -> Self {
    Self(keys: ["domain.\(key)", "domain.width", "domain.height", "domain.maximumWallPercent"]) {
      let maze = $0.domain.maze
      let most = maze.cells - maze.walls.upperBound - 2
      guard count(maze) > most else { return nil }
      return
        "\"\(key)\" is \(count(maze)), but beside start and goal at least \(max(0, most)) cells stay free; "
        + "lower it"
    }
  }

  /// What Model says of the network, each problem at the key that Model names.
  private static let model: [Self] = {
    let names = ConfigurationField.all.filter { $0.section == ["model"] }.map(\.name)
    return names.map { name in
      Self(keys: [name] + names) {
        do {
          try $0.model.configuration(vocabularySize: 64).validate()
          return nil
        } catch ModelError.invalidSetting(let field, let value, let fix) {
          return "model.\(field)" == name ? "\"\(field)\" is \(value); \(fix)" : nil
        } catch {
          return nil
        }
      }
    }
  }()

  private static let training: [Self] = [
    Self(keys: ["method", "domain.tieBreak"]) {
      guard $0.method == .bestOfAStar, $0.domain.maze.tieBreak == .deterministic else { return nil }
      return
        "\"method\" is \"bestOfAStar\", but all runs of A* are alike with domain.tieBreak deterministic; "
        + "choose coin"
    },
    Self(keys: ["base.learningRate.warmupSteps", "base.exercises", "base.epochs", "base.batchSize"]) {
      let base = $0.base
      let steps = Self.steps(exercises: base.exercises, batchSize: base.batchSize, epochs: base.epochs)
      return warmupProblem(base.learningRate.warmupSteps, steps: steps)
    },
    Self(
      keys: [
        "rounds.learningRate.warmupSteps", "rounds.count", "rounds.exercises", "rounds.epochs",
        "rounds.batchSize",
      ]
    ) {
      let rounds = $0.rounds
      guard rounds.count > 0 else { return nil }
      let most = rounds.mostSequences(round: rounds.count)
      let steps = Self.steps(exercises: most, batchSize: rounds.batchSize, epochs: rounds.epochs)
      return warmupProblem(rounds.learningRate.warmupSteps, steps: steps)
    },
  ]

  /// Steps of a phase, as `TrainingSet` counts them.
  private static func steps(exercises: Int, batchSize: Int, epochs: Double) -> Int {
    let perEpoch = max(1, exercises / min(batchSize, max(1, exercises)))
    return max(1, Int((epochs * Double(perEpoch)).rounded()))
  }

  private static func warmupProblem(_ warmup: Int, steps: Int) -> String? {
    guard warmup >= steps, warmup > 0 else { return nil }
    return "\"warmupSteps\" is \(warmup), but there are at most \(steps) steps; lower it or train on more"
  }

  /// More exercises than the domain can have, with room for those that have no or a short solution.
  private static func poolCheck(
    _ key: String, _ what: String, share: Double, _ wanted: @escaping @Sendable (RunConfiguration) -> Int
  ) -> Self {
    Self(
      keys: [
        key, "rounds.count", "rounds.exercises", "domain.width", "domain.height", "domain.minimumWallPercent",
        "domain.maximumWallPercent",
      ]
    ) {
      let maze = $0.domain.maze
      guard maze.layouts >= leastLayouts else { return nil }
      let free = Double(maze.cells - maze.walls.lowerBound)
      let most = maze.layouts * share * free * (free - 1) / 4
      let asked = wanted($0)
      guard Double(asked) > most else { return nil }
      return
        "\(asked) \(what) are asked for, but mazes of \(maze.width)x\(maze.height) give no more than about "
        + "\(Int(most)) different ones; ask for fewer or choose a larger maze"
    }
  }
}
