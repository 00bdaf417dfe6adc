import Configuration
import Determinism
import ExpertIteration
import JSON
import Learning
import Search
import Store
import Text
import Words

public typealias SetSummary = Store.SetSummary

/// A round's weights on one evaluation set, sampled now: as many responses as asked for, the first of them
/// those of the run's own evaluation, if its learner promises to draw them again.
public struct SetEvaluation: Sendable {
  public let measures: SetSummary
  /// Samples without an optimal answer by the kind of their first fault, the most frequent first.
  public let faults: [(kind: String, count: Int)]
  public let checkpoint: String
  public let tokens: Int

  /// One line of JSON with sorted keys; the measures by their names in the view `evaluation_summary`.
  public var json: String {
    var members: [String: JSONTree] = [
      "round": .number(measures.round), "set_name": .text(measures.setName),
      "tasks": .number(measures.tasks), "samples": .number(measures.samples),
      "checkpoint": .text(checkpoint), "tokens": .number(tokens),
      "faults": .object(Dictionary(uniqueKeysWithValues: faults.map { ($0.kind, .number($0.count)) })),
    ]
    for (name, path) in SetSummary.columns {
      members[name] = measures[keyPath: path].map { .leaf($0.fixed(decimals: 4)) } ?? .null
    }
    return JSONTree.object(members).line()
  }
}

/// What `shorten eval` is asked for.
public struct EvaluationRequest: Sendable {
  public var set: String
  /// nil: the newest accepted one.
  public var round: Int?
  /// nil: as many as the run takes.
  public var samples: Int?
  public var threads: Int
  /// Where the set is declared; nil: in the run's own configuration.
  public var configuration: RunConfiguration?

  public init(
    set: String, round: Int? = nil, samples: Int? = nil, threads: Int, configuration: RunConfiguration? = nil
  ) {
    self.set = set
    self.round = round
    self.samples = samples
    self.threads = threads
    self.configuration = configuration
  }
}

extension RunReader {
  /// Every evaluated set of every round.
  public func sets() throws -> [SetSummary] { try store.setSummaries() }

  /// Evaluates without writing anything. A set that the run did not draw is drawn as the run would have.
  /// Throws `Stopped` if `shouldStop` says so, and `ReadingError` for a set or a round that is not there.
  public func evaluate(
    _ request: EvaluationRequest, shouldStop: @escaping @Sendable () -> Bool,
    observe: @escaping @Sendable (RunEvent) -> Void
  ) throws -> SetEvaluation {
    let experiment = try experiment()
    let configuration = experiment.configuration
    let declaring = try request.configuration.map { try experiment.declaring($0, in: path) } ?? experiment
    let set = try declaring.evaluationSet(named: request.set)
    let record = try finalCheckpoint(ofRound: request.round)
    let exercises = try exercises(of: set, declaredBy: declaring, experiment, threads: request.threads)
    let pass = AnsweringPass(
      phase: .evaluate, round: record.round, set: set, exercises: exercises, done: [],
      samples: request.samples ?? configuration.evaluation.samples,
      temperature: configuration.evaluation.temperature, unit: "exercises of \(set.name)")
    observe(
      .phaseStarted(
        round: pass.round, rounds: configuration.rounds.count, phase: pass.phase, total: exercises.count,
        unit: pass.unit))
    let answering = Answering(
      domain: set.domain, learner: experiment.learner,
      writer: try experiment.learner.writer(of: artifact(of: record)),
      settings: WritingSettings(
        temperature: pass.temperature, maximumLength: declaring.configuration.sampler.maximumLength),
      threads: request.threads)
    let keys = SampleKeys(seed: configuration.seed, round: record.round)
    let progress = PassProgress(of: pass, done: 0, observe: observe)
    let answers = try answering.answers(
      to: try exercises.map { try set.question($0, keys: keys.keys(of: $0, samples: pass.samples)) },
      AnsweringWatch(
        shouldStop: shouldStop, advanced: { progress.advance(length: $0, exercises: $1) }))
    let references = try referenceMeans(of: exercises, in: set, declaring, threads: request.threads)
    let tasks = exercises.indices.map { index in
      EvaluatedTask(
        optimalCost: exercises[index].optimalCost, reference: references[index],
        record: EvaluationRecord(
          round: record.round, setName: set.name, exerciseID: exercises[index].id,
          tally: answers[index].tally, measures: answers[index].measures,
          votes: answers[index].votes))
    }
    return SetEvaluation(
      measures: SetSummary(tasks, set: set.name, round: record.round),
      faults: answers.shortfalls.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        ($0.key, $0.value)
      },
      checkpoint: record.path, tokens: tasks.reduce(0) { $0 + $1.record.tally.generatedTokens })
  }

  /// Those of the run, if the set is declared as the run itself has it, or as many different ones as the
  /// set has, in order of their candidates.
  private func exercises(
    of set: ExerciseSet, declaredBy declaring: Experiment, _ own: Experiment, threads: Int
  ) throws -> [ExerciseRecord] {
    let isOwn = Self.isOwn(set.name, declaring.configuration, own.configuration)
    let stored = isOwn ? try store.exercises(split: set.storedSplit) : []
    guard stored.isEmpty else { return stored }
    var (found, prompts): ([ExerciseRecord], Set<Writing>) = ([], [])
    var next = 0
    while found.count < set.count, next < Self.mostCandidates {
      let records = try declaring.exercises(
        Array(next..<next + Self.drawnBlock), of: set, round: 0, threads: threads)
      for record in records where found.count < set.count && prompts.insert(.text(record.prompt)).inserted {
        found.append(record)
      }
      next += Self.drawnBlock
    }
    guard found.count == set.count else {
      throw RunError.tooFewExercises(split: set.name, wanted: set.count, found: found.count)
    }
    return found
  }

  /// Whether a set is declared as the run itself has it, so that its exercises are the run's. Sets that no
  /// section declares use the test exercises.
  private static func isOwn(_ name: String, _ declaring: RunConfiguration, _ own: RunConfiguration) -> Bool {
    let sets = [declaring, own].map { $0.evaluation.sets.first { $0.name == name } }
    guard sets[0] == nil, sets[1] == nil else { return sets[0] == sets[1] }
    return declaring.domain == own.domain && declaring.evaluation.exercises == own.evaluation.exercises
  }

  private static var mostCandidates: Int { 4_000_000 }
  private static var drawnBlock: Int { 8192 }

  private func referenceMeans(
    of exercises: [ExerciseRecord], in set: ExerciseSet, _ declaring: Experiment, threads: Int
  ) throws -> [Double?] {
    let stored = try store.references(split: set.storedSplit)[ReferenceLine.reference] ?? [:]
    return parallelMap(exercises, threads: threads) { exercise in
      stored[exercise.id] ?? (try? declaring.referenceLengths(of: exercise))?.first
    }
  }
}

extension Experiment {
  /// This run's learner with the sets of another configuration. Throws `ReadingError` if it has other words.
  fileprivate func declaring(_ configuration: RunConfiguration, in directory: String) throws -> Experiment {
    let learner = learner
    let other = try Experiment(configuration, learner: { _, _ in learner })
    guard other.domain.vocabulary == domain.vocabulary else {
      throw ReadingError.otherWords(directory: directory)
    }
    return other
  }

  fileprivate func evaluationSet(named name: String) throws -> ExerciseSet {
    guard let set = evaluationSets.first(where: { $0.name == name }) else {
      throw ReadingError.unknownName(option: "--set", name: name, known: evaluationSets.map(\.name))
    }
    return set
  }
}
