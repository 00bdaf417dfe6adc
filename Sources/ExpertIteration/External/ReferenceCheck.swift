import Search

extension RunConfiguration {
  /// Asks the verifier of a domain that has one about the own responses of its first exercises, so that a
  /// verifier that cannot be used is found before anything is trained. Throws `RunError.referenceRefused` and
  /// `VerifierFailure`, and `RunError.stopped` where `shouldStop` says so, for a verifier may take its time.
  func refuseReferences(by domain: any Domain, shouldStop: () -> Bool = { false }) throws {
    guard let verifier = domain.verifier else { return }
    let exercises = RunEstimate.firstExercises(of: domain, seed: seed).prefix(64)
    var refusals: [(exercise: Exercise, reason: String)] = []
    for exercise in exercises {
      if shouldStop() { throw RunError.stopped }
      let judgement = domain.judge(exercise.trace + exercise.answer, isTerminated: true, to: exercise.prompt)
      try verifier.check()
      if let reason = refusal(of: judgement, exercise, domain.vocabulary) {
        refusals.append((exercise, reason))
      }
    }
    guard let first = refusals.first else { return }
    throw RunError.referenceRefused(
      task: (domain as? ExternalDomain)?.line(of: first.exercise.prompt).map {
        "\(ExternalSettings.path(self.domain.external.tasks, in: self.domain.external.folder)):\($0)"
      } ?? domain.vocabulary.text(of: first.exercise.prompt),
      reason: first.reason, count: refusals.count, of: exercises.count)
  }

  /// nil: the task's own response can be trained on.
  private func refusal(of judgement: Judgement, _ exercise: Exercise, _ vocabulary: Vocabulary) -> String? {
    if let fault = judgement.answer.fault {
      return
        "the verifier refuses its own \(quoted(vocabulary.text(of: exercise.answer))): \(fault.detail); repair "
        + "the task or the verifier"
    }
    guard judgement.answer.isOptimal else {
      return "the verifier does not call its own answer optimal; repair the task's cost or the verifier"
    }
    guard !method.seeksTraces || rounds.curation.isMet(by: judgement.trace) else {
      let fault = judgement.trace.fault.map { " (\($0.detail))" } ?? ""
      return
        "rounds.curation is \(rounds.curation.rawValue), which its own trace is not\(fault); set it to any, "
        + "or let the verifier reply with \"\(rounds.curation.rawValue)\": true"
    }
    return nil
  }
}
