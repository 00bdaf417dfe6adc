import Determinism
import Model
import Search
import Store

/// The work was asked to stop before its next unit; everything before it is committed.
public struct Stopped: Error, Sendable, Equatable {
  public init() {}
}

/// A prompt and the keys that its responses are drawn from, one for each.
struct Question: Sendable {
  let prompt: [Token]
  let keys: [UInt64]
  /// The first token of each response; nil: whichever the model draws.
  var opening: Token?
}

/// A response with the judge's verdicts.
struct JudgedResponse: Sendable {
  let tokens: [Token]
  let judgement: Judgement
}

/// What somebody who waits for answers says and hears. Both closures are called from several threads.
struct AnsweringWatch: Sendable {
  /// True: stop at the next safe point.
  var shouldStop: @Sendable () -> Bool = { false }
  /// Tokens drawn and questions answered since the last call.
  var advanced: @Sendable (_ tokens: Int, _ questions: Int) -> Void = { _, _ in }
  /// Something a person should know, such as a verifier that was started again.
  var notice: @Sendable (String) -> Void = { _ in }
}

/// Writes responses, judges them and counts them: the one way in which a round is sampled and evaluated, and in
/// which `eval`, `solve` and a report's examples answer.
///
///     let answers = try answering.answers(to: questions, AnsweringWatch())
///     answers[0].tally.optimal        // of the first question's responses
struct Answering: Sendable {
  let domain: any Domain
  let sampler: Sampler
  /// For judging; changes no result.
  let threads: Int

  /// In the order of the questions. Throws `Stopped` if the watch says so, and `VerifierFailure`.
  func answers(to questions: [Question], _ watch: AnsweringWatch = AnsweringWatch()) throws -> [Answers] {
    let requests = questions.map {
      SampleRequest(prompt: framed($0.prompt), keys: $0.keys, opening: $0.opening)
    }
    if watch.shouldStop() { throw Stopped() }
    guard
      let samples = sampler.sample(requests, isCancelled: watch.shouldStop, onProgress: watch.advanced)
    else { throw Stopped() }
    return try judge(Array(zip(questions, samples)), watch)
  }

  /// An external verifier can be slow and answers one request at a time, so a stop is looked for between them.
  private func judge(_ pairs: [(Question, [Sample])], _ watch: AnsweringWatch) throws -> [Answers] {
    let domain = domain
    @Sendable func answers(_ question: Question, _ samples: [Sample]) -> Answers {
      Answers(
        samples.map { sample in
          let judgement = domain.judge(sample.tokens, isTerminated: sample.isTerminated, to: question.prompt)
          return JudgedResponse(tokens: sample.tokens, judgement: judgement)
        })
    }
    guard let verifier = domain.verifier else {
      return parallelMap(pairs, threads: threads) { answers($0, $1) }
    }
    return try pairs.map { question, samples in
      if watch.shouldStop() { throw Stopped() }
      let answers = answers(question, samples)
      try verifier.check { watch.notice($0) }
      return answers
    }
  }
}

/// The judged responses to one question, and their counts.
struct Answers: Sendable {
  let responses: [JudgedResponse]

  init(_ responses: [JudgedResponse]) { self.responses = responses }

  var tally: Tally { Tally(of: responses) }

  var measures: Measures { Measures(of: responses) }
}

extension Sequence<Answers> {
  /// How many responses have no optimal answer, by the reason.
  var shortfalls: [String: Int] {
    var counts: [String: Int] = [:]
    for answers in self {
      for reason in answers.responses.compactMap(\.judgement.shortfall) { counts[reason, default: 0] += 1 }
    }
    return counts
  }
}
