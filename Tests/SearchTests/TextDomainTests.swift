import Synchronization
import Testing
import Words

@testable import Search

/// Tasks in free text: every byte is kept, and a response is cut before the last marker.
struct TextDomainTests {
  /// Calls an answer right if it is `Answer: 8`, and remembers what it was asked.
  private final class Recorder: Verifier {
    private let asked = Mutex<[VerifierRequest]>([])

    var requests: [VerifierRequest] { asked.withLock { $0 } }

    func verify(_ request: VerifierRequest) -> VerifierReply {
      asked.withLock { $0.append(request) }
      return VerifierReply(isCorrect: request.answer == "Answer: 8", cost: 4, isSound: true)
    }
  }

  private struct Broken: Verifier {
    func verify(_ request: VerifierRequest) throws(JudgeFailure) -> VerifierReply {
      throw JudgeFailure("it is gone")
    }
  }

  private static func domain(
    _ tasks: [TextTask], marker: String = "Answer:", _ verifier: any Verifier = Recorder()
  ) throws -> TextDomain {
    TextDomain(try TextTasks(tasks, answerMarker: marker), verifier: verifier)
  }

  private static func task(
    _ prompt: String, _ trace: String? = "3 and 5\r\nare 8.", _ answer: String = "Answer: 8",
    cost: Int? = nil,
    line: Int = 1
  ) -> TextTask {
    TextTask(prompt: prompt, trace: trace, answer: answer, cost: cost, line: line)
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test(arguments: [
    "one\ntwo\n\n", "line\r\nend\r", "caf\u{E9} cafe\u{301}", "\u{301}starts with a mark", "  two  spaces\t",
    "\u{FEFF}\u{200D}\u{1F469}\u{200D}\u{1F4BB}",
  ])
  func everyByteOfATextIsKept(_ text: String) throws {
    let domain = try Self.domain([Self.task(text, text)])
    let exercise = try #require(
      Split.allCases.compactMap { domain.exercise(seed: 1, index: 0, split: $0) }.first)
    #expect(bytes(exercise.prompt.text) == bytes(text))
    #expect(bytes(try #require(exercise.trace).text) == bytes(text))
    #expect(bytes(try domain.prompt(of: text).text) == bytes(text))
    #expect(try domain.writing(of: domain.text(of: .text(text))) == .text(text))
    let parts = domain.parts(of: .text(text + "Answer: 8"))
    #expect(bytes(parts.trace.text) == bytes(text) && parts.answer == .text("Answer: 8"))
  }

  @Test func promptsThatDifferInBytesAloneAreTwoTasks() throws {
    let domain = try Self.domain([
      Self.task("caf\u{E9}"), Self.task("cafe\u{301}", line: 2), Self.task("a\nb", line: 3),
      Self.task("a\r\nb", line: 4),
    ])
    #expect(domain.line(of: .text("caf\u{E9}")) == 1 && domain.line(of: .text("cafe\u{301}")) == 2)
    #expect(domain.line(of: .text("a\nb")) == 3 && domain.line(of: .text("a\r\nb")) == 4)
    #expect(domain.line(of: .text("b")) == nil && domain.line(of: .words([2])) == nil)
    #expect(
      throws: ExternalTaskError(line: 7, reason: "the same \"prompt\" as on line 1; remove one of the two")
    ) {
      try Self.domain([Self.task("a"), Self.task("a", line: 7)])
    }
  }

  @Test func aNULIsRefusedWithItsField() {
    for (field, task) in [
      ("prompt", Self.task("a\0b")), ("trace", Self.task("a", "b\0")),
      ("answer", Self.task("a", "b", "Answer:\0 8")),
    ] {
      let reason = "\"\(field)\" has a NUL (\\u0000), which cannot be stored; remove it"
      #expect(throws: ExternalTaskError(line: 1, reason: reason)) { try Self.domain([task]) }
    }
    #expect(TextTasks.problem(withMarker: "a\0") != nil && TextTasks.problem(withMarker: "a") == nil)
  }

  /// What stands before the marker is reasoning, whichever field it came in.
  @Test func theBeginningOfAnAnswerIsItsTrace() throws {
    let tasks = try TextTasks(
      [Self.task("a", nil, "3 + 5. Answer: 8"), Self.task("b", nil, "\n Answer: 8", line: 2)],
      answerMarker: "Answer:")
    #expect(tasks.tasksWithTraces == 1 && tasks.tasksWithoutTrace == 1)
    let domain = TextDomain(tasks, verifier: Recorder())
    let traces = (0..<2).flatMap { index in
      Split.allCases.compactMap { domain.exercise(seed: 1, index: index, split: $0)?.trace }
    }
    #expect(traces == [.text("3 + 5. ")])
  }

  @Test func aResponseIsCutBeforeTheLastMarker() throws {
    let domain = try Self.domain([Self.task("3 + 5? Say Answer: and the number.")])
    let parts = domain.parts(of: .text("Answer: 7? No.\nAnswer: 8"))
    #expect(parts.trace == .text("Answer: 7? No.\n") && parts.answer == .text("Answer: 8"))
    let none = domain.parts(of: .text("8"))
    #expect(none.trace == .text("8") && none.answer.isEmpty)
    let hashes = try Self.domain([Self.task("p", "t", "#### 8")], marker: "####")
    #expect(hashes.parts(of: .text("##### 8")).trace == .text("#"))
  }

  @Test func aMarkerIsFoundByItsBytes() throws {
    let composed = try Self.domain([Self.task("p", "cafe\u{301}", "caf\u{E9} 8")], marker: "caf\u{E9}")
    let response = Writing.text("caf\u{E9} 8 cafe\u{301} 9")
    #expect(composed.parts(of: response).answer == response)
    // A mark behind the marker belongs to its last letter, but the bytes are there.
    let parts = try Self.domain([Self.task("p")]).parts(of: .text("so Answer:\u{301}8"))
    #expect(parts.answer == .text("Answer:\u{301}8"))
  }

  @Test func whatStandsBeforeTheMarkerInAnAnswerEndsTheTrace() throws {
    let domain = try Self.domain([Self.task("p", "3 and 5 are 8.", "\nSo the Answer: 8")])
    let exercise = try #require(
      Split.allCases.compactMap { domain.exercise(seed: 1, index: 0, split: $0) }.first)
    #expect(exercise.trace == .text("3 and 5 are 8.\nSo the ") && exercise.answer == .text("Answer: 8"))
  }

  @Test func theVerifierGetsTheTextsAsTheyAre() throws {
    let verifier = Recorder()
    let domain = try Self.domain([Self.task("p\r\n")], verifier)
    let response = Writing.text("cafe\u{301}\nAnswer: 8")
    let judgement = try domain.judge(response, isTerminated: true, to: .text("p\r\n"))
    #expect(judgement.answer == .optimal(cost: nil) && judgement.trace.isSound)
    let request = try #require(verifier.requests.first)
    #expect(bytes(request.prompt) == bytes("p\r\n") && bytes(request.trace) == bytes("cafe\u{301}\n"))
    #expect(request.answer == "Answer: 8")
  }

  @Test func aResponseThatIsNotFinishedIsWrongWithoutAsking() throws {
    let verifier = Recorder()
    let domain = try Self.domain([Self.task("p")], verifier)
    func fault(_ response: String, isTerminated: Bool) throws -> Fault? {
      try domain.judge(.text(response), isTerminated: isTerminated, to: .text("p")).answer.fault
    }
    let missing = try #require(try fault("It is 8.", isTerminated: true))
    #expect(missing.kind == .missingAnswer && missing.place == .character(8))
    #expect(missing.description == "character 8: the response has no \"Answer:\"")
    #expect(try fault("Answer: 8", isTerminated: false)?.kind == .notTerminated)
    #expect(verifier.requests.isEmpty)
  }

  @Test func aTasksCostDecidesWhatIsOptimal() throws {
    func answer(cost: Int?) throws -> AnswerVerdict {
      try Self.domain([Self.task("p", cost: cost)]).judge(
        .text("Answer: 8"), isTerminated: true, to: .text("p")
      ).answer
    }
    #expect(try answer(cost: 4) == .optimal(cost: 4))
    #expect(try answer(cost: 3) == .correct(cost: 4, optimalCost: 3))
    #expect(try answer(cost: nil) == .optimal(cost: nil))
  }

  @Test func aFailedVerifierGivesNoVerdict() throws {
    let failure = JudgeFailure("it is gone")
    let text = try Self.domain([Self.task("p")], Broken())
    #expect(throws: failure) { try text.judge(.text("Answer: 8"), isTerminated: true, to: .text("p")) }
    let tasks = try ExternalTasks(
      [ExternalTask(prompt: ["p"], trace: [], answer: ["answer", "8"], line: 1)], answerWord: "answer")
    let words = ExternalDomain(tasks, verifier: Broken())
    #expect(throws: failure) { try words.judge(.text("answer 8"), isTerminated: true, to: .text("p")) }
    // What needs no verifier does not fail with it.
    let unfinished = try text.judge(.text("8"), isTerminated: true, to: .text("p"))
    #expect(unfinished.answer.fault?.kind == .missingAnswer)
  }

  @Test func whatAVerifierSaysHasNoPlace() throws {
    let domain = try Self.domain([Self.task("p")])
    let judgement = try domain.judge(.text("Answer: 9"), isTerminated: true, to: .text("p"))
    let fault = try #require(judgement.answer.fault)
    #expect(fault.kind == .refusedAnswer && fault.place == .unknown)
    #expect(fault.description == "the verifier says that the answer is wrong")
  }

  @Test func aTaskThatCannotBeUsedIsNamedByItsLine() {
    func error(_ task: TextTask, marker: String = "Answer:") -> ExternalTaskError? {
      do throws(ExternalTaskError) { _ = try TextTasks([task], answerMarker: marker) } catch { return error }
      return nil
    }
    #expect(error(Self.task("", line: 3)) == ExternalTaskError(line: 3, reason: "\"prompt\" is empty"))
    let unmarked = error(Self.task("p", "t", "8", line: 4))
    #expect(unmarked?.line == 4 && unmarked?.reason.hasPrefix("\"answer\" has no \"Answer:\"") == true)
    let marked = error(Self.task("p", "The Answer: is 8", line: 5))
    #expect(marked?.line == 5 && marked?.reason.hasPrefix("\"trace\" has \"Answer:\"") == true)
    #expect(error(Self.task("p"), marker: "")?.reason.hasPrefix("the marker is empty") == true)
    #expect(error(Self.task("p", nil)) == nil)
  }

  @Test func tracesAreCountedAndWithoutThemThereIsNoReference() throws {
    let some = try Self.domain([Self.task("p"), Self.task("q", nil), Self.task("r", "")])
    #expect(some.tasks.count == 3 && some.tasks.tasksWithTraces == 1)
    #expect(some.reference == nil && some.vocabulary == nil)
    let all = try Self.domain([Self.task("p"), Self.task("q", "")])
    let reference = try #require(all.reference)
    let settings = ReferenceSettings(seed: 1, runs: 1, samples: 1)
    #expect(reference.lines(settings).map(\.name) == ["reference"])
    #expect(try reference.lengths(on: .text("p"), settings, index: 0) == nil)
    let words = try ExternalTasks(
      [ExternalTask(prompt: ["p"], trace: nil, answer: ["answer", "8"], line: 1)], answerWord: "answer")
    #expect(words.count == 1 && words.tasksWithTraces == 0 && words.longestResponse == 3)
    #expect(ExternalDomain(words, verifier: Recorder()).reference == nil)
  }

  @Test func aTraceIsLeftWholeOrLeftOut() throws {
    let variations = try #require(try Self.domain([Self.task("p")]).variations)
    #expect(variations.opening(.fast, to: .text("p")) == .text("Answer:"))
    #expect(variations.opening(.slow, to: .text("p")) == nil && variations.hints(for: .text("p")) == nil)
  }
}
