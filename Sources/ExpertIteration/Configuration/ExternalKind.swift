import Search

extension DomainKind {
  /// Tasks and a verifier from outside: their keys, what must hold between them, and a first configuration.
  static let external = DomainKind(
    name: "external", defaults: .external(ExternalSettings()), fields: ExternalKind.fields,
    checks: ExternalKind.checks, trainingChecks: ExternalKind.trainingChecks, starter: ExternalKind.starter,
    load: ExternalKind.load)
}

private enum ExternalKind {
  static let fields: [ConfigurationField] = [
    .text(
      "domain.tasks", \.domain.external.tasks,
      "The file of tasks, a line of JSON each: prompt, trace, answer; also cost and split."
    ).required().withoutEffectOnResults(),
    .texts(
      "domain.verifier", \.domain.external.verifier,
      "The program that judges, and its arguments; it answers lines of JSON with lines of JSON."
    ).required().withoutEffectOnResults(),
    .text(
      "domain.folder", \.domain.external.folder,
      "Where relative paths start and the verifier works."
    ).loaded("the configuration file's own").withoutEffectOnResults(),
    .text(
      "domain.tasksSHA256", \.domain.external.tasksSHA256,
      "The SHA-256 that the tasks must have."
    ).loaded("that of the file"),
    .text(
      "domain.answerWord", \.domain.external.answerWord,
      "The word that every answer begins with: a response is cut before it into trace and answer."),
    .texts(
      "domain.words", \.domain.external.words,
      "Words that a prompt may have beside those of the tasks."),
    .number(
      "domain.secondsPerReply", \.domain.external.secondsPerReply, .above(0, atMost: 3600), unit: "seconds",
      "The longest that the verifier may take for a reply, its start included."
    ).withoutEffectOnResults(),
  ]

  static let starter = """
    {
      "seed": 1,
      "domain": {"kind": "external", "tasks": "tasks.jsonl", "verifier": ["./check"]},
      "model": {"architecture": "decoderOnly", "width": 64, "layers": 2, "heads": 4, "tokenShift": 2},
      "base": {
        "exercises": 4000,
        "epochs": 4,
        "learningRate": {"peak": 0.002, "warmupSteps": 100}
      },
      "rounds": {
        "count": 4,
        "exercises": 300,
        "samples": 8,
        "curation": "any"
      },
      "evaluation": {"exercises": 200, "samples": 8}
    }
    """

  /// Reads the tasks; what is wrong with them is said at the key that names them. The verifier is looked for
  /// where a run is to begin or go on, not where one is only read.
  @Sendable static func load(
    _ configuration: inout RunConfiguration, from directory: String, _ loading: LoadedFiles
  ) -> (key: String, problem: String)? {
    for word in configuration.domain.external.words {
      if let problem = ExternalTasks.problem(withWord: word) { return ("domain.words", problem) }
    }
    do throws(TaskFile.Refusal) {
      try configuration.domain.external.load(from: directory)
    } catch {
      return ("domain.tasks", error.text)
    }
    guard loading == .all || loading == .further else { return nil }
    return configuration.domain.external.verifierProblem.map { ("domain.verifier", $0) }
  }
}

// MARK: - Checks

extension ExternalKind {
  fileprivate static let checks: [ConfigurationCheck] = [
    ConfigurationCheck(keys: ["domain.verifier"]) {
      $0.domain.external.verifier.first?.isEmpty ?? true ? "\"verifier\" must name a program" : nil
    },
    poolCheck("evaluation.exercises", "evaluation.exercises", .test) { $0.evaluation.exercises },
  ]

  fileprivate static let trainingChecks: [ConfigurationCheck] = [
    ConfigurationCheck(keys: ["method"]) {
      guard $0.method == .bestOfAStar else { return nil }
      return "\"method\" is \"bestOfAStar\", but external tasks come with one trace and without a search"
    },
    poolCheck("base.exercises", "base.exercises + rounds.count * rounds.exercises", .train) {
      $0.base.exercises + $0.rounds.count * $0.rounds.exercises
    },
  ]

  /// More exercises than the file has.
  private static func poolCheck(
    _ key: String, _ sum: String, _ split: Split, _ wanted: @escaping @Sendable (RunConfiguration) -> Int
  ) -> ConfigurationCheck {
    ConfigurationCheck(keys: [key, "domain.tasks", "rounds.count", "rounds.exercises"]) {
      guard let list = $0.domain.external.list else { return nil }
      let (asked, most) = (wanted($0), list.count(of: split))
      guard asked > most else { return nil }
      return "\(asked) \(split.rawValue) exercises are asked for (\(sum)), but the tasks have \(most); ask "
        + "for fewer or add tasks"
    }
  }
}
