import Model
import Search
import Store

/// Exercises of one set to be answered in one phase of a round: what sampling a round and evaluating it have in
/// common.
struct AnsweringPass {
  let phase: Phase
  let round: Int
  let set: ExerciseSet
  let exercises: [ExerciseRecord]
  /// Those answered and committed already.
  let done: Set<Int64>
  /// Responses per exercise, and the temperature they are drawn at.
  let samples: Int
  let temperature: Double
  /// What progress counts.
  var unit = "exercises"
}

extension Run {
  /// Answers the exercises of a pass that are not done and commits them in chunks; a stop between two chunks
  /// loses nothing. `commit` stores a chunk, in order, and names counts to show.
  func answer(
    _ pass: AnsweringPass, with model: Transformer,
    commit: ([(exercise: ExerciseRecord, answers: Answers)]) throws -> [(name: String, value: Int)]
  ) throws {
    announce(pass.phase, round: pass.round, total: pass.exercises.count, unit: pass.unit)
    let answering = Answering(
      domain: pass.set.domain,
      sampler: Sampler(
        model: model, settings: configuration.sampler.settings(pass.temperature, options.threads)),
      threads: options.threads)
    let keys = SampleKeys(seed: configuration.seed, round: pass.round)
    let pending = pass.exercises.filter { !pass.done.contains($0.id) }
    let progress = PassProgress(
      of: pass, done: pass.exercises.count - pending.count, observe: surroundings.observe)
    var size = ChunkSize(samples: pass.samples)
    var start = 0
    while start < pending.count {
      try checkForStop()
      let chunk = Array(pending[start...].prefix(size.exercises))
      let began = surroundings.clock()
      let questions = try chunk.map {
        try pass.set.question($0, keys: keys.keys(of: $0, samples: pass.samples))
      }
      let answers = try answering.answers(to: questions, watch(progress))
      progress.finish(chunk.count, showing: try commit(Array(zip(chunk, answers))))
      start += chunk.count
      size.adapt(toSeconds: surroundings.clock() - began)
    }
  }

  /// A store that cannot be written is found out by the next commit, so a failed heartbeat is passed over.
  private func watch(_ progress: PassProgress) -> AnsweringWatch {
    let (surroundings, heartbeat) = (surroundings, heartbeat)
    return AnsweringWatch(
      shouldStop: {
        try? heartbeat.beat()
        return surroundings.shouldStop()
      }, advanced: { progress.advance(tokens: $0, exercises: $1) },
      notice: { surroundings.observe(.notice($0)) })
  }
}

extension ExerciseSet {
  func question(_ exercise: ExerciseRecord, keys: [UInt64]) throws -> Question {
    let prompt = try domain.vocabulary.tokens(of: exercise.prompt)
    return Question(prompt: prompt, keys: keys, opening: domain.opening(mode, to: prompt))
  }
}

/// Exercises per commit: as many as take a few seconds, the most that a kill or a stop can cost.
private struct ChunkSize {
  private(set) var exercises: Int
  private let largest: Int

  init(samples: Int) {
    exercises = max(1, 256 / samples)
    largest = max(1, 8192 / samples)
  }

  mutating func adapt(toSeconds seconds: Double) {
    if seconds < 3 { exercises = min(2 * exercises, largest) }
    if seconds > 9 { exercises = max(exercises / 2, 1) }
  }
}
