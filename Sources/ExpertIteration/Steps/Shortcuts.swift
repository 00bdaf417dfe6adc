import Configuration
import Determinism
import Learning
import Search
import Store
import Words

/// Responses that begin as an exercise's shortest right one does, with a clause left out, and that the model
/// finishes: what it would seldom leave out by itself, tried on purpose.
///
/// Each try takes the shortest response so far, leaves out the last clause without which the trace still
/// meets the demand, and gives the model what stands before the gap and the clause behind it. If that brings
/// nothing shorter, the next try leaves out an earlier one. What the model makes of it is judged as any
/// response is. The last clause, since what is left out of all traces in the same order can be learnt, and
/// the end of the reasoning is where the least is still to be found out. All is a function of (seed, round,
/// exercise, try).
struct Shortcuts {
  /// Tries on each exercise, one after the other.
  let tries: Int
  let curation: Curation
  let variations: any TraceVariations
  let keys: SampleKeys

  /// nil: the run tries none.
  init?(of configuration: RunConfiguration, in domain: any Domain, keys: SampleKeys) {
    guard configuration.rounds.shortcuts > 0, let variations = domain.variations else { return nil }
    tries = configuration.rounds.shortcuts
    curation = Curation(configuration.rounds)
    self.variations = variations
    self.keys = keys
  }

  /// The answers with those of the tries behind them. An exercise without a right response, or whose trace
  /// can spare no clause, has fewer tries.
  func extend(
    _ chunk: [(exercise: ExerciseRecord, answers: Answers)], _ answering: Answering, _ watch: AnsweringWatch
  ) throws -> [Answers] {
    var answers = chunk.map(\.answers)
    let uncounted = AnsweringWatch(
      shouldStop: watch.shouldStop, advanced: { length, _ in watch.advanced(length, 0) })
    var misses = [Int](repeating: 0, count: chunk.count)
    for _ in 0..<tries {
      let known = chunk.indices.map {
        (exercise: chunk[$0].exercise, answers: answers[$0], misses: misses[$0])
      }
      let questions = try parallelMap(known, threads: answering.threads) { known in
        if watch.shouldStop() { throw Stopped() }
        return try question(on: known.exercise, known.answers, misses: known.misses, answering.domain)
      }
      let open = questions.indices.filter { questions[$0] != nil }
      let more = try answering.answers(to: questions.compactMap(\.self), uncounted)
      for (index, added) in zip(open, more) {
        let before = shortest(of: answers[index])?.traceLength
        answers[index] = Answers(answers[index].responses + added.responses)
        misses[index] = shortest(of: answers[index])?.traceLength == before ? misses[index] + 1 : 0
      }
    }
    return answers
  }

  private func shortest(of answers: Answers) -> JudgedResponse? {
    curation.replacement(for: .infinity, among: answers.responses)?.response
  }

  private func question(
    on exercise: ExerciseRecord, _ answers: Answers, misses: Int, _ domain: any Domain
  ) throws -> Question? {
    guard let best = shortest(of: answers) else { return nil }
    let prompt = try domain.writing(of: exercise.prompt)
    let parts = domain.parts(of: best.writing)
    let clauses = variations.clauses(of: parts.trace)
    var passed = 0
    // Behind the last clause there is none to go on with.
    for place in clauses.indices.dropLast().reversed() {
      var rest = clauses
      rest.remove(at: place)
      let judgement = try domain.judge(rest.joined() + parts.answer, isTerminated: true, to: prompt)
      guard judgement.answer.isOptimal, curation.demand.isMet(by: judgement.trace) else { continue }
      guard passed == misses else {
        passed += 1
        continue
      }
      let key = keys.key(of: exercise, attempt: answers.responses.count)
      return Question(prompt: prompt, keys: [key], opening: rest[...place].joined())
    }
    return nil
  }
}

extension Collection<Writing> {
  /// One after the other; not empty.
  fileprivate func joined() -> Writing {
    guard let first else { preconditionFailure("nothing to join") }
    return dropFirst().reduce(first, +)
  }
}
