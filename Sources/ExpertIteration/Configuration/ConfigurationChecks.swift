import Model

/// A condition over several keys, checked before any work.
struct ConfigurationCheck: Sendable {
  /// The keys involved, first the one it is reported at; left out if one of them was wrong already.
  let keys: [String]
  /// What is wrong and what helps; nil: nothing.
  let problem: @Sendable (RunConfiguration) -> String?

  /// Those of a configuration of this kind.
  static func all(of kind: DomainKind) -> [Self] {
    kind.checks + kind.trainingChecks + model + training
  }

  /// What Model says of the network, each problem at the key that Model names.
  private static let model: [Self] = {
    let names = ConfigurationField.common.filter { $0.section == ["model"] }.map(\.name)
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
    Self(keys: ["method", "model.architecture"]) {
      guard $0.method == .hint, $0.model.architecture != .decoderOnly else { return nil }
      return
        "\"method\" is \"hint\", but only a decoder-only model predicts at the prompt's tokens; set "
        + "model.architecture to decoderOnly"
    },
    Self(keys: ["method", "domain.kind"]) { configuration in
      guard configuration.method == .hint, let domain = try? configuration.domain.makeDomain() else {
        return nil
      }
      let exercises = (0..<2000).lazy.compactMap {
        domain.exercise(seed: configuration.seed, index: $0, split: .train)
      }
      guard let prompt = exercises.first?.prompt, domain.hints(for: prompt) == nil else { return nil }
      return
        "\"method\" is \"hint\", but no token of such a prompt (\(domain.name)) completes a step of the trace; "
        + "choose another method"
    },
    Self(keys: ["method", "domain.tieBreak"]) {
      guard $0.method == .bestOfAStar else { return nil }
      switch $0.domain.tieBreak {
      case .deterministic:
        return
          "\"method\" is \"bestOfAStar\", but all runs of A* are alike with domain.tieBreak deterministic; "
          + "choose coin"
      case nil:
        return
          "\"method\" is \"bestOfAStar\", but \($0.domain.kind) has one reference and no search; choose another"
      default: return nil
      }
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
        "\"reliabilitySamples\" is \($0.rounds.reliabilitySamples), but with reliability 0 they may all be wrong; "
        + "raise rounds.reliability, or leave it out"
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

  /// Named whole, for the message may stand at another key where it has its default.
  private static func warmupProblem(_ phase: String, _ warmup: Int, steps: Int) -> String? {
    guard warmup >= steps, warmup > 0 else { return nil }
    return
      "\"\(phase).learningRate.warmupSteps\" is \(warmup), but there are at most \(steps) steps; lower it or "
      + "train on more"
  }
}
