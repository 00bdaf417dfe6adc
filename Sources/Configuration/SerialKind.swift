import Search

/// Serial tasks: the keys that they share, and what must hold between them. `SerialProblemKinds.swift` has
/// each problem's own keys and first configuration.
enum SerialKind {
  static let all = [modularAddition, permutationComposition, iteratedSquaring, circuitValue, lastLetter]

  static func kind(of problem: SerialSettings.Problem) -> DomainKind {
    switch problem {
    case .modularAddition: modularAddition
    case .permutationComposition: permutationComposition
    case .iteratedSquaring: iteratedSquaring
    case .circuitValue: circuitValue
    case .lastLetter: lastLetter
    }
  }

  /// The kind of one problem: its `own` keys, and the shared ones without those that are `meaningless` for
  /// it.
  static func kind<Problem>(
    of part: Part<SerialSettings, Problem>, _ problem: SerialSettings.Problem, own: [Setting<Problem>],
    without meaningless: [String] = [], starter: String
  ) -> DomainKind {
    let settings = SerialSettings(problem)
    let fields = own.map { $0.lifted(to: part) } + shared.filter { !meaningless.contains($0.key) }
    let keys = fields.map(\.name)
    return DomainKind(
      name: settings.name, defaults: settings,
      in: Part(get: { $0.serial }, put: { $0.serial = $1 }, fallback: settings), fields: fields,
      checks: checks(of: keys),
      trainingChecks: [
        poolCheck("base.exercises", "training exercises, rounds included", share: 0.9, keys) {
          $0.trainingExercises
        }
      ], beginningChecks: [emptyTraces], starter: starter)
  }

  typealias Ranges = SerialSettings.Ranges

  private static let shared: [Setting<SerialSettings>] = [
    .integer(
      "domain.minimumLength", \.minimumLength, Ranges.minimumLength, unit: "steps",
      "Steps of the shortest task."
    ).varyingBySet(),
    .integer(
      "domain.maximumLength", \.maximumLength, Ranges.maximumLength, unit: "steps",
      "Steps of the longest task; each number of steps between the two is as likely."
    ).varyingBySet(),
    .choice(
      "domain.layout", \.layout,
      "How responses are written: marked has ans before the answer, paper ends a chain of bare values in "
        + "it."),
    .flag(
      "domain.positions", \.positions,
      "Whether an entry of the chain names its step: a token more, and its truth is no luck. In layout "
        + "marked."
    ),
    .integer(
      "domain.stride", \.stride, Ranges.stride, unit: "steps",
      "The reference's chain holds every so many-th value: 1 all, as many as maximumLength none."),
    .integer(
      "domain.skipPercent", \.skipPercent, Ranges.skipPercent, unit: "percent",
      "Chance that the reference leaves out an entry of its chain; with 0 all chains of a task are alike, "
        + "and rounds have only temperature to find shorter ones."),
    .integer(
      "domain.distractors", \.distractors, Ranges.distractors, unit: "premises",
      "Premises in the prompt that do not count; they change neither chain nor answer."
    ).varyingBySet(),
    .flag(
      "domain.shufflePremises", \.shufflePremises,
      "Whether the premises stand in random order, each with its tag."
    ).varyingBySet(),
    .integer(
      "domain.vocabularyLength", \.wordsLength, Ranges.vocabularyLength, unit: "steps",
      "Steps that have words; more than maximumLength lets evaluation sets have longer tasks. Their words "
        + "are then never trained on."
    ).derived("maximumLength, and of circuits distractors too", from: ["domain.maximumLength"]) {
      $0.wordsLength
    },
  ]
}

// MARK: - Checks

extension SerialKind {
  /// What the domain itself says of its settings; then the number of tasks.
  private static func checks(of keys: [String]) -> [KindCheck<SerialSettings>] {
    [
      KindCheck(ofDomainWith: keys),
      poolCheck("evaluation.exercises", "test exercises", share: 0.1, keys) { $0.evaluationExercises },
      KindCheck(keys: ["sampler.maximumLength"]) { settings, trial in
        guard trial.maximumLength < settings.shortestResponse else { return nil }
        return
          "\"maximumLength\" is \(trial.maximumLength), but an answer alone has \(settings.shortestResponse) "
          + "tokens; raise it"
      },
    ]
  }

  /// Tasks are drawn, not counted through: with fewer than ten times as many as asked for, too many draws
  /// repeat, and what is tested comes close to what was trained on.
  private static func poolCheck(
    _ key: String, _ what: String, share: Double, _ keys: [String],
    _ wanted: @escaping @Sendable (DomainTrial) -> Int
  ) -> KindCheck<SerialSettings> {
    KindCheck(keys: [key, "rounds.count", "rounds.exercises"] + keys) { settings, trial in
      // Invalid settings are reported by the domain's own check.
      guard trial.domain != nil else { return nil }
      let most = settings.tasks * share / 10
      let asked = wanted(trial)
      guard Double(asked) > most else { return nil }
      return
        "\(asked) \(what) are asked for, but there are about \(Int(settings.tasks * share)) such tasks, "
        + "which is enough for \(Int(most)); ask for fewer or make the tasks longer or more various"
    }
  }

  /// A stride of the longest task leaves no entry in any chain, and nothing is shorter than that.
  private static let emptyTraces = KindCheck<SerialSettings>(
    keys: ["domain.stride", "domain.maximumLength", "method", "rounds.count"]
  ) { settings, trial in
    guard trial.method == .expertIteration, trial.rounds > 0, settings.stride >= settings.maximumLength,
      trial.exercises.prefix(64).allSatisfy({ $0.trace?.isEmpty ?? true }), trial.domain != nil
    else { return nil }
    return
      "\"stride\" is \(settings.stride), which leaves the reference's chains empty: the rounds could keep "
      + "nothing that is shorter; lower it, choose another method, or set rounds.count to 0"
  }
}
