import Determinism
import Search

/// Exercises of one kind: those trained on, the test's, or another evaluation set's.
struct ExerciseSet {
  /// As in the store's column `split`.
  let name: String
  /// The side of the layouts it is drawn from.
  let split: Split
  /// How many a round draws.
  let count: Int
  let domain: any Domain
}

extension RunConfiguration {
  /// The domain of exercises whose `split` is `name`.
  func domain(ofSet name: String) throws -> any Domain {
    try (evaluation.sets.first { $0.name == name }?.domain ?? domain).makeDomain()
  }

  /// What is drawn once and evaluated in every round: first the test exercises, which decide.
  func evaluationSets(test domain: any Domain) throws -> [ExerciseSet] {
    let test = ExerciseSet(
      name: EvaluationSet.testName, split: .test, count: evaluation.exercises, domain: domain)
    return [test]
      + (try evaluation.sets.map { set in
        let own = try set.domain.makeDomain()
        precondition(
          own.vocabulary.digest == domain.vocabulary.digest, "a set is written in the words of the run")
        return ExerciseSet(name: set.name, split: .test, count: set.exercises, domain: own)
      })
  }
}

/// What tells the samples of one set's exercises from another's: a key of their random draws, whatever other
/// sets there are.
func setKey(_ name: String) -> UInt64 {
  switch name {
  case Split.train.rawValue: 0
  case EvaluationSet.testName: 1
  default: UInt64(SHA256.hexDigest(of: name).prefix(16), radix: 16) ?? 0
  }
}
