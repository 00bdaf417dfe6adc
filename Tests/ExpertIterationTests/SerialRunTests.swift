import Configuration
import Foundation
import Reading
import Search
import Testing

@testable import ExpertIteration

/// The whole loop on serial tasks.
@Suite struct SerialRunTests {
  private static func text(_ keys: String, more: String = "") -> String {
    #"{"domain": {"kind": \#(keys)}\#(more)}"#
  }

  private static let surroundings = Run.Surroundings(
    clock: { 0 }, wallTime: { "2025-01-01T00:00:00Z" },
    process: Run.ProcessIdentity(pid: 1, bootID: "boot", host: "host"), codeVersion: "test",
    observe: { _ in }, shouldStop: { false })

  private static let small = """
    , "model": {"width": 16, "layers": 1, "heads": 1, "hiddenWidth": 32},
     "base": {"exercises": 60, "learningRate": {"warmupSteps": 1}},
     "rounds": {"count": 1, "exercises": 12, "samples": 4, "batchSize": 4, "epochs": 1,
                "learningRate": {"warmupSteps": 0}, "gate": {"maximumDrop": 100}},
     "evaluation": {"exercises": 10, "samples": 8, 
                    "sets": [{"name": "noted", "exercises": 5, "distractors": 2}]}
    """

  /// Two rounds of everything, from drawing to the reference lines; with chains, and with none to begin with.
  @Test(arguments: [1, 8]) func theLoopRunsWithChainsOf(stride: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let configuration = try RunConfiguration(
      parsing: Self.text(#""modularAddition", "modulus": 3, "stride": \#(stride)"#, more: Self.small),
      file: "sums.json", loading: .tasks)
    let outcome = try Run(
      configuration, in: folder, options: Run.Options(threads: 2), surroundings: Self.surroundings
    ).execute()
    #expect(outcome == .finished(reason: "all 1 rounds are done"))
    let reader = try RunReader(folder.path)
    #expect(try reader.sets().map(\.tasks) == [10, 5, 10, 5])
    #expect(
      try reader.references().map(\.line.name) == ["reference", "stride2", "stride4", "floor", "stride8"])
    let reference = try #require(try reader.exercise(1).reference)
    #expect(reference.verdict.isOptimal && reference.verdict.isSound)
    #expect(reference.verdict.isLegal == (stride == 1))
    #expect((reference.traceLength == 0) == (stride == 8))
  }
}
