import Configuration
import Learning
import Search
import Words

/// Makes the learner of a configuration; `vocabulary` is its domain's, nil for free text.
public typealias LearnerMaker = @Sendable (RunConfiguration, _ vocabulary: Vocabulary?) throws -> any Learner

/// A configuration with what is made of it, each once: its domains, which share one verifier, and its
/// learner.
///
///     let experiment = try Experiment(configuration, learner: Learners.maker(threads: 2))
///     try Run(experiment, in: directory, options: options, surroundings: surroundings).execute()
public struct Experiment: Sendable {
  public internal(set) var configuration: RunConfiguration
  /// Of training and test exercises.
  public let domain: any Domain
  public let learner: any Learner
  /// What is drawn once and evaluated in every round: first the test exercises, which decide.
  package let evaluationSets: [ExerciseSet]

  /// `hear` is told what a person should know of a verifier, such as that it was started again.
  public init(
    _ configuration: RunConfiguration, learner: LearnerMaker,
    hear: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    let verifier = configuration.domain.makeVerifier(onNotice: hear)
    let domain = try configuration.domain.makeDomain(verifier: verifier)
    self.configuration = configuration
    self.domain = domain
    self.learner = try learner(configuration, domain.vocabulary)
    evaluationSets =
      Self.tests(of: configuration, domain)
      + (try configuration.evaluation.sets.map { set in
        let own = try set.domain.makeDomain(verifier: verifier)
        precondition(own.vocabulary == domain.vocabulary, "a set is written in the words of the run")
        return ExerciseSet(name: set.name, split: set.split, count: set.exercises, domain: own)
      })
  }

  /// With a domain and a learner that no configuration can name.
  package init(_ configuration: RunConfiguration, domain: any Domain, learner: any Learner) {
    self.configuration = configuration
    self.domain = domain
    self.learner = learner
    evaluationSets = Self.tests(of: configuration, domain)
  }

  private static func tests(of configuration: RunConfiguration, _ domain: any Domain) -> [ExerciseSet] {
    let modes: [ResponseMode] = configuration.method == .traceDropping ? ResponseMode.allCases : [.auto]
    return modes.map { mode in
      ExerciseSet(
        name: EvaluationSet.testName(mode), mode: mode, split: .test,
        count: configuration.evaluation.exercises, domain: domain)
    }
  }

  /// The same with another number of rounds, which changes neither domains nor learner.
  package func continuing(with configuration: RunConfiguration) -> Experiment {
    var experiment = self
    experiment.configuration = configuration
    return experiment
  }

  /// The domain of exercises whose stored split is `name`.
  package func domain(ofSet name: String) -> any Domain {
    evaluationSets.first { $0.name == name }?.domain ?? domain
  }

  /// What the lengths of traces are compared with. Lines that a domain knows only as counts of its words
  /// are left out if the learner counts something else.
  package var referenceLines: [ReferenceLine] {
    guard let reference = domain.reference else { return [] }
    let lines = reference.lines(configuration.referenceSettings)
    return learner.identity.countsWords ? lines : lines.filter(\.isReference)
  }

  /// The training exercises that a round draws.
  func freshExercises(of round: Int) -> ExerciseSet {
    let count = round == 0 ? configuration.base.exercises : configuration.rounds.exercises
    return ExerciseSet(name: Split.train.rawValue, split: .train, count: count, domain: domain)
  }
}

/// Exercises of one kind: those trained on, the test's, or another evaluation set's.
package struct ExerciseSet: Sendable {
  /// As in the store's column `split`, and of evaluations in `set_name`.
  package let name: String
  /// How they are answered; other modes than `auto` have a name of their own for the exercises of `test`.
  var mode = ResponseMode.auto
  /// The side of the layouts it is drawn from.
  let split: Split
  /// How many a round draws.
  package let count: Int
  package let domain: any Domain

  /// The column `split` of its exercises.
  package var storedSplit: String { mode == .auto ? name : EvaluationSet.testName }
}
