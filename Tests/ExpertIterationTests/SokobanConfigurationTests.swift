import Foundation
import Search
import Testing

@testable import ExpertIteration

/// The second kind of domain: its keys, what is said of wrong ones, and the whole loop on it.
@Suite struct SokobanConfigurationTests {
  private static func text(_ keys: String, more: String = "") -> String {
    #"{"domain": {"kind": "sokoban"\#(keys)}\#(more)}"#
  }

  @Test func theKindBringsItsKeysAndDefaults() throws {
    let configuration = try RunConfiguration(
      parsing: Self.text(#", "boxes": 1, "width": 6"#), file: "level.json")
    #expect(configuration.domain.sokoban.boxes == 1 && configuration.domain.sokoban.width == 6)
    #expect(configuration.domain.sokoban.height == 7 && configuration.domain.sokoban.innerWalls == 2)
    #expect(configuration.sampler.maximumLength == configuration.domain.longestUsualResponse)
    #expect(try RunConfiguration(parsing: configuration.resolvedJSON(), file: "resolved") == configuration)
    let maze = try RunConfiguration(parsing: ConfigurationParsingTests.smallest, file: "maze.json")
    #expect(!configuration.continues(maze))
    #expect(configuration.differences(from: maze).contains("domain.kind: \"maze\" -> \"sokoban\""))
  }

  @Test(
    arguments: [
      (
        #", "grammar": "cell""#,
        "1:32: error: unknown key \"grammar\" in \"domain\", which is a key of the kind maze"
      ),
      (#", "boxes": 9"#, "1:41: error: \"boxes\" is 9; allowed: 1 to 8"),
      (
        #", "width": 6, "height": 6, "innerWalls": 14"#,
        "1:71: error: \"innerWalls\" is 14; it must be 0...11: the worker, the boxes and the docks need a cell each"
      ),
    ])
  func whatIsWrongIsSaidWhereItStands(keys: String, complaint: String) {
    #expect(ConfigurationParsingTests.complaint(Self.text(keys)) == "maze.json:" + complaint)
  }

  @Test func aMazeHasNoBoxes() {
    let text = #"{"domain": {"kind": "maze", "width": 5, "height": 5, "boxes": 1}}"#
    #expect(
      ConfigurationParsingTests.complaint(text)
        == "maze.json:1:54: error: unknown key \"boxes\" in \"domain\", which is a key of the kind sokoban")
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
    let exercise = try reader.exercise(1)
    #expect(exercise.reference.verdict.isLegal && exercise.reference.frames.count > 2)
  }
}
