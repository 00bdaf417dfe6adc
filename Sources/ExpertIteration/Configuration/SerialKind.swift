import Search

/// Serial tasks: the keys they share, and what must hold between them. Each problem's own keys and first
/// configuration stand in `SerialProblemKinds.swift`.
enum SerialKind {
  static let all = [modularAddition, permutationComposition, iteratedSquaring, circuitValue, lastLetter]

  static func family(of problem: SerialSettings.Problem) -> DomainKind {
    switch problem {
    case .modularAddition: modularAddition
    case .permutationComposition: permutationComposition
    case .iteratedSquaring: iteratedSquaring
    case .circuitValue: circuitValue
    case .lastLetter: lastLetter
    }
  }

  /// A kind with its `own` keys and the shared ones but for those that say nothing of it.
  static func kind(
    _ problem: SerialSettings.Problem, own: [ConfigurationField], without meaningless: [String] = [],
    starter: String
  ) -> DomainKind {
    let settings = SerialSettings(problem)
    let fields = own + shared.filter { !meaningless.contains($0.key) }
    return DomainKind(
      name: settings.name, defaults: .serial(settings), fields: fields, checks: checks(of: fields),
      trainingChecks: [
        poolCheck("base.exercises", "training exercises, rounds included", share: 0.9, fields) {
          $0.base.exercises + $0.rounds.count * $0.rounds.exercises
        }
      ], starter: starter)
  }

  private static let shared: [ConfigurationField] = [
    .integer(
      "domain.minimumLength", \.domain.serial.minimumLength, SerialSettings.lengths, unit: "steps",
      "Steps of the shortest task."
    ).varyingBySet(),
    .integer(
      "domain.maximumLength", \.domain.serial.maximumLength, SerialSettings.lengths, unit: "steps",
      "Steps of the longest task; each number of steps between the two is as likely."
    ).varyingBySet(),
    .choice(
      "domain.layout", \.domain.serial.layout,
      "How responses are written: marked has ans before the answer, paper ends a chain of bare values in it."),
    .flag(
      "domain.positions", \.domain.serial.positions,
      "Whether an entry of the chain names its step: a token more, and its truth is no luck. In layout marked."
    ),
    .integer(
      "domain.stride", \.domain.serial.stride, SerialSettings.lengths, unit: "steps",
      "The reference's chain holds every so many-th value: 1 all, as many as maximumLength none."),
    .integer(
      "domain.skipPercent", \.domain.serial.skipPercent, 0...90, unit: "percent",
      "Chance that the reference leaves out an entry of its chain; with 0 all chains of a task are alike, and "
        + "rounds have only temperature to find shorter ones."),
    .integer(
      "domain.distractors", \.domain.serial.distractors, 0...64, unit: "premises",
      "Premises in the prompt that do not count; they change neither chain nor answer."
    ).varyingBySet(),
    .flag(
      "domain.shufflePremises", \.domain.serial.shufflePremises,
      "Whether the premises stand in random order, each with its tag."
    ).varyingBySet(),
    .integer(
      "domain.vocabularyLength", \.domain.serial.wordsLength, SerialSettings.lengths, unit: "steps",
      "Steps that have words; more than maximumLength lets evaluation sets have longer tasks. Their words are "
        + "then never trained on."
    ).derived("maximumLength, and of circuits distractors too", from: ["domain.maximumLength"]) {
      $0.domain.serial.wordsLength
    },
  ]
}

// MARK: - Checks

extension SerialKind {
  /// What the domain itself says of its settings, each problem at the key it names; then the number of tasks.
  private static func checks(of fields: [ConfigurationField]) -> [ConfigurationCheck] {
    fields.map(\.name).map { name in
      ConfigurationCheck(keys: [name] + fields.map(\.name)) {
        do {
          _ = try $0.domain.makeDomain()
          return nil
        } catch SearchError.invalidSetting(let key, let value, let requirement) {
          return "domain.\(key)" == name ? "\"\(key)\" is \(value); \(requirement)" : nil
        } catch {
          return nil
        }
      }
    } + [
      poolCheck("evaluation.exercises", "test exercises", share: 0.1, fields) { $0.evaluation.exercises },
      ConfigurationCheck(keys: ["sampler.maximumLength"]) {
        let least = $0.domain.serial.shortestResponse
        guard $0.sampler.maximumLength < least else { return nil }
        return
          "\"maximumLength\" is \($0.sampler.maximumLength), but an answer alone has \(least) tokens; raise it"
      },
    ]
  }

  /// Tasks are drawn, not counted through: with fewer than ten times as many as asked for, too many draws
  /// repeat, and what is tested comes close to what was trained on.
  private static func poolCheck(
    _ key: String, _ what: String, share: Double, _ fields: [ConfigurationField],
    _ wanted: @escaping @Sendable (RunConfiguration) -> Int
  ) -> ConfigurationCheck {
    ConfigurationCheck(keys: [key, "rounds.count", "rounds.exercises"] + fields.map(\.name)) {
      let settings = $0.domain.serial
      // What is wrong with the settings themselves is said there.
      guard (try? settings.makeDomain()) != nil else { return nil }
      let most = settings.tasks * share / 10
      let asked = wanted($0)
      guard Double(asked) > most else { return nil }
      return
        "\(asked) \(what) are asked for, but there are about \(Int(settings.tasks * share)) such tasks, which is "
        + "enough for \(Int(most)); ask for fewer or make the tasks longer or more various"
    }
  }
}
