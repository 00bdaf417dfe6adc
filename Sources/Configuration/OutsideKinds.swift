import JSON
import Outside
import Search

/// Tasks and a verifier from outside: their keys, what must hold between them, and a first configuration.
extension DomainKind {
  /// Tasks in words.
  static let external = OutsideKind<WordForm>.kind(
    "external",
    in: Part(get: { $0.external }, put: { $0.external = $1 }, fallback: ExternalSettings()),
    own: [
      .text(
        "domain.answerWord", \.form.answerWord,
        "The word that every answer begins with: a response is cut before it into trace and answer."),
      .texts(
        "domain.words", \.form.words,
        "Words that a prompt may have beside those of the tasks."),
    ], tokenShift: 2)

  /// Tasks in free text.
  static let text = OutsideKind<TextForm>.kind(
    "text",
    in: Part(get: { $0.text }, put: { $0.text = $1 }, fallback: TextSettings()),
    own: [
      .text(
        "domain.answerMarker", \.form.answerMarker,
        "The text that every answer holds: a response is cut before its last one into trace and answer.")
    ], tokenShift: 3)
}

private enum OutsideKind<Form: TaskForm> {
  typealias Settings = OutsideSettings<Form>

  static func kind(
    _ name: String, in part: Part<DomainConfiguration, Settings>, own: [Setting<Settings>], tokenShift: Int
  ) -> DomainKind {
    DomainKind(
      name: name, defaults: Settings(), in: part, fields: fields + own, checks: checks,
      trainingChecks: trainingChecks(of: name), beginningChecks: beginningChecks,
      starter: starter(of: name, tokenShift: tokenShift), load: load)
  }

  private static var fields: [Setting<Settings>] {
    [
      .text(
        "domain.tasks", \.tasks,
        "The file of tasks, a line of JSON each: prompt, trace, answer; also cost and split."
      ).required().withoutEffectOnResults(),
      .texts(
        "domain.verifier", \.verifier,
        "The program that judges, and its arguments; it answers lines of JSON with lines of JSON."
      ).required().withoutEffectOnResults(),
      .text(
        "domain.folder", \.folder,
        "Where relative paths start and the verifier works."
      ).loaded("the configuration file's own").withoutEffectOnResults(),
      .text(
        "domain.tasksSHA256", \.tasksSHA256,
        "The SHA-256 that the tasks must have."
      ).loaded("that of the file"),
      .number(
        "domain.secondsPerReply", \.secondsPerReply, .above(0, atMost: 3600), unit: "seconds",
        "The longest that the verifier may take for a reply, its start included."
      ).withoutEffectOnResults(),
    ]
  }

  private static func starter(of name: String, tokenShift: Int) -> String {
    """
    {
      "seed": 1,
      "domain": {"kind": "\(name)", "tasks": "tasks.jsonl", "verifier": ["./check"]},
      "model": {"architecture": "decoderOnly", "width": 64, "layers": 2, "heads": 4, \
    "tokenShift": \(tokenShift)},
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
  }

  /// Reads the tasks. The verifier is looked up if a run is to begin or continue, not if one is only read.
  @Sendable private static func load(
    _ settings: inout Settings, from directory: String, looksForPrograms: Bool
  ) -> SettingProblem? {
    if let problem = settings.form.problem {
      return SettingProblem(key: "domain.\(problem.key)", text: problem.text)
    }
    do throws(Refusal) {
      try settings.load(from: directory)
    } catch {
      return SettingProblem(key: "domain.tasks", text: error.text)
    }
    guard looksForPrograms else { return nil }
    return settings.verifierProblem().map { SettingProblem(key: "domain.verifier", text: $0) }
  }
}

// MARK: - Checks

extension OutsideKind {
  private static var checks: [KindCheck<Settings>] {
    [
      KindCheck(keys: ["domain.verifier"]) { settings, _ in
        settings.verifier.first?.isEmpty ?? true ? "\"verifier\" must name a program" : nil
      },
      poolCheck("evaluation.exercises", "evaluation.exercises") {
        ($0.evaluationSplit, $0.evaluationExercises)
      },
    ]
  }

  private static func trainingChecks(of name: String) -> [KindCheck<Settings>] {
    [
      KindCheck(keys: ["method"]) { _, trial in
        guard trial.method == .bestOfReference else { return nil }
        return
          "\"method\" is \"bestOfReference\", but \(name) tasks come with one trace and without a search; "
          + "choose another"
      },
      poolCheck("base.exercises", "base.exercises + rounds.count * rounds.exercises") {
        (.train, $0.trainingExercises)
      },
    ]
  }

  /// Nothing is shorter than an empty trace, and a network from noise learns nothing without traces.
  private static var beginningChecks: [KindCheck<Settings>] {
    [
      KindCheck(keys: ["domain.tasks", "method", "rounds.count"]) { settings, trial in
        guard trial.method == .expertIteration, trial.rounds > 0, let list = settings.list,
          list.tasksWithTraces == 0, list.tasksWithoutTrace < list.count
        else { return nil }
        return
          "\"tasks\" have no traces, so that the rounds could keep nothing that is shorter; give the tasks "
          + "traces, choose another method, or set rounds.count to 0"
      },
      KindCheck(keys: ["domain.tasks", "method", "base.epochs"]) { settings, trial in
        guard trial.method.writesTraces, trial.trainsBase, let list = settings.list,
          list.tasksWithoutTrace == list.count
        else { return nil }
        return
          "\"tasks\" come without traces, so that round 0 has nothing to train on; give the tasks traces, or "
          + "start from weights that answer already: base.weights, with base.epochs 0"
      },
    ]
  }

  /// Refuses more exercises than the file has.
  private static func poolCheck(
    _ key: String, _ sum: String, of wanted: @escaping @Sendable (DomainTrial) -> (split: Split, count: Int)
  ) -> KindCheck<Settings> {
    KindCheck(keys: [key, "domain.tasks", "rounds.count", "rounds.exercises"]) { settings, trial in
      guard let list = settings.list else { return nil }
      let (split, asked) = wanted(trial)
      let most = list.count(of: split)
      guard asked > most else { return nil }
      return "\(asked) \(split.rawValue) exercises are asked for (\(sum)), but the tasks have \(most); ask "
        + "for fewer or add tasks"
    }
  }
}
