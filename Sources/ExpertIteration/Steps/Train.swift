import Model
import Search
import Store

extension Run {
  /// Trains from the parent's weights (round 0: from the seed's) on the round's set; continues from the
  /// newest checkpoint of the round that verifies. Ends with the round's final checkpoint.
  func train(round: Int) throws {
    let (trainer, set, metrics) = try trained(round: round)
    let final = try save(trainer, round: round, isFinal: true, metrics: metrics)
    guard let next = Phase.train.next(inRound: round) else { preconditionFailure("weights are evaluated") }
    try store.finishTraining(
      round: round, checkpoint: final, trainSetSHA256: set.digest, trainTokens: set.trainedTokens,
      trainedSequences: set.steps * set.batchSize, keptSequences: set.kept, nextPhase: next)
  }

  /// The trainer after the round's last step, what it trained on, and the metrics since the last checkpoint.
  /// `lost`: a checkpoint that is not to be continued from.
  func trained(
    round: Int, without lost: CheckpointRecord? = nil
  ) throws -> (trainer: Trainer, set: TrainingSet, metrics: [MetricRecord]) {
    let record = try record(of: round)
    let set = try trainingSet(round: round)
    let schedule = learningRate(round: round, earlier: try progress().rounds.filter { $0.round < round })
    let trainer: Trainer
    if let checkpoint = try newestCheckpoint(round: round, without: lost) {
      let model = try checkpoint.model()
      trainer = Trainer(model: model, optimizer: configuration.optimizer, threads: options.threads)
      try trainer.restore(checkpoint)
    } else {
      trainer = Trainer(
        model: try startingModel(of: record), optimizer: configuration.optimizer, threads: options.threads)
    }
    announce(.train, round: round, total: set.steps, unit: "steps")
    return (trainer, set, try train(trainer, on: set, schedule, round: round))
  }

  /// Returns the metrics since the last checkpoint.
  private func train(
    _ trainer: Trainer, on set: TrainingSet, _ schedule: LearningRate, round: Int
  ) throws -> [MetricRecord] {
    let interval =
      round == 0 ? configuration.base.checkpointInterval : configuration.rounds.checkpointInterval
    let logged = max(1, set.steps / Self.loggedSteps)
    var unsaved: [MetricRecord] = []
    var tokens = 0
    for batch in set.batches(from: trainer.step) {
      if surroundings.shouldStop(), trainer.step > 0 {
        _ = try save(trainer, round: round, isFinal: false, metrics: unsaved)
      }
      try checkForStop()
      let rate = schedule.value(step: trainer.step, of: set.steps)
      let report = try trainer.step(batch, learningRate: rate)
      tokens += report.tokens
      if trainer.step % logged == 0 || trainer.step == set.steps {
        let figures = [
          ("loss", report.loss), ("gradient_norm", report.gradientNorm), ("learning_rate", rate),
        ]
        unsaved += figures.map { name, value in
          MetricRecord(
            round: round, phase: Phase.train.rawValue, step: trainer.step, name: name, value: value)
        }
      }
      surroundings.observe(
        .phaseAdvanced(
          round: round, phase: .train, done: trainer.step, total: set.steps, tokens: tokens,
          values: [("loss", report.loss.formatted(decimals: 4))]))
      if trainer.step % interval == 0, trainer.step < set.steps {
        _ = try save(trainer, round: round, isFinal: false, metrics: unsaved)
        unsaved = []
      }
    }
    return unsaved
  }

  /// Peak scaled down after each rejection in a row, so that the next try differs.
  private func learningRate(round: Int, earlier: [Progress.Round]) -> LearningRate {
    guard round > 0 else { return configuration.base.learningRate }
    var rate = configuration.rounds.learningRate
    for _ in 0..<Progress(rounds: earlier).consecutiveRejections {
      rate.peak *= configuration.rounds.gate.retryScale
    }
    return rate
  }

  /// Loss and gradient norm are stored about this often in a phase.
  private static var loggedSteps: Int { 200 }
}
