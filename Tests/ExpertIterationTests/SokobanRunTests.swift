import Configuration
import Foundation
import Reading
import Search
import Testing

@testable import ExpertIteration

/// The whole loop on the second kind of domain.
@Suite struct SokobanRunTests {
  private static func text(_ keys: String, more: String = "") -> String {
    #"{"domain": {"kind": "sokoban"\#(keys)}\#(more)}"#
  }

  /// Two rounds of everything, from drawing to the reference lines.
  @Test func theLoopRunsOnLevels() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let configuration = try RunConfiguration(
      parsing: Self.text(
        #", "width": 6, "height": 6, "boxes": 1, "innerWalls": 1, "maximumTraceTokens": 200"#,
        more: """
          , "model": {"width": 16, "layers": 1, "heads": 1, "hiddenWidth": 32},
           "base": {"exercises": 60, "learningRate": {"warmupSteps": 1}},
           "rounds": {"count": 1, "exercises": 12, "samples": 4, "batchSize": 4, "epochs": 1,
                      "learningRate": {"warmupSteps": 0}, "gate": {"maximumDrop": 100}},
           "evaluation": {"exercises": 10, "samples": 8, "referenceRuns": 4,
                          "sets": [{"name": "open", "exercises": 5, "innerWalls": 3}]}
          """), file: "level.json")
    let surroundings = Run.Surroundings(
      clock: { 0 }, wallTime: { "2025-01-01T00:00:00Z" },
      process: Run.ProcessIdentity(pid: 1, bootID: "boot", host: "host"), codeVersion: "test",
      observe: { _ in }, shouldStop: { false })
    let outcome = try Run(
      configuration, in: folder, options: Run.Options(threads: 2), surroundings: surroundings
    ).execute()
    #expect(outcome == .finished(reason: "all 1 rounds are done"))
    let reader = try RunReader(folder.path)
    #expect(try reader.sets().map(\.tasks) == [10, 5, 10, 5])
    let references = try reader.references()
    #expect(references.first?.summary.name == "reference" && references.count >= 6)
    let reference = try #require(try reader.exercise(1).reference)
    #expect(reference.verdict.isLegal && reference.frames.count > 2)
  }
}
