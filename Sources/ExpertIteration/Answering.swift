import Determinism
import Learning
import Search
import Store
import Words

/// The work was asked to stop before its next unit; everything before it is committed.
public struct Stopped: Error, Sendable, Equatable {
  public init() {}
}

/// A prompt and the keys that its responses are drawn from, one for each.
package struct Question: Sendable {
  let prompt: Writing
  let keys: [UInt64]
  /// What each response must begin with; nil: whatever the model writes.
  let opening: Writing?

  package init(prompt: Writing, keys: [UInt64], opening: Writing? = nil) {
    self.prompt = prompt
    self.keys = keys
    self.opening = opening
  }
}

/// A response with its lengths and the judge's verdicts.
package struct JudgedResponse: Sendable {
  package let writing: Writing
  /// The answer in it.
  let answer: Writing
  /// Of all that was drawn, the end counted, and of the trace alone; in the learner's unit.
  package let length: Int
  package let traceLength: Int
  package let judgement: Judgement
}

/// What somebody who waits for answers says and hears. Both closures are called from several threads.
package struct AnsweringWatch: Sendable {
  /// True: stop at the next safe point.
  let shouldStop: @Sendable () -> Bool
  /// Length drawn and questions answered since the last call.
  let advanced: @Sendable (_ length: Int, _ questions: Int) -> Void

  package init(
    shouldStop: @escaping @Sendable () -> Bool = { false },
    advanced: @escaping @Sendable (_ length: Int, _ questions: Int) -> Void = { _, _ in }
  ) {
    self.shouldStop = shouldStop
    self.advanced = advanced
  }
}

/// Writes responses, judges them and counts them: the one way in which a round is sampled and evaluated,
/// and in which `eval`, `solve` and a report's examples answer.
///
///     let answers = try answering.answers(to: questions)
///     answers[0].tally.optimal        // of the first question's responses
package struct Answering: Sendable {
  package let domain: any Domain
  let learner: any Learner
  let writer: any Writer
  let settings: WritingSettings
  /// For judging; changes no result.
  let threads: Int

  package init(
    domain: any Domain, learner: any Learner, writer: any Writer, settings: WritingSettings, threads: Int
  ) {
    self.domain = domain
    self.learner = learner
    self.writer = writer
    self.settings = settings
    self.threads = threads
  }

  /// In the order of the questions. Throws `Stopped` if the watch says so, `JudgeFailure`, and what the
  /// learner throws.
  package func answers(
    to questions: [Question], _ watch: AnsweringWatch = AnsweringWatch()
  ) throws -> [Answers] {
    if watch.shouldStop() { throw Stopped() }
    let responses = try writer.respond(
      to: questions.map { Request(prompt: $0.prompt, opening: $0.opening, keys: $0.keys) }, settings,
      WritingWatch(isCancelled: watch.shouldStop, advanced: watch.advanced))
    guard let responses else { throw Stopped() }
    try requireWhole(responses, to: questions)
    return try Judging(domain: domain, learner: learner, threads: threads)
      .answers(to: questions, responses, watch)
  }

  /// A response that is missing would change every share without a trace of it.
  private func requireWhole(_ responses: [[Response]], to questions: [Question]) throws {
    func refuse(_ reason: String) -> LearnerError {
      .unsupported("the learner \(learner.identity.name) \(reason)")
    }
    guard responses.count == questions.count else {
      throw refuse(
        "answered \(responses.count) of \(questions.count) prompts; its program must answer each")
    }
    for (responses, question) in zip(responses, questions) {
      guard responses.count == question.keys.count else {
        throw refuse(
          "gave \(responses.count) of \(question.keys.count) responses; its program must give all")
      }
      for response in responses {
        if case .text(let text) = response.writing, text.utf8.contains(0) {
          throw refuse("wrote a NUL (\\u0000), which cannot be stored; its program must leave it out")
        }
      }
    }
  }
}

/// Judges responses, whoever wrote them, and measures their traces.
struct Judging: Sendable {
  let domain: any Domain
  let learner: any Learner
  let threads: Int

  /// `responses[i]` are those to `questions[i]`. A judge outside this program can be slow, so a stop is
  /// looked for between questions.
  func answers(
    to questions: [Question], _ responses: [[Response]], _ watch: AnsweringWatch = AnsweringWatch()
  ) throws -> [Answers] {
    let domain = domain
    let judgements = try parallelMap(Array(zip(questions, responses)), threads: threads) {
      question, responses in
      if watch.shouldStop() { throw Stopped() }
      return try responses.map {
        try domain.judge($0.writing, isTerminated: $0.isTerminated, to: question.prompt)
      }
    }
    let parts = responses.map { $0.map { domain.parts(of: $0.writing) } }
    var lengths = try learner.measured(parts.flatMap { $0.map(\.trace) }).makeIterator()
    return responses.indices.map { index in
      Answers(
        responses[index].indices.map { sample in
          JudgedResponse(
            writing: responses[index][sample].writing, answer: parts[index][sample].answer,
            length: responses[index][sample].length, traceLength: lengths.next() ?? 0,
            judgement: judgements[index][sample])
        })
    }
  }
}

/// The judged responses to one question, and their counts.
package struct Answers: Sendable {
  package let responses: [JudgedResponse]

  init(_ responses: [JudgedResponse]) { self.responses = responses }

  package var tally: Tally { Tally(of: responses) }

  package var measures: Measures { Measures(of: responses) }

  package var votes: Votes { Votes(of: responses) }
}

extension Sequence<Answers> {
  /// How many responses have no optimal answer, by the reason.
  package var shortfalls: [String: Int] {
    var counts: [String: Int] = [:]
    for answers in self {
      for reason in answers.responses.compactMap(\.judgement.shortfall) { counts[reason, default: 0] += 1 }
    }
    return counts
  }
}
