import Foundation
import Search
import Testing

@testable import Configuration

/// Evaluation sets in the configuration, and what is said of wrong ones.
@Suite struct EvaluationSetTests {
  static func with(_ sets: String, domain: String = "") -> String {
    """
    {"domain": {"kind": "maze", "width": 5, "height": 5\(domain)},
     "evaluation": {"exercises": 300,
       "sets": \(sets)}}
    """
  }

  @Test func aSetIsTheRunsDomainWithSomeKeysChanged() throws {
    let configuration = try RunConfiguration(
      parsing: Self.with(
        #"[{"name": "larger", "exercises": 20, "width": 7, "height": 6}, {"name": "dense-2", "#
          + #""minimumWallPercent": 40}]"#,
        domain: #", "vocabularyWidth": 7, "vocabularyHeight": 7, "grammar": "cell""#), file: "maze.json")
    let (larger, dense) = (configuration.evaluation.sets[0], configuration.evaluation.sets[1])
    #expect(larger.name == "larger" && larger.exercises == 20)
    #expect(larger.domain.maze?.width == 7 && larger.domain.maze?.height == 6)
    // The least plan follows from the set's own sides, as it does from the run's.
    #expect(larger.domain.maze?.leastPlanCells == 7 && dense.domain.maze?.leastPlanCells == 5)
    #expect(larger.domain.maze?.grammar == .cell && larger.domain.maze?.wordsWidth == 7)
    #expect(dense.exercises == 300 && dense.domain.maze?.minimumWallPercent == 40)
    #expect(
      try larger.domain.makeDomain().vocabulary == configuration.domain.makeDomain().vocabulary)
    // What the larger board's A* usually writes fits.
    #expect(configuration.sampler.maximumLength == larger.domain.longestUsualResponse)
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let configuration = try RunConfiguration(
      parsing: Self.with(
        #"[{"name": "walls", "irrelevantWalls": 2, "split": "validation"}, {"name": "goals"}]"#),
      file: "maze.json")
    #expect(configuration.evaluation.sets.map(\.split) == [.validation, .test])
    let again = try RunConfiguration(parsing: configuration.resolvedJSON(), file: "maze.json")
    #expect(again == configuration && again.digest == configuration.digest)
    #expect(again.evaluation.sets.map(\.domain.maze?.irrelevantWalls) == [2, 0])
    var other = configuration
    other.evaluation.sets.removeLast()
    #expect(!other.continues(configuration) && other.differences(from: configuration).count == 1)
  }

  @Test(
    arguments: [
      (#"{"name": "a"}"#, "3:12: error: \"sets\" must be a list of objects, found an object"),
      ("[3]", "3:13: error: a set must be an object, found 3"),
      (
        #"[{"name": "a", "split": "train"}]"#,
        "3:36: error: \"split\" is the text \"train\"; allowed: test, validation"
      ),
      (
        "[{}]",
        "3:13: error: the key \"name\" of this set is missing; allowed: small letters, digits and "
          + "hyphens, at "
          + "most 40, other than test, train, sample, test-slow, test-fast"
      ),
      (
        #"[{"name": "test"}]"#,
        "3:22: error: \"name\" is the text \"test\"; allowed: small letters, digits and hyphens, "
          + "at most 40, other "
          + "than test, train, sample, test-slow, test-fast"
      ),
      (
        #"[{"name": "a"}, {"name": "a"}]"#, "3:37: error: there is a set \"a\" already; choose another name"
      ),
      (
        #"[{"name": "a", "grammar": "cell"}]"#,
        "3:27: error: \"grammar\" cannot differ between sets: they are written in the words of "
          + "the run; remove it"
      ),
      (
        #"[{"name": "a", "decoyGoal": 1}]"#,
        "3:27: error: unknown key \"decoyGoal\" in a set (did you mean \"decoyGoals\"?)"
      ),
      (
        #"[{"name": "a", "width": 6}]"#,
        "3:36: error: \"width\" is 6, but only 5 have words; raise \"domain.vocabularyWidth\" to 6"
      ),
      (
        #"[{"name": "a", "irrelevantWalls": 40}]"#,
        "3:46: error: \"irrelevantWalls\" is 40, but beside start and goal at least 13 cells stay "
          + "free; lower it"
      ),
      (
        #"[{"name": "a", "minimumWallPercent": 60}]"#,
        "3:49: error: \"maximumWallPercent\" (50) is below \"minimumWallPercent\" (60)"
      ),
      (
        #"[{"name": "a", "exercises": 0}]"#, "3:40: error: \"exercises\" is 0; allowed: 1 to 10000000"
      ),
    ])
  func whatIsWrongIsSaidWhereItStands(sets: String, complaint: String) {
    #expect(ConfigurationParsingTests.complaint(Self.with(sets)) == "maze.json:" + complaint)
  }

  @Test func theSchemaDescribesASet() {
    let schema = RunConfiguration.schema
    #expect(schema.contains("\"irrelevantWalls\"") && schema.contains("\"sets\""))
    #expect(schema.contains(#""pattern": "^[a-z0-9-]{1,40}$""#))
  }
}
