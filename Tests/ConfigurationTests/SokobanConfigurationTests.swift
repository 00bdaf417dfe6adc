import Foundation
import Search
import Testing

@testable import Configuration

/// The second kind of domain: its keys, what is said of wrong ones, and the whole loop on it.
@Suite struct SokobanConfigurationTests {
  private static func text(_ keys: String, more: String = "") -> String {
    #"{"domain": {"kind": "sokoban"\#(keys)}\#(more)}"#
  }

  @Test func theKindBringsItsKeysAndDefaults() throws {
    let configuration = try RunConfiguration(
      parsing: Self.text(#", "boxes": 1, "width": 6"#), file: "level.json")
    #expect(configuration.domain.sokoban?.boxes == 1 && configuration.domain.sokoban?.width == 6)
    #expect(configuration.domain.sokoban?.height == 7 && configuration.domain.sokoban?.innerWalls == 2)
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
        "1:71: error: \"innerWalls\" is 14; it must be 0...11: the worker, the boxes and the "
          + "docks need a cell each"
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
}
