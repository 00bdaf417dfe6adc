import Configuration
import Foundation
import Reading
import Store
import Testing

@testable import ExpertIteration

/// The baselines, each as one word of the configuration.
@Suite struct MethodTests {
  private static func configuration(
    _ method: TraceMethod, rounds: Int = 2, patience: Int = 0
  ) throws -> RunConfiguration {
    try RunConfiguration(
      parsing: """
        {"method": "\(method.rawValue)",
         "domain": {"kind": "maze", "width": 4, "height": 4, "grammar": "cell"},
         "model": {"width": 16, "layers": 1, "heads": 1, "hiddenWidth": 32},
         "base": {"exercises": 64, "batchSize": 16, "learningRate": {"warmupSteps": 1}},
         "rounds": {"count": \(rounds), "exercises": 40, "samples": 4, "epochs": 1, "batchSize": 8,
                    "replayRounds": 1, "learningRate": {"warmupSteps": 1}, "patience": \(patience),
                    "minimumGain": 100, "gate": {"maximumDrop": 100}},
         "evaluation": {"exercises": 10, "samples": 8, "referenceRuns": 4}, "sampler": {"maximumLength": 120}}
        """, file: "test.json")
  }

  /// The rows of a finished run.
  private func run(
    _ configuration: RunConfiguration, _ body: (RunStore, [RoundSummary]) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let surroundings = Run.Surroundings(
      clock: { 0 }, wallTime: { "2025-01-01T00:00:00Z" },
      process: Run.ProcessIdentity(pid: 1, bootID: "boot", host: "host"), codeVersion: "test",
      observe: { _ in }, shouldStop: { false })
    let outcome = try Run(
      configuration, in: folder, options: Run.Options(threads: 2), surroundings: surroundings
    ).execute()
    #expect(outcome == .finished(reason: "all \(configuration.rounds.count) rounds are done"))
    let store = try RunStore(folder.appending(path: "shorten.db"), mode: .read)
    try body(store, try store.roundsSummary())
  }

  @Test func bestOfReferenceKeepsShorterRunsOfAStar() throws {
    try run(Self.configuration(.bestOfReference)) { store, rounds in
      for round in 1...2 {
        let samplings = try store.samplings(round: round)
        #expect(samplings.count == 40)
        #expect(
          samplings.allSatisfy { $0.tally.samples == 4 && $0.tally.optimal == 4 && $0.tally.legal == 4 })
      }
      let kept = try store.newestKeptTraces(rounds: 1...2)
      // About a third of such mazes leave A* no choice.
      #expect(kept.count > 10 && kept.count < 80)
      #expect(kept.allSatisfy { $0.legal })
      #expect(rounds[2].kept == kept.count)
    }
  }

  @Test func traceDroppingIsEvaluatedInThreeModes() throws {
    try run(Self.configuration(.traceDropping, rounds: 1)) { store, rounds in
      let sets = try store.setSummaries()
      #expect(sets.map(\.setName) == ["test", "test-fast", "test-slow", "test", "test-fast", "test-slow"])
      #expect(sets.allSatisfy { $0.tasks == 10 })
      for round in 0...1 {
        // Every fast response starts with the plan, so no trace is longer than nothing.
        let fast = try store.evaluations(round: round, set: "test-fast")
        #expect(fast.allSatisfy { $0.tally.optimalTraceTokens == 0 })
        let slow = try store.evaluations(round: round, set: "test-slow")
        #expect(slow.map(\.exerciseID) == fast.map(\.exerciseID))
        #expect(slow.allSatisfy { ($0.tally.shortestOptimal ?? 1) > 0 })
      }
      #expect(rounds[1].kept == 0)
      #expect(try store.exerciseCount() == 64 + 40 + 10)
    }
  }

  @Test func bestOfReferenceDrawsByKey() throws {
    var seen: [[SamplingRecord]] = []
    for _ in 0..<2 {
      try run(Self.configuration(.bestOfReference, rounds: 1)) { store, _ in
        seen.append(try store.samplings(round: 1))
      }
    }
    #expect(seen[0] == seen[1])
    let attempts = Set(seen[0].compactMap(\.bestAttempt))
    #expect(attempts.count > 1, "the runs of one exercise are not alike")
  }

  @Test func continuedTrainsOnAStarsTracesToTheEnd() throws {
    try run(Self.configuration(.continued, rounds: 3, patience: 1)) { store, rounds in
      #expect(rounds.map(\.kept) == [0, 0, 0, 0])
      #expect(rounds.map(\.improved) == [0, 0, 0, 0])
      #expect(rounds.map(\.sampledTokens) == [0, 0, 0, 0])
      // 40 fresh exercises; from round 2 on the 40 before them too.
      let trained = try store.rounds().map(\.trainedSequences)
      #expect(trained == [64, 40, 80, 80])
    }
  }

  @Test func solutionOnlyNeverSeesATrace() throws {
    var tokens: [Int] = []
    for method in [TraceMethod.continued, .solutionOnly] {
      try run(Self.configuration(method)) { store, rounds in
        tokens.append(rounds.reduce(0) { $0 + $1.trainTokens })
        let exercises = try store.exercises(split: "train", rounds: 0...0)
        let answers = exercises.reduce(0) { $0 + $1.answer.split(separator: " ").count }
        let prompts = exercises.reduce(0) { $0 + $1.prompt.split(separator: " ").count }
        if method == .solutionOnly { #expect(rounds[0].trainTokens == answers + prompts + 4 * 64) }
      }
    }
    #expect(tokens[1] < tokens[0] / 2)
  }

  @Test func thePapersRuleTrainsOnEveryExercise() throws {
    try run(Self.configuration(.replaceAlways)) { store, rounds in
      let trained = try store.rounds().map(\.trainedSequences)
      #expect(trained == [64, 40, 80])
    }
  }

  @Test func aBaselineNeedsItsConditions() {
    #expect(throws: ConfigurationErrors.self) {
      try RunConfiguration(
        parsing: """
          {"method": "bestOfReference",
           "domain": {"kind": "maze", "width": 5, "height": 5, "tieBreak": "deterministic"}}
          """, file: "test.json")
    }
  }
}
