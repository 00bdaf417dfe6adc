import Configuration
import Determinism
import Search
import Store

/// The keys that a round's responses are drawn from: a response depends on (seed, round, exercise, attempt)
/// and on nothing else.
package struct SampleKeys: Sendable {
  let seed: UInt64
  package let round: Int

  package init(seed: UInt64, round: Int) {
    self.seed = seed
    self.round = round
  }

  func key(of exercise: ExerciseRecord, attempt: Int) -> UInt64 {
    CounterRandom.key(
      seed: seed, stream: .sampling, UInt64(round), Self.setKey(exercise.split),
      UInt64(exercise.candidateIndex), UInt64(attempt))
  }

  package func keys(of exercise: ExerciseRecord, samples: Int) -> [UInt64] {
    (0..<samples).map { key(of: exercise, attempt: $0) }
  }

  /// Key that separates the random draws of sets. It depends on the set's name only.
  private static func setKey(_ name: String) -> UInt64 {
    switch name {
    case Split.train.rawValue: 0
    case EvaluationSet.testName: 1
    default: key(ofName: name)
    }
  }

  /// 64 bits that depend on the name alone.
  package static func key(ofName name: String) -> UInt64 {
    UInt64(SHA256.hexDigest(of: name).prefix(16), radix: 16) ?? 0
  }
}
