import Search

/// Exercises of one kind: those trained on, the test's, or another evaluation set's.
struct ExerciseSet {
  /// As in the store's column `split`, and of evaluations in `set_name`.
  let name: String
  /// How they are answered; other modes than `auto` have a name of their own for the exercises of `test`.
  var mode = ResponseMode.auto
  /// The side of the layouts it is drawn from.
  let split: Split
  /// How many a round draws.
  let count: Int
  let domain: any Domain

  /// The column `split` of its exercises.
  var exercises: String { mode == .auto ? name : EvaluationSet.testName }
}

extension RunConfiguration {
  /// The domain of exercises whose `split` is `name`.
  func domain(ofSet name: String) throws -> any Domain {
    try (evaluation.sets.first { $0.name == name }?.domain ?? domain).makeDomain()
  }

  /// What is drawn once and evaluated in every round: first the test exercises, which decide.
  func evaluationSets(test domain: any Domain) throws -> [ExerciseSet] {
    let modes: [ResponseMode] = method == .traceDropping ? ResponseMode.allCases : [.auto]
    let tests = modes.map { mode in
      ExerciseSet(
        name: EvaluationSet.testName(mode), mode: mode, split: .test, count: evaluation.exercises,
        domain: domain)
    }
    return tests
      + (try evaluation.sets.map { set in
        let own = try set.domain.makeDomain()
        precondition(
          own.vocabulary.digest == domain.vocabulary.digest, "a set is written in the words of the run")
        return ExerciseSet(name: set.name, split: .test, count: set.exercises, domain: own)
      })
  }
}
