import Model

/// The keys of a configuration, in the order people read them; with those of its domain, which stand with the
/// `DomainKind`, the only list of them.
extension ConfigurationField {
  /// The keys that a configuration of this kind may have.
  static func all(of kind: DomainKind) -> [Self] { general + kind.fields + common }

  /// All but the shorthands, of this kind.
  static func written(of kind: DomainKind) -> [Self] { all(of: kind).filter { !$0.isShorthand } }

  /// The keys that do not depend on the domain, after it.
  static let common: [Self] = model + optimizer + base + rounds + evaluation + sampler

  /// What each section is, for the schema.
  static let sections: [(name: String, summary: String)] = [
    ("domain", "The problems: what the exercises are and how they are written."),
    ("model", "The network."),
    ("optimizer", "AdamW."),
    ("base", "Round 0: training on the reference's own traces, from scratch or from given weights."),
    ("base.learningRate", "The learning rate of round 0 over its steps."),
    ("rounds", "The rounds after it: sample, keep what is shorter, fine-tune."),
    ("rounds.learningRate", "The learning rate of a round over its steps."),
    ("rounds.gate", "When a round is rejected, and what the next try changes."),
    ("evaluation", "What every round is measured on: test exercises, drawn once."),
    ("sampler", "How responses are drawn."),
  ]

  static let general: [Self] = [
    Self(
      path: ["seed"], kind: .integer(0...9_007_199_254_740_991), unit: nil,
      summary: "Decides every random draw: the same seed and configuration give the same bytes.",
      read: { .integer(Int($0.seed)) },
      write: { if case .integer(let value) = $1 { $0.seed = UInt64(value) } }),
    .choice(
      "method", \.method,
      "expertIteration, or a baseline: replaceAlways (the paper's rule: the round's shortest optimal sample, "
        + "even if longer), bestOfAStar (runs of the reference in place of samples), continued (more training "
        + "on its traces), solutionOnly (answers without traces), hint (traces as labels of the prompt's tokens), "
        + "traceDropping (its traces with parts left out)."),
    Self(
      path: ["domain", "kind"], kind: .choice(DomainConfiguration.kinds), unit: nil,
      summary: "The family of problems.", defaultRule: .required,
      read: { .text($0.domain.kind) }, write: { _, _ in }),
  ]

  /// The size before what it sets: fields are written in this order, and what is given has the last word.
  private static let model: [Self] = [
    Self(
      path: ["model", "size"], kind: .choice(ModelSettings.sizes), unit: nil,
      summary:
        "One of the paper's networks, in place of width, layers, heads and hiddenWidth; architecture is then "
        + "encoderDecoder and tokenShift 0 unless given.",
      read: { _ in .text("") }, write: { if case .text(let size) = $1 { $0.model.adopt(size: size) } }
    ).shorthand(for: ["width", "layers", "encoderLayers", "decoderLayers", "heads", "hiddenWidth"]),
    .choice(
      "model.architecture", \.model.architecture,
      "encoderDecoder is the paper's; decoderOnly reads prompt and response as one text."),
    .integer(
      "model.layers", \.model.decoderLayers, 1...64, unit: "layers",
      "Layers of the decoder and, if there is one, of the encoder."
    ).shorthand(for: ["encoderLayers", "decoderLayers"]),
    .integer(
      "model.width", \.model.width, 16...4096, unit: "numbers",
      "Size of a token's vector; a multiple of 16 and of the number of heads."),
    .integer("model.decoderLayers", \.model.decoderLayers, 1...64, unit: "layers", "Layers of the decoder."),
    .integer(
      "model.encoderLayers", \.model.encoderLayers, 0...64, unit: "layers", "Layers of the encoder."
    ).derived("as decoderLayers; 0 for decoderOnly", from: ["model.decoderLayers", "model.architecture"]) {
      $0.model.architecture == .decoderOnly ? 0 : $0.model.decoderLayers
    },
    .integer("model.heads", \.model.heads, 1...64, unit: "heads", "Attention heads."),
    .integer(
      "model.hiddenWidth", \.model.hiddenWidth, 16...16_384, unit: "numbers",
      "Size inside the gated feed-forward layer."
    ).derived("8/3 of width, rounded up to a multiple of 256", from: ["model.width"]) {
      TransformerConfiguration.defaultHiddenWidth(of: $0.model.width)
    },
    .integer(
      "model.tokenShift", \.model.tokenShift, 0...8, unit: "tokens",
      "Previous tokens whose own embeddings are added to a token's; 0 as in the paper."),
  ]

  private static let optimizer: [Self] = [
    .number(
      "optimizer.beta1", \.optimizer.beta1, .from(0, below: 1), "Decay of the gradient's running mean."),
    .number(
      "optimizer.beta2", \.optimizer.beta2, .from(0, below: 1), "Decay of the running mean of its square."),
    .number("optimizer.epsilon", \.optimizer.epsilon, .above(0, atMost: 1), "Added to the divisor."),
    .number(
      "optimizer.weightDecay", \.optimizer.weightDecay, .closed(0, 1),
      "Share of a weight taken off per step, times the learning rate."),
    .number(
      "optimizer.clipNorm", \.optimizer.clipNorm, .closed(0, 1000),
      "Longest gradient, as a norm over all parameters; 0: no limit."),
  ]

  private static let base: [Self] =
    [
      .text(
        "base.weights", \.base.weights,
        "A file of weights to start from in place of the seed's: what `shorten export --weights` writes, or a "
          + "run's checkpoint, of the same network and words. The path starts at the configuration file."
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

  private static let rounds: [Self] =
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
      .number(
        "rounds.temperature", \.rounds.temperature, .above(0, atMost: 10), "Of sampling training exercises."),
      .choice(
        "rounds.curation", \.rounds.curation,
        "What a kept trace must be beside shorter and part of an optimal response: any, sound (every clause "
          + "is true), legal (one that the reference could have written)."),
      .number(
        "rounds.reliability", \.rounds.reliability, .closed(0, 1),
        "The least share of optimal ones among an exercise's responses whose trace is no longer than a kept one; "
          + "0: one right by luck is kept too."),
      .integer(
        "rounds.reliabilitySamples", \.rounds.reliabilitySamples, 1...4096, unit: "responses",
        "The least number of an exercise's responses, right or wrong, whose trace is no longer than a kept one, "
          + "itself included: what reliability is a share of; 1: a single one will do."),
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

  private static let evaluation: [Self] = [
    .integer(
      "evaluation.exercises", \.evaluation.exercises, 1...10_000_000, unit: "exercises",
      "Test exercises, drawn once."),
    .integer(
      "evaluation.samples", \.evaluation.samples, 8...4096, unit: "responses",
      "Responses per test exercise, at temperature 1; fewer than 8 say too little of pass@1."),
    .integer(
      "evaluation.referenceRuns", \.evaluation.referenceRuns, 1...10_000, unit: "runs",
      "Runs of the reference per test exercise, for its mean length."),
    Self(
      path: ["evaluation", "sets"], kind: .sets, unit: nil,
      summary:
        "Other sets that every round is evaluated on, beside the test exercises, which alone decide: "
        + "what the model does outside its training distribution.",
      read: { .tree(.array($0.evaluation.sets.map(\.tree))) }, write: { _, _ in }),
  ]

  private static let sampler: [Self] = [
    .integer(
      "sampler.maximumLength", \.sampler.maximumLength, SamplerConfiguration.lengths, unit: "tokens",
      "Where a response is cut; a cut response counts as failed."
    ).derived(
      "a create and a close for each free cell, and a plan over a third of them, in the largest set; at most "
        + "65535",
      from: ["domain.width", "domain.height", "domain.grammar", "domain.minimumWallPercent"]
    ) { SamplerConfiguration.defaultLength(for: $0) },
    .integer(
      "sampler.rowsPerThread", \.sampler.rowsPerThread, 1...1024, unit: "sequences",
      "Sequences a thread works on at once, at most; changes speed and memory, never a result."
    ).withoutEffectOnResults(),
    .flag(
      "sampler.halfPrecisionCache", \.sampler.halfPrecisionCache,
      "Keeps keys and values in 16 bits: half the memory, slightly different samples."),
  ]

  private static func learningRate(_ section: String, _ path: Path<LearningRate>) -> [Self] {
    typealias Inner = WritableKeyPath<LearningRate, Double> & Sendable
    func row(_ key: String, _ inner: Inner, _ range: NumberRange, unit: String? = nil, _ summary: String)
      -> Self
    {
      Self(
        path: split(section) + [key], kind: .number(range), unit: unit, summary: summary,
        read: { .number($0[keyPath: path][keyPath: inner]) },
        write: { if case .number(let value) = $1 { $0[keyPath: path][keyPath: inner] = value } })
    }
    return [
      row("peak", \.peak, .above(0, atMost: 1), "The highest learning rate, reached after the warm-up."),
      Self(
        path: split(section) + ["warmupSteps"], kind: .integer(0...10_000_000), unit: "steps",
        summary: "Steps over which it rises from 0; fewer than there are steps.",
        read: { .integer($0[keyPath: path].warmupSteps) },
        write: { if case .integer(let value) = $1 { $0[keyPath: path].warmupSteps = value } }),
      Self(
        path: split(section) + ["decay"], kind: .choice(LearningRate.Decay.allCases.map(\.rawValue)),
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
