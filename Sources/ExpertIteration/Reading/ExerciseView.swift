import Search
import Store

public typealias DomainTerms = Search.DomainTerms

/// An exercise with what is known of it: the task, the reference's own response and the kept one.
public struct ExerciseView: Sendable {
  /// A response with the judge's verdicts.
  public struct Response: Sendable {
    /// The reference by its name, or the round and the sample that found it: `round 1, sample 5`.
    public let origin: String
    public let trace: String
    public let plan: String
    public let traceLength: Int
    public let verdict: Verdict
    /// The search replayed: a picture and a caption a clause.
    public let frames: [String]
  }

  public let terms: DomainTerms
  public let id: Int64
  public let split: String
  /// The round it was drawn for.
  public let round: Int
  public let prompt: String
  public let drawing: String
  public let optimalCost: Int
  /// What the model's trace lengths are compared with, the longest first; test exercises only.
  public let references: [ReferenceLength]
  public let reference: Response
  /// nil: no shorter one was kept.
  public let kept: Response?

  /// One line of JSON with sorted keys.
  public var json: String {
    var members: [String: JSONTree] = [
      "exercise": .number(Int(id)), "split": .text(split), "round": .number(round), "prompt": .text(prompt),
      "optimalCost": .number(optimalCost), "reference": reference.json, "kept": kept?.json ?? .null,
    ]
    members["references"] = .object(
      Dictionary(
        uniqueKeysWithValues: references.map {
          ($0.line.name, .leaf(ConfigurationValue.number($0.tokens).json))
        }))
    return JSONTree.object(members).line()
  }
}

extension ExerciseView.Response {
  fileprivate var json: JSONTree {
    var members = verdict.members
    members["origin"] = .text(origin)
    members["trace"] = .text(trace)
    members["plan"] = .text(plan)
    return .object(members)
  }
}

/// The judge's verdicts on one response, for people and as JSON.
public struct Verdict: Sendable, Equatable {
  public let isCorrect: Bool
  public let isOptimal: Bool
  public let isSound: Bool
  public let isLegal: Bool
  /// Tokens before the answer.
  public let traceLength: Int
  /// The first fault of the answer, or else of the trace, with its position; nil: neither has one.
  public let fault: String?

  /// `unknownWord` says what is no word of the vocabulary at a position of the response.
  init(_ judgement: Judgement, unknownWord: (Int) -> SearchError? = { _ in nil }) {
    isCorrect = judgement.answer.isCorrect
    isOptimal = judgement.answer.isOptimal
    isSound = judgement.trace.isSound
    isLegal = judgement.trace.isLegal
    traceLength = judgement.traceLength
    fault = (judgement.answer.fault ?? judgement.trace.fault).map {
      unknownWord($0.position)?.description ?? $0.description
    }
  }

  /// For input that cannot be judged.
  init(unreadable reason: String) {
    (isCorrect, isOptimal, isSound, isLegal) = (false, false, false, false)
    traceLength = 0
    fault = reason
  }

  /// `optimal answer, sound trace (token 20: ...)`.
  public func summary(in terms: DomainTerms) -> String {
    let answer =
      isOptimal ? "\(terms.optimal) answer" : isCorrect ? "correct answer, not optimal" : "wrong answer"
    let trace = isLegal ? "legal trace" : isSound ? "sound trace" : "unsound trace"
    return "\(answer), \(trace)" + (fault.map { " (\($0))" } ?? "")
  }

  var members: [String: JSONTree] {
    [
      "correct": .flag(isCorrect), "optimal": .flag(isOptimal), "sound": .flag(isSound),
      "legal": .flag(isLegal), "traceLength": .number(traceLength), "fault": fault.map { .text($0) } ?? .null,
    ]
  }
}

extension RunReader {
  /// The exercise with the trace that stands for it after `round` (nil: now).
  public func exercise(_ id: Int64, round: Int? = nil) throws -> ExerciseView {
    guard let exercise = try store.exercise(id: id) else {
      let count = try store.exerciseCount()
      throw ReadingError.noExercise(id, directory: path, count: count)
    }
    if let round { try requireRound(round) }
    let configuration = try configuration()
    let domain = try configuration.domain(ofSet: exercise.split)
    let prompt = try domain.vocabulary.tokens(of: exercise.prompt)
    func response(_ trace: String, _ plan: String, origin: String) throws -> ExerciseView.Response {
      let tokens = try domain.vocabulary.tokens(of: "\(trace) \(plan)")
      let verdict = Verdict(domain.judge(tokens, isTerminated: true, to: prompt))
      try domain.verifier?.check()
      return ExerciseView.Response(
        origin: origin, trace: trace, plan: plan, traceLength: verdict.traceLength, verdict: verdict,
        frames: domain.frames(of: tokens, to: prompt))
    }
    let kept = try store.keptTraces(exerciseID: id).last { $0.round <= round ?? .max }
    return ExerciseView(
      terms: domain.terms, id: id, split: exercise.split, round: exercise.round, prompt: exercise.prompt,
      drawing: domain.drawing(of: prompt), optimalCost: exercise.optimalCost,
      references: try references(of: id, configuration, domain),
      reference: try response(exercise.trace, exercise.answer, origin: domain.terms.reference),
      kept: try kept.map {
        try response($0.trace, $0.answer, origin: "round \($0.round), sample \($0.attempt)")
      })
  }

  func requireRound(_ round: Int) throws {
    let rounds = try store.rounds()
    guard rounds.contains(where: { $0.round == round }) else {
      throw ReadingError.noRound(round, directory: path, last: rounds.last?.round)
    }
  }
}
