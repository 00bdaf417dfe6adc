import Configuration
import Store

/// What is done, as the store tells it: the only memory of a run. `nextStep` decides from it alone.
public struct Progress: Sendable, Equatable {
  public struct Round: Sendable, Equatable {
    public var round: Int
    public var state: RoundState
    /// The checkpoint the round ended with; nil while it trains.
    public var checkpoint: Int64?
    /// Trace length over round 0's on the tasks optimal in both; nil before the evaluation.
    public var relativeLength: Double?

    public init(round: Int, state: RoundState, checkpoint: Int64? = nil, relativeLength: Double? = nil) {
      self.round = round
      self.state = state
      self.checkpoint = checkpoint
      self.relativeLength = relativeLength
    }
  }

  /// In ascending order, without gaps.
  public var rounds: [Round]

  public init(rounds: [Round]) {
    self.rounds = rounds
  }

  /// Rejections since the last accepted round.
  public var consecutiveRejections: Int {
    rounds.reversed().prefix { $0.state != .accepted }.count { $0.state == .rejected }
  }

  /// The newest accepted round: its weights are what the next round starts from.
  public var lastAccepted: Round? { rounds.last { $0.state == .accepted } }
}

/// One step of a run. Performing a step twice is the same as performing it once.
public enum RunStep: Sendable, Equatable {
  /// Opens a round; its weights start from the checkpoint `parent` (nil: from the seed).
  case begin(round: Int, parent: Int64?)
  case perform(Phase, round: Int)
  case finish(reason: String)
}

/// The step that follows `progress`. Pure: the same progress and settings give the same step.
public func nextStep(after progress: Progress, of rounds: RoundSettings) -> RunStep {
  guard let last = progress.rounds.last else { return .begin(round: 0, parent: nil) }
  if case .running(let phase) = last.state { return .perform(phase, round: last.round) }
  if progress.consecutiveRejections >= rounds.gate.maximumRejections, progress.consecutiveRejections > 0 {
    return .finish(
      reason: "\(progress.consecutiveRejections) rounds in a row were rejected: accuracy fell by more than "
        + "rounds.gate.maximumDrop (\(rounds.gate.maximumDrop) points)")
  }
  if last.round >= rounds.count {
    return .finish(reason: "all \(rounds.count) rounds are done")
  }
  if let reason = exhaustion(of: progress, rounds) { return .finish(reason: reason) }
  return .begin(round: last.round + 1, parent: progress.lastAccepted?.checkpoint)
}

/// Why no further gain is expected: `patience` accepted rounds in a row shortened the traces by less
/// than `minimumGain` percent each. nil while there is hope.
private func exhaustion(of progress: Progress, _ rounds: RoundSettings) -> String? {
  let accepted = progress.rounds.filter { $0.state == .accepted }
  guard rounds.patience > 0, accepted.count > rounds.patience else { return nil }
  // A round that solves no task of round 0 has no length of its own: it gained nothing.
  var length = 1.0
  let lengths = accepted.map { round in
    length = round.relativeLength ?? length
    return length
  }
  let recent = lengths.suffix(rounds.patience + 1)
  let gains = zip(recent, recent.dropFirst()).map { before, after in
    before > 0 ? 100 * (1 - after / before) : 0
  }
  guard gains.allSatisfy({ $0 < rounds.minimumGain }) else { return nil }
  return "no round of the last \(rounds.patience) shortened the traces by \(rounds.minimumGain) % or more"
}

extension Phase {
  /// The phase after this one in `round`; nil: the round is to be decided.
  func next(inRound round: Int) -> Phase? {
    let phases: [Phase] =
      round == 0 ? [.generate, .train, .evaluate] : [.generate, .sample, .curate, .train, .evaluate]
    guard let index = phases.firstIndex(of: self), index + 1 < phases.count else { return nil }
    return phases[index + 1]
  }
}
