import Configuration
import Learning
import Search
import Store

extension Run {
  /// Trains from the parent's weights (round 0: from the learner's own beginning) on the round's set;
  /// continues from the newest whole checkpoint of the round. Ends with the round's final checkpoint.
  func train(round: Int) throws {
    let set = try trainingSet(round: round)
    let job = try job(of: round, set, resume: try newestArtifact(round: round))
    let trained = try learner.train(job, at: RoundDesk(of: round, in: self))
    guard let next = Phase.train.next(inRound: round) else { preconditionFailure("weights are evaluated") }
    try store.finishTraining(
      TrainingResult(
        round: round, checkpoint: CheckpointRecord.id(round: round, step: trained.weights.step),
        trainSetSHA256: set.digest, trainTokens: trained.length, trainedSequences: trained.sequences,
        keptSequences: set.kept, nextPhase: next))
  }

  /// The round's training, as the learner takes it.
  func job(of round: Int, _ set: TrainingSet, resume: Artifact?) throws -> TrainingJob {
    let (base, rounds) = (configuration.base, configuration.rounds)
    let earlier = try progress().rounds.filter { $0.round < round }
    return TrainingJob(
      round: round, seed: configuration.seed, start: try parentArtifact(of: record(of: round)),
      resume: resume, lessons: set.lessons, batchSize: round == 0 ? base.batchSize : rounds.batchSize,
      epochs: round == 0 ? base.epochs : rounds.epochs,
      checkpointInterval: round == 0 ? base.checkpointInterval : rounds.checkpointInterval,
      rejections: Progress(rounds: earlier).consecutiveRejections,
      vary: variation(of: set, round: round))
  }
}
