import Store

/// What a run tells those who watch it. Events carry facts only; who listens measures time and draws.
public enum RunEvent: Sendable {
  /// The run directory is open and locked. `resumed` is false for a run that starts now.
  case started(directory: String, resumed: Bool, note: String)
  /// A phase begins or is taken up again. `total` counts `unit`s: exercises or steps.
  case phaseStarted(round: Int, rounds: Int, phase: Phase, total: Int, unit: String)
  /// `done` of `total` units are finished; `tokens` counts those of this process in this phase.
  case phaseAdvanced(
    round: Int, phase: Phase, done: Int, total: Int, tokens: Int, values: [(name: String, value: String)])
  /// `seconds` of this process in this phase.
  case phaseFinished(round: Int, phase: Phase, seconds: Double)
  case roundFinished(RoundSummary)
  /// Something a person should know: a checkpoint that was damaged, a round that was rejected.
  case notice(String)
  case finished(reason: String)
}
