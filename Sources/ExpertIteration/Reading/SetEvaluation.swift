import Determinism
import Model
import Search
import Store

public typealias SetSummary = Store.SetSummary

/// A round's weights on one evaluation set, sampled now: as many responses as asked for, the first of them
/// those of the run's own evaluation.
public struct SetEvaluation: Sendable {
  public let figures: SetSummary
  /// Samples without an optimal answer by the kind of their first fault, the most frequent first.
  public let faults: [(kind: String, count: Int)]
  public let checkpoint: String
  public let tokens: Int

  /// One line of JSON with sorted keys; the figures by their names in the view `evaluation_summary`.
  public var json: String {
    var members: [String: JSONTree] = [
      "round": .number(figures.round), "set_name": .text(figures.setName), "tasks": .number(figures.tasks),
      "samples": .number(figures.samples), "checkpoint": .text(checkpoint), "tokens": .number(tokens),
      "faults": .object(Dictionary(uniqueKeysWithValues: faults.map { ($0.kind, .number($0.count)) })),
    ]
    for (name, path) in SetSummary.columns {
      members[name] = figures[keyPath: path].map { .leaf($0.formatted(decimals: 4)) } ?? .null
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

  /// Evaluates without writing anything. A set that the run did not draw is drawn as the run would have. Throws
  /// `Stopped` if `shouldStop` says so, and `ReadingError` for a set or a round that is not there.
  public func evaluate(
    _ request: EvaluationRequest, shouldStop: @escaping @Sendable () -> Bool,
    observe: @escaping @Sendable (RunEvent) -> Void
  ) throws -> SetEvaluation {
    let configuration = try configuration()
    let set = try exerciseSet(request, configuration)
    let record = try checkpoint(round: request.round)
    let checkpoint = try CheckpointFiles(directory: directory).checkpoint(
      record, vocabulary: set.domain.vocabulary)
    let exercises = try exercises(
      of: set, seed: configuration.seed,
      ifOwn: isOwn(request.set, request.configuration ?? configuration, configuration))
    let pass = AnsweringPass(
      phase: .evaluate, round: record.round, set: set, exercises: exercises, done: [],
      samples: request.samples ?? configuration.evaluation.samples,
      temperature: configuration.evaluation.temperature, unit: "exercises of \(set.name)")
    observe(
      .phaseStarted(
        round: pass.round, rounds: configuration.rounds.count, phase: pass.phase, total: exercises.count,
        unit: pass.unit))
    let answering = Answering(
      domain: set.domain,
      sampler: Sampler(
        model: try checkpoint.model(),
        settings: (request.configuration ?? configuration).sampler.settings(pass.temperature, request.threads)
      ),
      threads: request.threads)
    let keys = SampleKeys(seed: configuration.seed, round: record.round)
    let progress = PassProgress(of: pass, done: 0, observe: observe)
    let answers = try answering.answers(
      to: try exercises.map { try set.question($0, keys: keys.keys(of: $0, samples: pass.samples)) },
      AnsweringWatch(
        shouldStop: shouldStop, advanced: { progress.advance(tokens: $0, exercises: $1) },
        notice: { observe(.notice($0)) }))
    let references = try referenceMeans(of: exercises, in: set, configuration, threads: request.threads)
    let tasks = exercises.indices.map { index in
      EvaluatedTask(
        optimalCost: exercises[index].optimalCost, reference: references[index],
        record: EvaluationRecord(
          round: record.round, setName: set.name, exerciseID: exercises[index].id,
          tally: answers[index].tally, measures: answers[index].measures))
    }
    return SetEvaluation(
      figures: SetSummary(tasks, set: set.name, round: record.round),
      faults: answers.shortfalls.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        ($0.key, $0.value)
      },
      checkpoint: record.path, tokens: tasks.reduce(0) { $0 + $1.record.tally.generatedTokens })
  }

  private func exerciseSet(
    _ request: EvaluationRequest, _ configuration: RunConfiguration
  ) throws -> ExerciseSet {
    let domain = try configuration.domain.makeDomain()
    let declaring = request.configuration ?? configuration
    guard try declaring.domain.makeDomain().vocabulary.digest == domain.vocabulary.digest else {
      throw ReadingError.otherWords(directory: path)
    }
    let sets = try declaring.evaluationSets(test: domain)
    guard let set = sets.first(where: { $0.name == request.set }) else {
      throw ReadingError.unknownName(option: "--set", name: request.set, known: sets.map(\.name))
    }
    return set
  }

  private func checkpoint(round: Int?) throws -> CheckpointRecord {
    guard let round else { return try newestModel() }
    try requireRound(round)
    guard let record = try store.checkpoints(round: round).first(where: \.isFinal) else {
      throw ReadingError.noModelYet(round: round, directory: path)
    }
    return record
  }

  /// Whether a set is declared as the run itself has it, so that its exercises are the run's.
  private func isOwn(_ name: String, _ declaring: RunConfiguration, _ own: RunConfiguration) -> Bool {
    let sets = [declaring, own].map { $0.evaluation.sets.first { $0.name == name } }
    // Those that no section declares are of the test exercises.
    guard sets[0] == nil, sets[1] == nil else { return sets[0] == sets[1] }
    return declaring.domain == own.domain && declaring.evaluation.exercises == own.evaluation.exercises
  }

  /// Those of the run, `ifOwn` it has drawn them, or as many different ones as the set has, in order of their
  /// candidates.
  private func exercises(of set: ExerciseSet, seed: UInt64, ifOwn: Bool) throws -> [ExerciseRecord] {
    let stored = ifOwn ? try store.exercises(split: set.exercises) : []
    guard stored.isEmpty else { return stored }
    var (found, prompts): ([ExerciseRecord], Set<String>) = ([], [])
    var index = 0
    while found.count < set.count, index < Self.mostCandidates {
      if let exercise = set.domain.exercise(seed: seed, index: index, split: set.split) {
        let record = ExerciseRecord(exercise, in: set.name, round: 0, vocabulary: set.domain.vocabulary)
        if prompts.insert(record.prompt).inserted { found.append(record) }
      }
      index += 1
    }
    guard found.count == set.count else {
      throw RunError.tooFewExercises(split: set.name, wanted: set.count, found: found.count)
    }
    return found
  }

  private static var mostCandidates: Int { 4_000_000 }

  private func referenceMeans(
    of exercises: [ExerciseRecord], in set: ExerciseSet, _ configuration: RunConfiguration, threads: Int
  ) throws -> [Double?] {
    let stored = try store.references(split: set.exercises)["reference"] ?? [:]
    let settings = configuration.referenceSettings
    return parallelMap(exercises, threads: threads) { exercise in
      if let known = stored[exercise.id] { return known }
      guard let prompt = try? set.domain.vocabulary.tokens(of: exercise.prompt) else { return nil }
      return try? set.domain.referenceLengths(of: prompt, settings, index: exercise.candidateIndex).first
    }
  }
}
