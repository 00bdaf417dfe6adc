import Determinism
import Search
import Store

/// The keys that a round's responses are drawn from: a response depends on (seed, round, exercise, attempt) and on
/// nothing else.
struct SampleKeys: Sendable {
  let seed: UInt64
  let round: Int

  func key(of exercise: ExerciseRecord, attempt: Int) -> UInt64 {
    CounterRandom.key(
      seed: seed, stream: .sampling, UInt64(round), Self.setKey(exercise.split),
      UInt64(exercise.candidateIndex), UInt64(attempt))
  }

  func keys(of exercise: ExerciseRecord, samples: Int) -> [UInt64] {
    (0..<samples).map { key(of: exercise, attempt: $0) }
  }

  /// Key that separates the random draws of sets. It depends on the set's name only.
  private static func setKey(_ name: String) -> UInt64 {
    switch name {
    case Split.train.rawValue: 0
    case EvaluationSet.testName: 1
    default: UInt64(SHA256.hexDigest(of: name).prefix(16), radix: 16) ?? 0
    }
  }
}
