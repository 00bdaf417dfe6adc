import Configuration
import JSON
import Learning
import Search
import Words

extension Experiment {
  /// What must hold before anything is written: responses fit, the verifier accepts the tasks' own answers,
  /// and something can be learnt. Throws `RunError`, `JudgeFailure`, and `Stopped` if `shouldStop` says so.
  package func preflight(_ estimate: RunEstimate, shouldStop: () -> Bool = { false }) throws {
    try estimate.requireRoomForReferences()
    try requireRightReferences(shouldStop: shouldStop)
  }

  /// Asks a verifier outside this program about the own responses of the first exercises, so that one that
  /// cannot be used is found before anything is trained.
  private func requireRightReferences(shouldStop: () -> Bool) throws {
    guard configuration.domain.hasVerifier else { return }
    let exercises = firstExercises.prefix(64)
    var refusals: [(exercise: Exercise, reason: String)] = []
    for exercise in exercises {
      if shouldStop() { throw Stopped() }
      let judgement = try domain.judge(
        exercise.wholeResponse, isTerminated: true, to: exercise.prompt)
      if let reason = refusal(of: judgement, exercise) { refusals.append((exercise, reason)) }
    }
    guard let first = refusals.first else { return }
    throw RunError.referenceRefused(
      task: configuration.domain.place(of: first.exercise.prompt) ?? domain.text(of: first.exercise.prompt),
      reason: first.reason, count: refusals.count, of: exercises.count)
  }

  /// nil: the task's own response can be trained on.
  private func refusal(of judgement: Judgement, _ exercise: Exercise) -> String? {
    if let fault = judgement.answer.fault {
      return
        "the verifier refuses its own \(domain.text(of: exercise.answer).jsonQuoted): "
        + "\(fault.detail); repair "
        + "the task or the verifier"
    }
    guard judgement.answer.isOptimal else {
      return "the verifier does not call its own answer optimal; repair the task's cost or the verifier"
    }
    let demand = configuration.rounds.curation
    guard configuration.method.seeksTraces, exercise.trace != nil, !demand.isMet(by: judgement.trace) else {
      return nil
    }
    let fault = judgement.trace.fault.map { " (\($0.detail))" } ?? ""
    return
      "rounds.curation is \(demand.rawValue), which its own trace is not\(fault); set it to any, or let the "
      + "verifier reply with \"\(demand.rawValue)\": true"
  }

  /// Up to 512 training exercises.
  var firstExercises: [Exercise] {
    var found: [Exercise] = []
    for index in 0..<20_000 where found.count < 512 {
      if let exercise = domain.exercise(seed: configuration.seed, index: index, split: .train) {
        found.append(exercise)
      }
    }
    return found
  }
}

extension Exercise {
  /// The reference's trace, if there is one, and the answer.
  var wholeResponse: Writing { trace.map { $0 + answer } ?? answer }
}
