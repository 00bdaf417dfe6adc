import NetworkSettings

/// A condition over several keys, checked before any work.
struct ConfigurationCheck: Sendable {
  /// The keys involved, first the one where a problem is reported; the check is left out if one of them was
  /// wrong already.
  let keys: [String]
  /// What is wrong and what helps; nil if nothing is wrong.
  let problem: @Sendable (RunConfiguration, DomainTrial) -> SettingProblem?

  private init(
    keys: [String], _ problem: @escaping @Sendable (RunConfiguration, DomainTrial) -> SettingProblem?
  ) {
    self.keys = keys
    self.problem = problem
  }

  private init(keys: [String], _ problem: @escaping @Sendable (RunConfiguration) -> String?) {
    self.init(keys: keys) { configuration, _ in problem(configuration).map { SettingProblem(text: $0) } }
  }

  private init(_ check: DomainCheck) {
    self.init(keys: check.keys) { _, trial in check.problem(trial) }
  }

  /// The checks of a configuration of this kind; `beginning` if a run is to begin with it.
  static func all(of kind: DomainKind, beginning: Bool) -> [Self] {
    (kind.checks + kind.trainingChecks).map(Self.init) + [model] + training
      + (beginning ? kind.beginningChecks.map(Self.init) : [])
  }

  /// The checks of an evaluation set of this kind.
  static func ofSet(_ kind: DomainKind) -> [Self] { kind.checks.map(Self.init) }

  /// What the network's settings say of themselves, at the key that they name.
  private static let model: Self = {
    let names = ConfigurationTable.common.filter { $0.section == ["model"] }.map(\.name)
    return Self(keys: names) { configuration, _ in
      do throws(InvalidSetting) {
        try configuration.model.configuration(vocabularySize: 64).validate()
        return nil
      } catch {
        let name = "model.\(error.field)"
        guard names.contains(name) else { return nil }
        return SettingProblem(key: name, text: "\"\(error.field)\" is \(error.value); \(error.fix)")
      }
    }
  }()

  private static let training: [Self] = [
    Self(keys: ["method", "model.architecture"]) {
      guard $0.method == .hint, $0.model.architecture != .decoderOnly else { return nil }
      return
        "\"method\" is \"hint\", but only a decoder-only model predicts at the prompt's tokens; set "
        + "model.architecture to decoderOnly"
    },
    Self(keys: ["method", "domain.kind"]) { _, trial in
      guard trial.method == .hint, let domain = trial.domain,
        let prompt = trial.exercises.first(where: { _ in true })?.prompt,
        domain.variations?.hints(for: prompt) == nil
      else { return nil }
      return SettingProblem(
        text: "\"method\" is \"hint\", but no token of such a prompt (\(domain.name)) completes a step of "
          + "the trace; choose another method")
    },
    Self(keys: ["method", "domain.tieBreak"]) {
      guard $0.method == .bestOfReference else { return nil }
      switch $0.domain.tieBreak {
      case .deterministic:
        return
          "\"method\" is \"bestOfReference\", but all runs of A* are alike with domain.tieBreak "
          + "deterministic; choose coin"
      // The check of a kind from outside says it with its own reason.
      case nil where !$0.domain.hasVerifier:
        return
          "\"method\" is \"bestOfReference\", but \($0.domain.kind.name) has one reference and no search; "
          + "choose another"
      default: return nil
      }
    },
    Self(keys: ["rounds.shortcuts", "method"]) {
      guard $0.rounds.shortcuts > 0, !$0.method.samplesModel else { return nil }
      return
        "\"shortcuts\" is \($0.rounds.shortcuts), but with method \($0.method.rawValue) rounds do not sample "
        + "the model; leave it out"
    },
    Self(keys: ["rounds.shortcuts", "domain.kind"]) {
      guard $0.rounds.shortcuts > 0, case .external = $0.domain else { return nil }
      return
        "\"shortcuts\" is \($0.rounds.shortcuts), but where a clause of an external trace ends is not known; "
        + "leave it out, or use the domain text, whose clauses are lines"
    },
    Self(keys: ["rounds.reliabilitySamples", "rounds.samples"]) {
      guard $0.rounds.reliabilitySamples > $0.rounds.samples else { return nil }
      return
        "\"reliabilitySamples\" is \($0.rounds.reliabilitySamples), but an exercise has \($0.rounds.samples) "
        + "samples, so that nothing would be kept; lower it or raise rounds.samples"
    },
    Self(keys: ["rounds.reliabilitySamples", "rounds.reliability"]) {
      guard $0.rounds.reliabilitySamples > 1, $0.rounds.reliability == 0 else { return nil }
      return
        "\"reliabilitySamples\" is \($0.rounds.reliabilitySamples), but with reliability 0 they may all be "
        + "wrong; raise rounds.reliability, or leave it out"
    },
    Self(keys: ["base.weightsSHA256", "base.weights"]) {
      guard $0.base.weights.isEmpty, !$0.base.weightsSHA256.isEmpty else { return nil }
      return "\"weightsSHA256\" is of no file; give base.weights too, or leave it out"
    },
    Self(keys: ["base.epochs", "base.weights"]) {
      guard $0.base.epochs == 0, $0.base.weights.isEmpty else { return nil }
      return
        "\"epochs\" is 0, but without base.weights round 0 must be trained; give weights, or passes above 0"
    },
    Self(keys: ["base.learningRate.warmupSteps", "base.exercises", "base.epochs", "base.batchSize"]) {
      let base = $0.base
      guard base.epochs > 0 else { return nil }
      let steps = Self.steps(exercises: base.exercises, batchSize: base.batchSize, epochs: base.epochs)
      return warmupProblem("base", base.learningRate.warmupSteps, steps: steps)
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
      return warmupProblem("rounds", rounds.learningRate.warmupSteps, steps: steps)
    },
  ]

  /// Steps of a phase, as `TrainingSet` counts them.
  private static func steps(exercises: Int, batchSize: Int, epochs: Double) -> Int {
    let perEpoch = max(1, exercises / min(batchSize, max(1, exercises)))
    return max(1, Int((epochs * Double(perEpoch)).rounded()))
  }

  /// The key is named in full, because the message may be reported at another key if it has its default.
  private static func warmupProblem(_ phase: String, _ warmup: Int, steps: Int) -> String? {
    guard warmup >= steps, warmup > 0 else { return nil }
    return
      "\"\(phase).learningRate.warmupSteps\" is \(warmup), but there are at most \(steps) steps; lower it or "
      + "train on more"
  }
}
