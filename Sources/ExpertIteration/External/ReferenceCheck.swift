import Search

extension RunConfiguration {
  /// Asks the verifier of a domain that has one about the own responses of its first exercises, so that a
  /// verifier that cannot be used is found before anything is trained. Throws `RunError.referenceRefused` and
  /// `VerifierFailure`, and `RunError.stopped` where `shouldStop` says so, for a verifier may take its time.
  func refuseReferences(by domain: any Domain, shouldStop: () -> Bool = { false }) throws {
    guard let verifier = domain.verifier else { return }
    for exercise in RunEstimate.firstExercises(of: domain, seed: seed).prefix(64) {
      if shouldStop() { throw RunError.stopped }
      let judgement = domain.judge(exercise.trace + exercise.answer, isTerminated: true, to: exercise.prompt)
      try verifier.check()
      func refuse(_ reason: String) -> RunError {
        .referenceRefused(prompt: domain.vocabulary.text(of: exercise.prompt), reason: reason)
      }
      if let fault = judgement.answer.fault { throw refuse("its own answer is wrong (\(fault))") }
      guard judgement.answer.isOptimal else { throw refuse("its own answer is not optimal") }
      guard !method.seeksTraces || rounds.curation.isMet(by: judgement.trace) else {
        let fault = judgement.trace.fault.map { " (\($0))" } ?? ""
        throw refuse(
          "rounds.curation is \(rounds.curation.rawValue), which its own trace is not\(fault); set it to any, "
            + "or let the verifier reply with \"\(rounds.curation.rawValue)\": true")
      }
    }
  }
}
