import Foundation
import Learning
import Model

extension TransformerLearner {
  public func train(_ job: TrainingJob, at desk: any TrainingDesk) throws -> Trained {
    let batches = Batches(of: job, codec)
    let trainer = try trainer(for: job)
    desk.begins(steps: batches.steps)
    let measurements = try train(trainer, on: batches, job, at: desk)
    let weights = try keep(trainer, of: job, isFinal: true, measurements, at: desk)
    return Trained(
      weights: weights, sequences: batches.steps * batches.batchSize, length: batches.tokens)
  }

  /// With the weights, moments and step that the job goes on from.
  private func trainer(for job: TrainingJob) throws -> Trainer {
    guard let resume = job.resume else { return trainer(of: try beginning(of: job)) }
    let checkpoint = try checkpoint(resume)
    let trainer = trainer(of: try checkpoint.model(headsAhead: schedule.objective.headsAhead, seed: job.seed))
    try trainer.restore(checkpoint)
    return trainer
  }

  func trainer(of model: Transformer) -> Trainer {
    Trainer(
      model: model, optimizer: schedule.optimizer, aheadWeight: schedule.objective.aheadWeight,
      threads: threads)
  }

  /// The parent's weights, or in round 0 the given file's or the seed's. Heads ahead that a file has not
  /// begin with the seed's.
  private func beginning(of job: TrainingJob) throws -> Transformer {
    let heads = schedule.objective.headsAhead
    if let parent = job.start { return try checkpoint(parent).model(headsAhead: heads, seed: job.seed) }
    guard let start else { return Transformer(network, seed: job.seed, headsAhead: heads) }
    return try StartingWeights(start.path).model(
      for: network, codec, sha256: start.sha256, headsAhead: heads, seed: job.seed)
  }

  /// Returns the measurements since the last artifact.
  private func train(
    _ trainer: Trainer, on batches: Batches, _ job: TrainingJob, at desk: any TrainingDesk
  ) throws -> [TrainingMetric] {
    let rate = learningRate(of: job)
    let steps = batches.steps
    let logged = max(1, steps / Self.loggedSteps)
    var unsaved: [TrainingMetric] = []
    var tokens = 0
    for batch in batches.batches(from: trainer.step) {
      if desk.isStopping, trainer.step > 0 {
        _ = try keep(trainer, of: job, isFinal: false, unsaved, at: desk)
      }
      try desk.checkForStop()
      let rate = rate.value(step: trainer.step, of: steps)
      let report = try trainer.step(batch, learningRate: rate)
      tokens += report.tokens
      if trainer.step % logged == 0 || trainer.step == steps {
        let values = [
          ("loss", report.loss), ("gradient_norm", report.gradientNorm), ("learning_rate", rate),
        ]
        unsaved += values.map { TrainingMetric(step: trainer.step, name: $0, value: $1) }
      }
      desk.advanced(to: trainer.step, of: steps, length: tokens, loss: report.loss)
      if trainer.step % job.checkpointInterval == 0, trainer.step < steps {
        _ = try keep(trainer, of: job, isFinal: false, unsaved, at: desk)
        unsaved = []
      }
    }
    return unsaved
  }

  /// The peak is scaled down after each rejection in a row, so that the next try differs.
  private func learningRate(of job: TrainingJob) -> LearningRate {
    guard job.round > 0 else { return schedule.base }
    var rate = schedule.rounds
    for _ in 0..<job.rejections { rate.peak *= schedule.retryScale }
    return rate
  }

  private func keep(
    _ trainer: Trainer, of job: TrainingJob, isFinal: Bool, _ measurements: [TrainingMetric],
    at desk: any TrainingDesk
  ) throws -> Artifact {
    let checkpoint = trainer.checkpoint(
      vocabularyDigest: codec.digest, metadata: ["round": String(job.round), "seed": String(job.seed)])
    return try desk.keep(.bytes(checkpoint.encoded()), step: trainer.step, isFinal: isFinal, measurements)
  }

  /// Loss and gradient norm are measured about this often in a job.
  private static var loggedSteps: Int { 200 }
}
