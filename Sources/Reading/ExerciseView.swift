import ExpertIteration
import JSON
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
    public let answer: String
    public let traceLength: Int
    public let verdict: ShownVerdict
    /// The search replayed: a picture and a caption a clause; without pictures the response as text.
    public let frames: [String]
  }

  public let terms: DomainTerms
  public let id: Int64
  public let split: String
  /// The round it was drawn for.
  public let round: Int
  public let prompt: String
  public let drawing: String
  /// nil: answers have no cost.
  public let optimalCost: Int?
  /// What the model's trace lengths are compared with, the longest first; test exercises only.
  public let references: [ReferenceLength]
  /// nil: the task came without a trace.
  public let reference: Response?
  /// nil: no shorter one was kept.
  public let kept: Response?

  /// One line of JSON with sorted keys.
  public var json: String {
    var members: [String: JSONTree] = [
      "exercise": .number(Int(id)), "split": .text(split), "round": .number(round), "prompt": .text(prompt),
      "optimalCost": optimalCost.map { .number($0) } ?? .null, "reference": reference?.json ?? .null,
      "kept": kept?.json ?? .null,
    ]
    members["references"] = .object(
      Dictionary(uniqueKeysWithValues: references.map { ($0.line.name, .number($0.tokens)) }))
    return JSONTree.object(members).line()
  }
}

extension ExerciseView.Response {
  /// `plan` repeats `answer`, under its name in earlier versions.
  fileprivate var json: JSONTree {
    var members = verdict.members
    members["origin"] = .text(origin)
    members["trace"] = .text(trace)
    members["answer"] = .text(answer)
    members["plan"] = .text(answer)
    return .object(members)
  }
}

extension RunReader {
  /// The exercise with the trace that was newest after `round` (nil: now).
  public func exercise(_ id: Int64, round: Int? = nil) throws -> ExerciseView {
    guard let exercise = try store.exercise(id: id) else {
      let count = try store.exerciseCount()
      throw ReadingError.noExercise(id, directory: path, count: count)
    }
    if let round { try requireRound(round) }
    let experiment = try experiment()
    let domain = experiment.domain(ofSet: exercise.split)
    let prompt = try domain.writing(of: exercise.prompt)
    func response(_ trace: String, _ answer: String, origin: String) throws -> ExerciseView.Response {
      let writing = try domain.response(trace, answer)
      let judgement = try domain.judge(writing, isTerminated: true, to: prompt)
      let length = try experiment.learner.measured([domain.parts(of: writing).trace])[0]
      return ExerciseView.Response(
        origin: origin, trace: trace, answer: answer, traceLength: length,
        verdict: ShownVerdict(judgement, traceLength: length),
        frames: domain.pictures?.frames(of: writing, to: prompt) ?? [trace + "\n" + answer])
    }
    let kept = try store.keptTraces(exerciseID: id).last { $0.round <= round ?? .max }
    return ExerciseView(
      terms: domain.terms, id: id, split: exercise.split, round: exercise.round, prompt: exercise.prompt,
      drawing: domain.pictures?.drawing(of: prompt) ?? exercise.prompt, optimalCost: exercise.optimalCost,
      references: try references(of: id),
      reference: try exercise.trace.map {
        try response($0, exercise.answer, origin: domain.terms.reference)
      },
      kept: try kept.map {
        try response($0.trace, $0.answer, origin: "round \($0.round), sample \($0.attempt)")
      })
  }
}
