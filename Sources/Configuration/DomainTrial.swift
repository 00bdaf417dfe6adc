import Search

/// The domain of a configuration, made once for all checks of it, with what the run asks of it.
struct DomainTrial: Sendable {
  let settings: DomainConfiguration
  /// The domain, or why there is none.
  let result: Result<any Domain, any Error>
  let seed: UInt64
  let method: TraceMethod
  let rounds: Int
  /// Whether round 0 trains at all.
  let trainsBase: Bool
  /// Of round 0 and of all rounds.
  let trainingExercises: Int
  let evaluationExercises: Int
  /// The side of the data that these come from.
  let evaluationSplit: Split
  /// `sampler.maximumLength`.
  let maximumLength: Int

  init(of configuration: RunConfiguration, evaluatedOn split: Split = .test) {
    settings = configuration.domain
    result = Result { try configuration.domain.makeDomain() }
    seed = configuration.seed
    method = configuration.method
    rounds = configuration.rounds.count
    trainsBase = configuration.base.epochs > 0
    trainingExercises =
      configuration.base.exercises + configuration.rounds.count * configuration.rounds.exercises
    evaluationExercises = configuration.evaluation.exercises
    evaluationSplit = split
    maximumLength = configuration.sampler.maximumLength
  }

  var domain: (any Domain)? { try? result.get() }

  /// The first training exercises, drawn as they are asked for; empty if the domain cannot be made.
  var exercises: some Sequence<Exercise> {
    (0..<(domain == nil ? 0 : 2000)).lazy.compactMap { index in
      domain?.exercise(seed: seed, index: index, split: .train)
    }
  }
}

/// A condition on the settings of a domain.
struct DomainCheck: Sendable {
  /// The keys involved; the check is left out if one of them was wrong already.
  let keys: [String]
  /// nil if nothing is wrong.
  let problem: @Sendable (DomainTrial) -> SettingProblem?
}

/// What is wrong with several keys and what helps.
struct SettingProblem: Sendable {
  /// Where it is reported; nil for the first key of the check.
  var key: String?
  let text: String
}
