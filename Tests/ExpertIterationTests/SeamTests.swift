import Configuration
import Foundation
import Learning
import Reading
import Search
import Store
import Synchronization
import Testing
import Words

@testable import ExpertIteration

/// The rounds with a learner that is no network, on tasks in free text: whatever is behind the seam, the
/// same promises hold.
@Suite struct SeamTests {
  /// Sums with their steps, in text with line breaks and accents; the answer is judged by its last word.
  private struct Sums: Verifier {
    func verify(_ request: VerifierRequest) throws(JudgeFailure) -> VerifierReply {
      let terms = request.prompt.split(separator: " ").compactMap { Int($0) }
      let right = "Answer: \(terms.reduce(0, +))"
      return VerifierReply(isCorrect: request.answer == right, isSound: true)
    }
  }

  private static let tasks: [(task: TextTask, lines: [String])] = (0..<400).map { number in
    let terms = [number, number / 7 % 10, number % 3, number % 5, 2]
    let sums = terms.indices.dropFirst().map { terms[...$0].reduce(0, +) }
    let lines = sums.enumerated().map { "é\($0.offset): \($0.element)" }
    let prompt = "Σ " + terms.map(String.init).joined(separator: " ") + " =\n"
    return (
      TextTask(
        prompt: prompt, trace: lines.map { $0 + "\n" }.joined(), answer: "Answer: \(sums[sums.count - 1])",
        line: number + 1), lines
    )
  }

  private static func experiment(
    withTraces: Bool = true, promise: Promise = .reproducible, fault: Parrot.Fault? = nil, shortcuts: Int = 0
  ) throws -> Experiment {
    var configuration = RunConfiguration(domain: .maze(MazeSettings(width: 4, height: 4)))
    configuration.base.exercises = 60
    configuration.base.epochs = 1
    configuration.base.checkpointInterval = 20
    (configuration.base.learningRate.warmupSteps, configuration.rounds.learningRate.warmupSteps) = (0, 0)
    configuration.rounds.gate.maximumDrop = 100
    configuration.rounds.count = 3
    configuration.rounds.exercises = 40
    configuration.rounds.revisitedExercises = 10
    configuration.rounds.samples = 8
    configuration.rounds.shortcuts = shortcuts
    configuration.rounds.epochs = 1
    configuration.rounds.checkpointInterval = 10
    configuration.rounds.curation = .any
    configuration.rounds.patience = 0
    configuration.evaluation.exercises = 20
    configuration.evaluation.samples = 8
    configuration.sampler.maximumLength = 1000
    let given = tasks.map { pair in
      var task = pair.task
      if !withTraces { task.trace = nil }
      return task
    }
    let domain = TextDomain(try TextTasks(given, answerMarker: "Answer:"), verifier: Sums())
    let solutions = Dictionary(
      uniqueKeysWithValues: tasks.map {
        (Writing.text($0.task.prompt), (lines: $0.lines, answer: $0.task.answer))
      })
    return Experiment(
      configuration, domain: domain, learner: Parrot(solutions: solutions, promise: promise, fault: fault))
  }

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "seam-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func execute(
    _ experiment: Experiment, in folder: URL, observe: @escaping @Sendable (RunEvent) -> Void = { _ in },
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> Run.Outcome {
    try Run(
      experiment, in: folder, options: Run.Options(threads: 2),
      surroundings: Run.Surroundings(
        clock: { 0 }, wallTime: { "2025-01-01T00:00:00Z" },
        process: Run.ProcessIdentity(pid: 1, bootID: "boot", host: "host"), codeVersion: "test",
        observe: observe, shouldStop: shouldStop)
    ).execute()
  }

  private func reader(_ folder: URL, _ experiment: Experiment) throws -> RunReader {
    try RunReader(folder.path, learner: { _, _ in experiment.learner }, opened: experiment)
  }

  @Test(arguments: [true, false]) func roundsShortenWithWhateverLearns(withTraces: Bool) throws {
    try inFolder { folder in
      let experiment = try Self.experiment(withTraces: withTraces)
      #expect(try execute(experiment, in: folder) == .finished(reason: "all 3 rounds are done"))
      let reader = try reader(folder, experiment)
      let rounds = try reader.rounds()
      #expect(rounds.count == 4 && rounds.allSatisfy { $0.state == .accepted })
      let lengths = rounds.compactMap(\.traceTokens)
      #expect(lengths.count == 4 && lengths[3] < lengths[1] && lengths[1] < lengths[0])
      #expect(reader.run.lengthUnit == "characters" && reader.run.learner == "parrot")
      let checkpoints = try reader.store.checkpoints()
      #expect(checkpoints.allSatisfy { $0.kind == .folder && $0.isFinal })
      // Text is stored as it was written: line breaks, accents and all.
      let trace = try #require(try reader.store.keptTraces(round: 1).first)
      #expect(trace.trace.hasSuffix("\n") && trace.trace.unicodeScalars.count == trace.traceLength)
      #expect(trace.answer.hasPrefix("Answer: "))
      #expect(try reader.examples(threads: 1).isEmpty == false)
    }
  }

  /// The median of an exercise's right answers is what its first kept trace had to beat.
  @Test func aTaskWithoutATraceGetsItsFirstIncumbentFromItsOwnAnswers() throws {
    try inFolder { folder in
      let experiment = try Self.experiment(withTraces: false)
      _ = try execute(experiment, in: folder)
      let store = try RunStore(folder.appending(path: "shorten.db"), mode: .read)
      let rows = try store.samplings(round: 1)
      #expect(rows.contains { $0.bestAttempt != nil } && rows.contains { $0.bestAttempt == nil })
      for row in rows {
        #expect((row.incumbentLength == nil) == (row.tally.optimal == 0))
        if let best = row.bestLength { #expect(Double(best) < row.incumbentLength ?? 0) }
      }
      #expect(try store.exercises(split: "train").allSatisfy { $0.trace == nil && $0.traceLength == nil })
    }
  }

  /// The parrot itself leaves out last lines only, so a gap before a line is a shortcut's.
  @Test func shortcutsLeaveOutAClauseThatTheLearnerWouldNot() throws {
    try inFolder { folder in
      let experiment = try Self.experiment(shortcuts: 3)
      _ = try execute(experiment, in: folder)
      let store = try RunStore(folder.appending(path: "shorten.db"), mode: .read)
      let samples = try store.samplings(round: 1).map(\.tally.samples)
      #expect(samples.allSatisfy { (8...11).contains($0) } && samples.contains(11))
      let gaps = try store.keptTraces(round: 1).filter { kept in
        let numbers = kept.trace.split(separator: "\n").compactMap { $0.dropFirst().first?.wholeNumberValue }
        return numbers != Array(0..<numbers.count)
      }
      #expect(!gaps.isEmpty && gaps.allSatisfy { $0.attempt >= 8 })
    }
  }

  /// What a shortcut made shorter on purpose is not what the learner does by itself.
  @Test func aFirstIncumbentIsTheSamplesAlone() throws {
    var incumbents: [[Double?]] = []
    for shortcuts in [0, 3] {
      try inFolder { folder in
        _ = try execute(try Self.experiment(withTraces: false, shortcuts: shortcuts), in: folder)
        let store = try RunStore(folder.appending(path: "shorten.db"), mode: .read)
        incumbents.append(try store.samplings(round: 1).map(\.incumbentLength))
      }
    }
    #expect(incumbents[0] == incumbents[1] && incumbents[0].contains { $0 != nil })
  }

  @Test(arguments: [(true, 0), (false, 0), (true, 3)])
  func aRunKilledBetweenAnyTwoCommitsEndsWithTheSameRows(withTraces: Bool, shortcuts: Int) throws {
    try inFolder { folder in
      let experiment = try Self.experiment(withTraces: withTraces, shortcuts: shortcuts)
      let whole = folder.appending(path: "whole")
      let killed = folder.appending(path: "killed")
      _ = try execute(experiment, in: whole)
      var attempts = 0
      while true {
        attempts += 1
        try #require(attempts < 500)
        let events = Atomic(0)
        let limit = 2 + attempts % 5
        let outcome = try execute(
          experiment, in: killed,
          observe: { event in
            if case .phaseStarted = event { return }
            events.add(1, ordering: .relaxed)
          }, shouldStop: { events.load(ordering: .relaxed) >= limit })
        if outcome != .stopped { break }
      }
      #expect(attempts > 20)
      #expect(try reader(killed, experiment).digest() == reader(whole, experiment).digest())
    }
  }

  @Test func whatCannotBeDrawnAgainIsKeptAsText() throws {
    try inFolder { folder in
      let experiment = try Self.experiment(promise: .recorded)
      _ = try execute(experiment, in: folder)
      let reader = try reader(folder, experiment)
      #expect(reader.run.promise == "recorded")
      let rows = try reader.store.evaluations(round: 3)
      for row in rows {
        let kept = try reader.store.responses(round: 3, exerciseID: row.exerciseID)
        #expect(kept.contains { $0.optimal } == (row.tally.optimal > 0))
        #expect(kept.contains { !$0.correct } == (row.tally.correct < row.tally.samples))
      }
      let examples = try reader.examples(threads: 1)
      #expect(examples.allSatisfy { $0.responses.count > 1 })
    }
  }

  /// What is missing must end the run and not thin out its figures.
  @Test(arguments: Parrot.Fault.allCases) func aLearnerThatAnswersInPartIsRefused(fault: Parrot.Fault) throws
  {
    try inFolder { folder in
      let experiment = try Self.experiment(fault: fault)
      let error = #expect(throws: LearnerError.self) { try execute(experiment, in: folder) }
      guard case .unsupported(let reason) = error else {
        Issue.record("\(error as Any)")
        return
      }
      #expect(reason.hasPrefix("the learner parrot ") && reason.contains("its program must"))
    }
  }

  @Test func foldersOfWeightsWithoutTheirDatabaseAreNoNewRun() throws {
    try inFolder { folder in
      let experiment = try Self.experiment()
      _ = try execute(experiment, in: folder)
      for name in ["shorten.db", "shorten.db-wal", "shorten.db-shm"] {
        try? FileManager.default.removeItem(at: folder.appending(path: name))
      }
      #expect(throws: RunError.lostDatabase(directory: folder.path, checkpoints: 4)) {
        try execute(experiment, in: folder)
      }
    }
  }

  @Test func aRunIsNotContinuedUnderAnotherPromise() throws {
    try inFolder { folder in
      _ = try execute(try Self.experiment(), in: folder)
      let other = try Self.experiment(promise: .recorded)
      #expect(
        throws: RunError.otherPromise(
          directory: folder.path, run: "characters, reproducible", now: "characters, recorded")
      ) {
        try execute(other, in: folder)
      }
    }
  }

  @Test func weightsThatCannotBeTrainedAgainAreReportedLost() throws {
    try inFolder { folder in
      let experiment = try Self.experiment(promise: .repeatable)
      _ = try execute(experiment, in: folder)
      let store = try RunStore(folder.appending(path: "shorten.db"), mode: .read)
      let newest = try #require(try store.latestAcceptedCheckpoint())
      try FileManager.default.removeItem(at: folder.appending(path: newest.path))
      let error = #expect(throws: RunError.self) { try execute(experiment, in: folder) }
      guard case .lostWeights(newest.path, 3, _) = error else {
        Issue.record("\(error as Any)")
        return
      }
    }
  }
}
