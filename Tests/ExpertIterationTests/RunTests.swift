import Configuration
import Foundation
import Learners
import Reading
import Store
import Synchronization
import Testing

@testable import ExpertIteration

/// The real loop, small: 4x4 mazes, a network of a few thousand weights, two rounds.
@Suite struct RunTests {
  static func configuration(
    seed: Int = 1, rounds: Int = 2, maximumDrop: Double = 100, sets: String = "",
    setting overrides: [String] = [], loading: LoadedFiles = .all(weights: BuiltInWeights())
  ) throws -> RunConfiguration {
    try RunConfiguration(
      parsing: Array(
        """
        {"seed": \(seed),
         "domain": {"kind": "maze", "width": 4, "height": 4, "grammar": "cell"},
         "model": {"width": 32, "layers": 1, "heads": 2, "hiddenWidth": 64, "tokenShift": 1},
         "base": {"exercises": 480, "epochs": 2, "batchSize": 16, "checkpointInterval": 18,
                  "learningRate": {"peak": 0.005, "warmupSteps": 5, "decayShare": 0.5}},
         "rounds": {"count": \(rounds), "exercises": 40, "revisitedExercises": 10, "samples": 4, "curation": "any",
                    "epochs": 1, "batchSize": 8, "checkpointInterval": 3, "fullTraceShare": 0.3, "replayRounds": 1,
                    "learningRate": {"peak": 0.0005, "warmupSteps": 1}, "patience": 0,
                    "gate": {"maximumDrop": \(maximumDrop), "maximumRejections": 2}},
         "evaluation": {"exercises": 30, "samples": 8, "referenceRuns": 4\(sets)},
         "sampler": {"maximumLength": 120}}
        """.utf8), file: "/tmp/test.json", setting: overrides.compactMap { ConfigurationOverride($0) },
      loading: loading)
  }

  /// A folder that is removed when the body is done.
  func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func surroundings(
    clock: @escaping @Sendable () -> Double = { 0 },
    wallTime: @escaping @Sendable () -> String = { "2025-01-01T00:00:00Z" },
    observe: @escaping @Sendable (RunEvent) -> Void = { _ in },
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) -> Run.Surroundings {
    Run.Surroundings(
      clock: clock, wallTime: wallTime,
      process: Run.ProcessIdentity(pid: 1, bootID: "boot", host: "host"), codeVersion: "test",
      observe: observe,
      shouldStop: shouldStop)
  }

  func execute(_ configuration: RunConfiguration, in folder: URL, threads: Int = 2) throws
    -> Run.Outcome
  {
    try Run(configuration, in: folder, options: Run.Options(threads: threads), surroundings: surroundings())
      .execute()
  }

  private func execute(_ configuration: RunConfiguration, in folder: URL, until stop: Stop) throws
    -> Run.Outcome
  {
    try Run(
      configuration, in: folder, options: Run.Options(threads: 2),
      surroundings: surroundings(observe: { stop.hear($0) }, shouldStop: { stop.isSet })
    ).execute()
  }

  func noticesOfExecuting(_ configuration: RunConfiguration, in folder: URL) throws -> [String] {
    let notices = Mutex<[String]>([])
    _ = try Run(
      configuration, in: folder, options: Run.Options(threads: 2),
      surroundings: surroundings(observe: { event in
        if case .notice(let text) = event { notices.withLock { $0.append(text) } }
      })
    ).execute()
    return notices.withLock { $0 }
  }

  private func digest(_ folder: URL) throws -> String { try RunReader(folder.path).digest() }

  @Test func everyTestTaskHasItsReferenceLinesAndMeasures() throws {
    try inFolder { folder in
      _ = try execute(try Self.configuration(rounds: 1), in: folder)
      let reader = try RunReader(folder.path)
      let lines = try reader.references()
      #expect(
        lines.map(\.line.name).sorted() == [
          "bestOfReference", "lifo", "pathOnly", "planOnly", "reference", "shortestLegal", "smallerH",
        ])
      #expect(lines.allSatisfy { $0.line.title != $0.line.name })
      let store = try RunStore(folder.appending(path: "shorten.db"), mode: .read)
      for exercise in try store.exercises(split: "test") {
        #expect(try store.references(exerciseID: exercise.id).count == 7)
      }
      let rows = try store.evaluations(round: 1)
      #expect(rows.count == 30)
      for row in rows {
        let measures = try #require(row.measures)
        #expect((measures.leastCost == nil) == (row.tally.correct == 0))
      }
    }
  }

  @Test func everySetIsEvaluatedInEveryRoundAndDecidesNothing() throws {
    try inFolder { plain in
      try inFolder { folder in
        let sets =
          #", "sets": [{"name": "open", "exercises": 12, "minimumWallPercent": 0}, {"name": "goals", "#
        let configuration = try Self.configuration(
          rounds: 1,
          sets: sets
            + #""exercises": 9, "decoyGoals": 1}, {"name": "v", "exercises": 7, "split": "validation"}]"#)
        _ = try execute(configuration, in: folder)
        _ = try execute(try Self.configuration(rounds: 1), in: plain)
        let reader = try RunReader(folder.path)
        let summaries = try reader.sets()
        #expect(summaries.map(\.setName) == ["test", "goals", "open", "v", "test", "goals", "open", "v"])
        #expect(summaries.map(\.tasks) == [30, 9, 12, 7, 30, 9, 12, 7])
        // A set is drawn from its side of the data.
        for (name, isForValidation) in [("v", true), ("open", false), ("test", false), ("train", false)] {
          let words = try reader.store.exercises(split: name).map {
            UInt64($0.identitySHA256.prefix(16), radix: 16)
          }
          #expect(words.allSatisfy { ($0.map { $0 % 50 == 0 }) == isForValidation }, "\(name)")
        }
        #expect(summaries.allSatisfy { $0.samples == 8 && $0.optimalPercentLow != nil && $0.swc != nil })
        // The test set and the training do not see the others.
        let weights = try reader.store.checkpoints().map(\.sha256)
        let others = try RunReader(plain.path)
        #expect(try others.store.checkpoints().map(\.sha256) == weights)
        #expect(
          try others.sets().map(\.optimalPercent)
            == summaries.filter { $0.setName == "test" }.map(\.optimalPercent))

        // Evaluating again gives the same figures, in the view and computed from the rows.
        for summary in summaries where summary.round == 1 {
          let request = EvaluationRequest(set: summary.setName, round: 1, threads: 2)
          let again = try reader.evaluate(request, shouldStop: { false }, observe: { _ in })
          for (name, path) in SetSummary.columns.prefix(17) {
            let (now, then) = (again.measures[keyPath: path], summary[keyPath: path])
            #expect((now == nil) == (then == nil), "\(name)")
            if let now, let then { #expect(abs(now - then) <= 0.0501, "\(name)") }
          }
        }
        // A set the run did not declare is drawn anew.
        let request = EvaluationRequest(set: "goals", samples: 3, threads: 1, configuration: configuration)
        let drawn = try others.evaluate(request, shouldStop: { false }, observe: { _ in })
        #expect(drawn.measures.tasks == 9 && drawn.measures.samples == 3)
        // And one that it declared otherwise.
        var fewer = configuration
        fewer.evaluation.sets[0].exercises = 5
        let redrawn = try reader.evaluate(
          EvaluationRequest(set: "open", threads: 1, configuration: fewer), shouldStop: { false },
          observe: { _ in })
        #expect(redrawn.measures.tasks == 5)
        #expect(throws: ReadingError.self) {
          try others.evaluate(
            EvaluationRequest(set: "goals", threads: 1), shouldStop: { false }, observe: { _ in })
        }
        #expect(throws: Stopped.self) {
          try others.evaluate(request, shouldStop: { true }, observe: { _ in })
        }
      }
    }
  }

  @Test func linesThatAStopLeftOutAreMeasuredLater() throws {
    try inFolder { whole in
      try inFolder { stopped in
        let configuration = try Self.configuration(rounds: 0)
        _ = try execute(configuration, in: whole)
        var drawn = 0
        while drawn == 0 {
          #expect(try execute(configuration, in: stopped, until: Stop()) == .stopped)
          let store = try RunStore(stopped.appending(path: "shorten.db"), mode: .read)
          drawn = try store.exerciseCount(split: "test")
        }
        #expect(drawn == 30)
        #expect(try RunReader(stopped.path).references().isEmpty)
        _ = try execute(configuration, in: stopped)
        #expect(try digest(stopped) == digest(whole))
      }
    }
  }

  @Test func aRunEndsWithItsRoundsAndRunningItAgainChangesNothing() throws {
    try inFolder { folder in
      let configuration = try Self.configuration()
      #expect(try execute(configuration, in: folder) == .finished(reason: "all 2 rounds are done"))
      let rounds = try RunReader(folder.path).rounds()
      #expect(rounds.map(\.state) == [.accepted, .accepted, .accepted])
      #expect(rounds.allSatisfy { $0.optimalPercentLow != nil && $0.trainTokens > 0 })
      #expect(rounds.dropFirst().allSatisfy { $0.sampledTokens > 0 })
      let before = try digest(folder)
      #expect(try execute(configuration, in: folder) == .finished(reason: "all 2 rounds are done"))
      #expect(try digest(folder) == before)
    }
  }

  /// Stops after every commit (in training after every eighth step) and continues in a new `Run`.
  @Test func aRunStoppedAtEveryCommitEndsWithTheSameDigest() throws {
    try inFolder { folder in
      let whole = folder.appending(path: "whole")
      let parts = folder.appending(path: "parts")
      let configuration = try Self.configuration()
      _ = try execute(configuration, in: whole)
      var stops = 0
      while true {
        let stop = Stop()
        let run = try Run(
          configuration, in: parts, options: Run.Options(threads: 1 + stops % 2),
          surroundings: surroundings(observe: { stop.hear($0) }, shouldStop: { stop.isSet }))
        guard try run.execute() == .stopped else { break }
        stops += 1
        try #require(stops < 500, "the run does not get on")
      }
      #expect(stops > 20)
      #expect(try digest(parts) == digest(whole))
    }
  }

  @Test func threadsAndSamplerRowsChangeNothing() throws {
    try inFolder { folder in
      var digests: Set<String> = []
      for (threads, rows) in [(1, 6), (2, 12), (3, 18)] {
        var configuration = try Self.configuration(rounds: 1)
        configuration.sampler.rowsPerThread = rows
        let part = folder.appending(path: "\(threads)")
        _ = try execute(configuration, in: part, threads: threads)
        digests.insert(try digest(part))
      }
      #expect(digests.count == 1)
    }
  }

  @Test func theOrderOfAPromptsWordsChangesNoAnswer() throws {
    try inFolder { folder in
      _ = try execute(try Self.configuration(rounds: 0), in: folder)
      let reader = try RunReader(folder.path)
      let prompt = try reader.exercise(1).prompt
      let words = prompt.split(separator: " ")
      for text in [prompt, words.reversed().joined(separator: " "), words.sorted().joined(separator: " ")] {
        let solved = try reader.solve(SolvingRequest(prompt: text, samples: 4, temperature: 1, threads: 1))
        #expect(solved.prompt == prompt)
        #expect(
          try solved.json
            == reader.solve(SolvingRequest(prompt: prompt, samples: 4, temperature: 1, threads: 2)).json)
      }
    }
  }

  @Test func anotherSeedGivesAnotherRun() throws {
    try inFolder { folder in
      for seed in [1, 2] {
        _ = try execute(try Self.configuration(seed: seed, rounds: 0), in: folder.appending(path: "\(seed)"))
      }
      #expect(try digest(folder.appending(path: "1")) != digest(folder.appending(path: "2")))
    }
  }

  @Test func aRoundThatFallsTooFarIsRejectedAndTheRunStops() throws {
    try inFolder { folder in
      // A gate that no round passes: each must gain 100 points.
      var configuration = try Self.configuration(rounds: 5)
      configuration.rounds.gate.maximumDrop = -100
      let outcome = try execute(configuration, in: folder)
      guard case .finished(let reason) = outcome else {
        Issue.record("\(outcome)")
        return
      }
      #expect(reason.hasPrefix("2 rounds in a row were rejected"))
      let store = try RunStore(folder.appending(path: "shorten.db"), mode: .read)
      let rounds = try store.rounds()
      #expect(rounds.map(\.state) == [.accepted, .rejected, .rejected])
      // The weights rolled back: both start from round 0's.
      #expect(rounds.dropFirst().map(\.parentCheckpoint) == [rounds[0].checkpoint, rounds[0].checkpoint])
      #expect(rounds[1].reason?.contains("points below round 0") == true)
    }
  }

  @Test func roundsMayBeRaisedAndNothingElseChanged() throws {
    try inFolder { folder in
      _ = try execute(try Self.configuration(rounds: 0), in: folder)
      #expect(
        try execute(try Self.configuration(rounds: 1), in: folder)
          == .finished(reason: "all 1 rounds are done"))
      // The configuration of before goes on with the number it was raised to.
      #expect(
        try execute(try Self.configuration(rounds: 0), in: folder)
          == .finished(reason: "all 1 rounds are done"))
      var changed = try Self.configuration(rounds: 1)
      changed.rounds.samples = 5
      let error = #expect(throws: RunError.self) { try execute(changed, in: folder) }
      guard case .configurationChanged(_, let differences) = error else {
        Issue.record("\(error as Any)")
        return
      }
      #expect(differences == ["rounds.samples: 4 -> 5"])
    }
  }

  @Test func resumePoliciesRefuseWhatTheySay() throws {
    try inFolder { folder in
      let configuration = try Self.configuration(rounds: 0)
      func start(_ policy: Run.ResumePolicy) throws {
        _ = try Run(
          configuration, in: folder, options: Run.Options(threads: 1, resume: policy),
          surroundings: surroundings())
      }
      #expect(throws: RunError.noRunToResume(directory: folder.path)) { try start(.must) }
      try start(.allow)
      try start(.must)
      #expect(throws: RunError.runExists(directory: folder.path)) { try start(.never) }
    }
  }

  @Test func aRoundThatSolvesNothingSaysSo() throws {
    try inFolder { folder in
      let few = ["base.epochs=0.02", "base.learningRate.warmupSteps=0"]
      let configuration = try Self.configuration(rounds: 0, setting: few)
      #expect(
        try noticesOfExecuting(configuration, in: folder).contains {
          $0.hasPrefix("round 0 solves no test task")
        })
    }
  }

  @Test func aDamagedCheckpointIsReportedAndTheOneBeforeItUsed() throws {
    try inFolder { folder in
      let configuration = try Self.configuration(rounds: 0)
      let whole = folder.appending(path: "whole")
      let hurt = folder.appending(path: "hurt")
      _ = try execute(configuration, in: whole)
      #expect(try execute(configuration, in: hurt, until: Stop(afterTrainingSteps: 45)) == .stopped)
      let store = try RunStore(hurt.appending(path: "shorten.db"), mode: .read)
      let newest = try #require(try store.checkpoints(round: 0).first)
      let file = hurt.appending(path: newest.path)
      var bytes = try Data(contentsOf: file)
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: file)
      let notices = try noticesOfExecuting(configuration, in: hurt)
      #expect(notices.first?.contains(newest.path) == true)
      #expect(try digest(hurt) == digest(whole))
    }
  }

  @Test func lostFinalWeightsAreTrainedAgain() throws {
    try inFolder { folder in
      let configuration = try Self.configuration()
      let whole = folder.appending(path: "whole")
      let hurt = folder.appending(path: "hurt")
      _ = try execute(configuration, in: whole)
      #expect(try execute(configuration, in: hurt, until: Stop(beforeEvaluationOf: 1)) == .stopped)
      let store = try RunStore(hurt.appending(path: "shorten.db"), mode: .read)
      let final = try store.checkpoints().filter(\.isFinal)
      try #require(final.map(\.round) == [1, 0])
      // The parent's weights are gone, the round's own damaged, and so are those it could continue from.
      try FileManager.default.removeItem(at: hurt.appending(path: final[1].path))
      for record in try store.checkpoints(round: 1) {
        try Data("damaged".utf8).write(to: hurt.appending(path: record.path))
      }
      let notices = try noticesOfExecuting(configuration, in: hurt)
      #expect(notices.count { $0.contains("Training round") } == 2)
      #expect(try digest(hurt) == digest(whole))
      for record in final {
        let place = record.path
        #expect(
          try Data(contentsOf: hurt.appending(path: place)) == Data(contentsOf: whole.appending(path: place)))
      }
    }
  }

  @Test func aFinishedRunTrainsItsLostWeightsAgainEvenWhenInterrupted() throws {
    try inFolder { folder in
      let configuration = try Self.configuration(rounds: 0)
      _ = try execute(configuration, in: folder)
      let store = try RunStore(folder.appending(path: "shorten.db"), mode: .read)
      let final = try #require(try store.checkpoints().first)
      let file = folder.appending(path: final.path)
      let bytes = try Data(contentsOf: file)
      try FileManager.default.removeItem(at: file)
      #expect(try execute(configuration, in: folder, until: Stop(afterTrainingSteps: 45)) == .stopped)
      #expect(try store.checkpoints().map(\.step) == [final.step, 45, 36])
      #expect(try execute(configuration, in: folder) == .finished(reason: "all 0 rounds are done"))
      #expect(try Data(contentsOf: file) == bytes)
      #expect(try store.checkpoints() == [final])
    }
  }

  /// The clock moves a second whenever it is looked at: each unit of work seems long.
  @Test func theHeartbeatIsHeardWhileSampling() throws {
    try inFolder { folder in
      let seconds = Atomic(0)
      let beats = Mutex<Set<String>>([])
      let database = folder.appending(path: "shorten.db")
      let run = try Run(
        try Self.configuration(rounds: 0), in: folder, options: Run.Options(threads: 2),
        surroundings: surroundings(
          clock: { Double(seconds.add(1, ordering: .relaxed).newValue) },
          wallTime: { "2025-01-01T00:00:00.\(seconds.load(ordering: .relaxed))Z" },
          observe: { event in
            guard case .phaseAdvanced(_, .evaluate, _, _, _, _) = event else { return }
            let beat = try? RunStore(database, mode: .read).runState(now: "2025-01-01T00:00:00Z")?.heartbeatAt
            if let beat { _ = beats.withLock { $0.insert(beat) } }
          }))
      _ = try run.execute()
      #expect(beats.withLock { $0.count } > 2)
    }
  }

  @Test func aRunningRoundKeepsTwoCheckpointsBesideTheFinalOnes() throws {
    try inFolder { folder in
      let stop = Stop(afterTrainingSteps: 57)
      _ = try Run(
        try Self.configuration(rounds: 0), in: folder, options: Run.Options(threads: 2),
        surroundings: surroundings(observe: { stop.hear($0) }, shouldStop: { stop.isSet })
      ).execute()
      let store = try RunStore(folder.appending(path: "shorten.db"), mode: .read)
      #expect(try store.checkpoints(round: 0).map(\.step) == [57, 54])
      let files = try FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: "checkpoints").path)
      #expect(files.count == 2)
    }
  }

  @Test func responsesThatWouldBeCutAreRefusedBeforeTheRun() throws {
    try inFolder { folder in
      var configuration = try Self.configuration()
      configuration.sampler.maximumLength = 20
      let error = #expect(throws: RunError.self) { try execute(configuration, in: folder) }
      guard case .truncated = error else {
        Issue.record("\(error as Any)")
        return
      }
      #expect(!FileManager.default.fileExists(atPath: folder.path))
    }
  }

  @Test(arguments: [true, false]) func checkpointsWithoutTheirDatabaseAreKept(isEmpty: Bool) throws {
    try inFolder { folder in
      let configuration = try Self.configuration(rounds: 0)
      _ = try execute(configuration, in: folder)
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(at: folder.appending(path: "shorten.db\(suffix)"))
      }
      if isEmpty { try Data().write(to: folder.appending(path: "shorten.db")) }
      let error = RunError.lostDatabase(directory: folder.path, checkpoints: 1)
      #expect(throws: error) { try execute(configuration, in: folder) }
      let kept = try FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: "checkpoints").path)
      #expect(kept.count == 1)
      #expect(error.category == .data)
    }
  }

  @Test func theEstimateCountsWhatTheRunDoes() throws {
    let configuration = try Self.configuration()
    let estimate = try RunEstimate(of: Experiment(configuration))
    #expect(estimate.truncatedPercent == 0)
    try inFolder { folder in
      _ = try execute(configuration, in: folder)
      let rounds = try RunReader(folder.path).rounds()
      let trained = Double(rounds.reduce(0) { $0 + $1.trainTokens })
      // The estimate takes every fresh exercise as kept and the references' mean length.
      #expect(abs(estimate.trained / trained - 1) < 0.2, "\(estimate.trained) against \(trained)")
    }
  }
}

/// Says stop after each commit heard of, in training only after several steps.
private final class Stop: Sendable {
  private let heard = Atomic<Bool>(false)
  private let steps = Atomic<Int>(0)
  private let trainingSteps: Int
  private let onlyTraining: Bool
  private let evaluatedRound: Int?

  init() {
    trainingSteps = 8
    onlyTraining = false
    evaluatedRound = nil
  }

  init(afterTrainingSteps: Int) {
    trainingSteps = afterTrainingSteps
    onlyTraining = true
    evaluatedRound = nil
  }

  init(beforeEvaluationOf round: Int) {
    trainingSteps = .max
    onlyTraining = true
    evaluatedRound = round
  }

  var isSet: Bool { heard.load(ordering: .relaxed) }

  func hear(_ event: RunEvent) {
    switch event {
    case .phaseAdvanced(_, .train, _, _, _, _):
      guard steps.add(1, ordering: .relaxed).newValue >= trainingSteps else { return }
    case .phaseFinished(evaluatedRound, .train, _): break
    // Sampling reports before it commits; stopping there forever would never get on.
    case .phaseAdvanced(_, .generate, _, _, _, _), .phaseFinished:
      guard !onlyTraining else { return }
    default: return
    }
    heard.store(true, ordering: .relaxed)
  }
}
