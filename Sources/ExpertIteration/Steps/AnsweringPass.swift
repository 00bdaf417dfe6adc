import Configuration
import Learning
import Search
import Store

/// Exercises of one set to be answered in one phase of a round: what sampling a round and evaluating it
/// have in common.
package struct AnsweringPass: Sendable {
  package let phase: Phase
  package let round: Int
  let set: ExerciseSet
  let exercises: [ExerciseRecord]
  /// Those answered and committed already.
  let done: Set<Int64>
  /// Responses per exercise, and the temperature they are drawn at.
  package let samples: Int
  package let temperature: Double
  /// What progress counts.
  package let unit: String

  package init(
    phase: Phase, round: Int, set: ExerciseSet, exercises: [ExerciseRecord], done: Set<Int64>, samples: Int,
    temperature: Double, unit: String = "exercises"
  ) {
    self.phase = phase
    self.round = round
    self.set = set
    self.exercises = exercises
    self.done = done
    self.samples = samples
    self.temperature = temperature
    self.unit = unit
  }
}

extension Run {
  /// Answers the exercises of a pass that are not done and commits them in chunks; a stop between two chunks
  /// loses nothing. `shortcuts`: tried on each chunk before it is committed. `commit` stores a chunk, in
  /// order, and names counts to show.
  func answer(
    _ pass: AnsweringPass, with writer: any Writer, _ shortcuts: Shortcuts? = nil,
    commit: ([(exercise: ExerciseRecord, answers: Answers)]) throws -> [(name: String, value: Int)]
  ) throws {
    announce(pass.phase, round: pass.round, total: pass.exercises.count, unit: pass.unit)
    let answering = Answering(
      domain: pass.set.domain, learner: learner, writer: writer,
      settings: WritingSettings(
        temperature: pass.temperature, maximumLength: configuration.sampler.maximumLength),
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
      var answered = Array(zip(chunk, try answering.answers(to: questions, watch(progress))))
      if let shortcuts {
        answered = Array(zip(chunk, try shortcuts.extend(answered, answering, watch(progress))))
      }
      progress.finish(chunk.count, showing: try commit(answered))
      start += chunk.count
      size.adapt(toSeconds: surroundings.clock() - began)
    }
  }

  /// A store that cannot be written is found out by the next commit, so a failed heartbeat is passed over.
  func watch(_ progress: PassProgress) -> AnsweringWatch {
    let (surroundings, heartbeat) = (surroundings, heartbeat)
    return AnsweringWatch(
      shouldStop: {
        try? heartbeat.beat()
        return surroundings.shouldStop()
      }, advanced: { progress.advance(length: $0, exercises: $1) })
  }
}

extension ExerciseSet {
  package func question(_ exercise: ExerciseRecord, keys: [UInt64]) throws -> Question {
    let prompt = try domain.writing(of: exercise.prompt)
    return Question(prompt: prompt, keys: keys, opening: domain.variations?.opening(mode, to: prompt))
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
