import NetworkSettings

/// The only list of the keys of a configuration, in the order in which people read them. The keys of a domain
/// are with its `DomainKind`.
enum ConfigurationTable {
  /// The keys that a configuration of this kind may have.
  static func all(of kind: DomainKind) -> [ConfigurationField] {
    general + domain(of: kind) + common
  }

  /// All but the shorthands, of this kind.
  static func written(of kind: DomainKind) -> [ConfigurationField] {
    all(of: kind).filter { !$0.isShorthand }
  }

  /// The keys under `domain` in addition to `kind`.
  static func domain(of kind: DomainKind) -> [ConfigurationField] { kind.fields.map { $0.lifted(to: part) } }

  /// The keys that do not depend on the domain, and come after it.
  static let common: [ConfigurationField] =
    model + optimizer + objective + base + rounds + evaluation + sampler

  private static let part = Part<RunConfiguration, DomainConfiguration>(
    get: { $0.domain }, put: { $0.domain = $1 }, fallback: DomainKind.first.defaults)

  static let general: [ConfigurationField] = [
    ConfigurationField(
      path: ["seed"], kind: .integer(0...9_007_199_254_740_991), unit: nil,
      summary: "Decides every random draw: the same seed and configuration give the same bytes.",
      read: { .integer(Int($0.seed)) },
      write: { if case .integer(let value) = $1 { $0.seed = UInt64(value) } }),
    .choice(
      "method", \.method,
      "expertIteration, or a baseline: replaceAlways (the paper's rule: the round's shortest optimal sample, "
        + "even if longer), bestOfReference (runs of the reference in place of samples), continued (more "
        + "training on its traces), solutionOnly (answers without traces), hint (traces as labels "
        + "of the prompt's "
        + "tokens), traceDropping (its traces with parts left out)."
    ).alias("bestOfAStar", for: TraceMethod.bestOfReference.rawValue),
    ConfigurationField(
      path: ["domain", "kind"], kind: .choice(DomainConfiguration.kinds), unit: nil,
      summary: "The family of problems.", defaultRule: .required,
      read: { .text($0.domain.kind.name) }, write: { _, _ in }),
  ]

  /// The size comes before the keys that it sets: keys are written in this order, so that a given key has the
  /// last word.
  private static let model: [ConfigurationField] = [
    ConfigurationField(
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

  private static let optimizer: [ConfigurationField] = [
    .choice(
      "optimizer.kind", \.optimizer.kind,
      "adamW, or muon: the hidden matrices are moved by the orthogonal factor of their momentum, all else by "
        + "AdamW."),
    .number(
      "optimizer.momentum", \.optimizer.momentum, .from(0, below: 1),
      "muon: decay of the running mean of a hidden matrix's gradient."),
    .number(
      "optimizer.matrixRate", \.optimizer.matrixRate, .above(0, atMost: 1000),
      unit: "multiples of the learning rate", "muon: the learning rate of the hidden matrices."),
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

  private static let objective: [ConfigurationField] = [
    .integer(
      "objective.headsAhead", \.objective.headsAhead, 0...8, unit: "heads",
      "Heads that learn to predict the token after the next, the one after that, and so on: a training aid "
        + "that sampling does not use."),
    .number(
      "objective.aheadWeight", \.objective.aheadWeight, .above(0, atMost: 10),
      "What the loss of each of them counts, beside 1 for the next token's."),
  ]

  private static let evaluation: [ConfigurationField] = [
    .integer(
      "evaluation.exercises", \.evaluation.exercises, 1...10_000_000, unit: "exercises",
      "Test exercises, drawn once."),
    .integer(
      "evaluation.samples", \.evaluation.samples, 8...4096, unit: "responses",
      "Responses per test exercise, at temperature 1; fewer than 8 say too little of pass@1."),
    .integer(
      "evaluation.referenceRuns", \.evaluation.referenceRuns, 1...10_000, unit: "runs",
      "Runs of the reference per test exercise, for its mean length."),
    ConfigurationField(
      path: ["evaluation", "sets"], kind: .sets, unit: nil,
      summary:
        "Other sets that every round is evaluated on, beside the test exercises, which alone decide: "
        + "what the model does outside its training distribution.",
      read: { .tree(.array($0.evaluation.sets.map(\.tree))) }, write: { _, _ in }),
  ]

  private static let sampler: [ConfigurationField] = [
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
}
