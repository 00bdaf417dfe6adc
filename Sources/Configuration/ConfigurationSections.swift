extension ConfigurationTable {
  /// What each section is, for the schema.
  static let sections: [(name: String, summary: String)] = [
    ("domain", "The problems: what the exercises are and how they are written."),
    ("model", "The network."),
    ("optimizer", "What a gradient does to the weights."),
    ("objective", "What training minimises."),
    ("base", "Round 0: training on the reference's own traces, from scratch or from given weights."),
    ("base.learningRate", "The learning rate of round 0 over its steps."),
    ("rounds", "The rounds after it: sample, keep what is shorter, fine-tune."),
    ("rounds.learningRate", "The learning rate of a round over its steps."),
    ("rounds.gate", "When a round is rejected, and what the next try changes."),
    ("evaluation", "What every round is measured on: test exercises, drawn once."),
    ("sampler", "How responses are drawn."),
  ]
}
