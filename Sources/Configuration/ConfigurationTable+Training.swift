import NetworkSettings

// MARK: - Round 0 and the rounds after it

extension ConfigurationTable {
  static let base: [ConfigurationField] =
    [
      .text(
        "base.weights", \.base.weights,
        "A file of weights to start from in place of the seed's: what `shorten export --weights` writes, or "
          + "a run's checkpoint, of the same network and words. The path starts at the configuration file."
      ).withoutEffectOnResults(),
      .text("base.weightsSHA256", \.base.weightsSHA256, "The SHA-256 that this file must have.").loaded(
        "that of the file"),
      .integer(
        "base.exercises", \.base.exercises, 1...100_000_000, unit: "exercises",
        "Training exercises drawn for round 0."),
      .number(
        "base.epochs", \.base.epochs, .closed(0, 1000), unit: "passes",
        "Passes over them; 0 takes base.weights as they are."),
      .integer("base.batchSize", \.base.batchSize, 1...4096, unit: "sequences", "Sequences per step."),
    ] + learningRate("base.learningRate", \.base.learningRate) + [
      .integer(
        "base.checkpointInterval", \.base.checkpointInterval, 1...1_000_000, unit: "steps",
        "Steps between checkpoints: the most that a kill can cost.")
    ]

  static let rounds: [ConfigurationField] =
    [
      .integer("rounds.count", \.rounds.count, 0...1000, unit: "rounds", "Rounds after round 0.").raisable(),
      .integer(
        "rounds.exercises", \.rounds.exercises, 1...10_000_000, unit: "exercises",
        "Fresh training exercises drawn and sampled in each round."),
      .integer(
        "rounds.revisitedExercises", \.rounds.revisitedExercises, 0...10_000_000, unit: "exercises",
        "Training exercises of earlier rounds sampled again in each round."),
      .integer(
        "rounds.samples", \.rounds.samples, 1...4096, unit: "responses", "Responses per training exercise."),
      .integer(
        "rounds.shortcuts", \.rounds.shortcuts, 0...4096, unit: "responses",
        "Further responses per training exercise, each of which begins as its shortest right one with a "
          + "clause left out and is finished by the model."),
      .number(
        "rounds.temperature", \.rounds.temperature, .above(0, atMost: 10), "Of sampling training exercises."),
      .choice(
        "rounds.curation", \.rounds.curation,
        "What a kept trace must be beside shorter and part of an optimal response: any, sound (every clause "
          + "is true), legal (one that the reference could have written)."),
      .number(
        "rounds.reliability", \.rounds.reliability, .closed(0, 1),
        "The least share of optimal ones among an exercise's responses whose trace is no longer than a kept "
          + "one; 0: one right by luck is kept too."),
      .integer(
        "rounds.reliabilitySamples", \.rounds.reliabilitySamples, 1...4096, unit: "responses",
        "The least number of an exercise's responses, right or wrong, whose trace is no longer than a kept "
          + "one, itself included: what reliability is a share of; 1: a single one will do."),
      .number(
        "rounds.epochs", \.rounds.epochs, .above(0, atMost: 1000), unit: "passes",
        "Passes over a round's sequences."),
      .integer("rounds.batchSize", \.rounds.batchSize, 1...4096, unit: "sequences", "Sequences per step."),
    ] + learningRate("rounds.learningRate", \.rounds.learningRate) + [
      .number(
        "rounds.fullTraceShare", \.rounds.fullTraceShare, .closed(0, 1),
        "Share of the reference's own traces among the sequences trained on."),
      .integer(
        "rounds.replayRounds", \.rounds.replayRounds, 0...1000, unit: "rounds",
        "Earlier rounds whose kept traces are trained on again."),
      .integer(
        "rounds.checkpointInterval", \.rounds.checkpointInterval, 1...1_000_000, unit: "steps",
        "Steps between checkpoints."),
      .number(
        "rounds.gate.maximumDrop", \.rounds.gate.maximumDrop, .closed(0, 100), unit: "points of optimal_pct",
        "A round that falls further below round 0 or the last accepted one is rejected: its weights roll "
          + "back."
      ),
      .integer(
        "rounds.gate.maximumRejections", \.rounds.gate.maximumRejections, 1...100, unit: "rounds",
        "Rejections in a row that end the run."),
      .number(
        "rounds.gate.retryScale", \.rounds.gate.retryScale, .above(0, atMost: 1),
        "The peak learning rate is multiplied by this for each rejection in a row."),
      .integer(
        "rounds.patience", \.rounds.patience, 0...1000, unit: "rounds",
        "Accepted rounds in a row with less than minimumGain that end the run; 0: never."),
      .number(
        "rounds.minimumGain", \.rounds.minimumGain, .closed(0, 100), unit: "percent",
        "The least shortening of the paired trace length that counts as progress."),
    ]

  private static func learningRate(
    _ section: String, _ path: ConfigurationField.Path<LearningRate>
  ) -> [ConfigurationField] {
    typealias Inner = WritableKeyPath<LearningRate, Double> & Sendable
    func row(_ key: String, _ inner: Inner, _ range: NumberRange, unit: String? = nil, _ summary: String)
      -> ConfigurationField
    {
      ConfigurationField(
        path: keyPath(section) + [key], kind: .number(range), unit: unit, summary: summary,
        read: { .number($0[keyPath: path][keyPath: inner]) },
        write: { if case .number(let value) = $1 { $0[keyPath: path][keyPath: inner] = value } })
    }
    return [
      row("peak", \.peak, .above(0, atMost: 1), "The highest learning rate, reached after the warm-up."),
      ConfigurationField(
        path: keyPath(section) + ["warmupSteps"], kind: .integer(0...10_000_000), unit: "steps",
        summary: "Steps over which it rises from 0; fewer than there are steps.",
        read: { .integer($0[keyPath: path].warmupSteps) },
        write: { if case .integer(let value) = $1 { $0[keyPath: path].warmupSteps = value } }),
      ConfigurationField(
        path: keyPath(section) + ["decay"], kind: .choice(LearningRate.Decay.allCases.map(\.rawValue)),
        unit: nil,
        summary: "How it falls to finalShare at the end.",
        read: { .text($0[keyPath: path].decay.rawValue) },
        write: { configuration, value in
          if case .text(let text) = value, let decay = LearningRate.Decay(rawValue: text) {
            configuration[keyPath: path].decay = decay
          }
        }),
      row(
        "decayShare", \.decayShare, .above(0, atMost: 1),
        "The last share of the steps over which it falls."),
      row("finalShare", \.finalShare, .closed(0, 1), unit: "share of the peak", "Where it ends."),
    ]
  }
}
