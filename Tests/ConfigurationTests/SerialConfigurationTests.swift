import Foundation
import Search
import Testing

@testable import Configuration

/// Serial tasks: their keys, what is said of wrong ones, and the whole loop on them.
@Suite struct SerialConfigurationTests {
  private static func text(_ keys: String, more: String = "") -> String {
    #"{"domain": {"kind": \#(keys)}\#(more)}"#
  }

  @Test func eachKindBringsItsKeysAndDefaults() throws {
    for kind in SerialKind.all {
      let configuration = try RunConfiguration(
        parsing: try #require(RunConfiguration.starter(kind: kind.name)), file: "\(kind.name).json")
      #expect(configuration.domain.kind.name == kind.name)
      #expect(configuration.domain.serial?.vocabularyLength == configuration.domain.serial?.maximumLength)
      #expect(configuration.sampler.maximumLength == configuration.domain.longestUsualResponse)
      #expect(try RunConfiguration(parsing: configuration.resolvedJSON(), file: "resolved") == configuration)
    }
    let sums = try RunConfiguration(
      parsing: Self.text(#""modularAddition", "modulus": 11, "stride": 2"#), file: "sums.json")
    #expect(sums.domain.values["modulus"] == "11" && sums.domain.serial?.stride == 2)
    #expect(sums.domain.serial?.minimumLength == 4 && sums.domain.serial?.positions == true)
    let squares = try RunConfiguration(
      parsing: Self.text(
        #""iteratedSquaring", "modulusList": [467, 983]"#,
        more: #", "base": {"exercises": 200, "learningRate": {"warmupSteps": 5}}, "#
          + #""evaluation": {"exercises": 50, "sets": [{"name": "unseen", "exercises": 20, "#
          + #""modulusList": [499]}]}, "#
          + #""rounds": {"count": 1, "exercises": 200, "learningRate": {"warmupSteps": 5}}"#
      ), file: "squares.json")
    #expect(squares.domain.values["modulusList"] == "[467, 983]")
    #expect(squares.evaluation.sets[0].domain.values["modulusList"] == "[499]")
    #expect(try RunConfiguration(parsing: squares.resolvedJSON(), file: "resolved") == squares)
  }

  /// What the default of `sampler.maximumLength` leaves room for.
  @Test func noReferenceIsCut() throws {
    for kind in SerialKind.all {
      for layout in SerialSettings.Layout.allCases where kind.has("layout") {
        for positions in [true, false] {
          guard case .serial(var settings) = kind.defaults else { return }
          (settings.layout, settings.positions) = (layout, positions)
          (settings.minimumLength, settings.maximumLength) = (6, 6)
          let domain = try settings.makeDomain()
          let lengths = (0..<400).compactMap { index -> Int? in
            domain.exercise(seed: 1, index: index, split: .train).map {
              ($0.trace?.words.count ?? 0) + $0.answer.words.count + 1
            }
          }
          #expect(lengths.max() == settings.longestUsualResponse, "\(kind.name)")
        }
      }
    }
  }

  @Test(
    arguments: [
      (
        #""modularAddition", "degree": 5"#,
        "1:40: error: unknown key \"degree\" in \"domain\", which is a key of the kind permutationComposition"
      ),
      (#""modularAddition", "modulus": 1"#, "1:51: error: \"modulus\" is 1; allowed: 2 to 1000"),
      (
        #""modularAddition", "minimumLength": 9"#,
        "1:57: error: \"minimumLength\" is 9; it must be 1...8, no more than maximumLength"
      ),
      (
        #""modularAddition", "vocabularyLength": 5"#,
        "1:60: error: \"vocabularyLength\" is 5; it must be 8...512: each step needs its words"
      ),
      (
        #""permutationComposition", "form": "lists""#,
        "1:55: error: \"form\" is \"lists\"; allowed: element, list (did you mean \"list\"?)"
      ),
      (
        #""iteratedSquaring", "modulusList": [23, 2.5]"#,
        "1:61: error: \"modulusList\" has 2.5 in its list; allowed there: whole numbers, 3 to 999"
      ),
      (
        #""iteratedSquaring", "numbers": 100, "modulusList": [101]"#,
        "1:72: error: \"modulusList\" is 101; it must be 3...99, below numbers"
      ),
      (
        #""iteratedSquaring", "minimumLength": 5, "modulusList": [983, 17]"#,
        "1:76: error: \"modulusList\" is 17; no task of these lengths has this modulus; remove "
          + "it, or allow repeats"
      ),
    ])
  func whatIsWrongIsSaidWhereItStands(keys: String, complaint: String) {
    #expect(ConfigurationParsingTests.complaint(Self.text(keys)) == "maze.json:" + complaint)
  }

  @Test func tooSmallASpaceIsRefused() {
    let keys = #""permutationComposition", "degree": 3, "minimumLength": 4, "maximumLength": 4"#
    let more =
      #", "base": {"exercises": 100, "epochs": 20}, "evaluation": {"exercises": 13}, "rounds": {"count": 1, "#
      + #""exercises": 17, "epochs": 20, "learningRate": {"warmupSteps": 5}}"#
    let end = "; ask for fewer or make the tasks longer or more various"
    let complaints = ConfigurationParsingTests.complaint(Self.text(keys, more: more)).split(separator: "\n")
    #expect(
      complaints.map { $0.split(separator: "error: ").last } == [
        "117 training exercises, rounds included are asked for, but there are about 1166 such "
          + "tasks, which is "
          + "enough for 116\(end)",
        "13 test exercises are asked for, but there are about 129 such tasks, which is enough for 12\(end)",
      ])
  }

  @Test func noReferenceSearchesAgain() {
    let complaint = ConfigurationParsingTests.complaint(
      Self.text(#""modularAddition""#, more: #", "method": "bestOfReference""#))
    #expect(
      complaint
        == "maze.json:1:51: error: \"method\" is \"bestOfReference\", but modularAddition has one "
        + "reference and no "
        + "search; choose another")
  }

  @Test func chainsWithoutAnEntryCannotBeShortened() {
    let text = Self.text(#""modularAddition", "stride": 8"#)
    #expect(
      ConfigurationParsingTests.complaint(text)
        == "maze.json:1:50: error: \"stride\" is 8, which leaves the reference's chains empty: "
        + "the rounds could "
        + "keep nothing that is shorter; lower it, choose another method, or set rounds.count to 0")
    for more in [#", "method": "continued""#, #", "rounds": {"count": 0}"#] {
      #expect(
        ConfigurationParsingTests.complaint(Self.text(#""modularAddition", "stride": 8"#, more: more)) == "")
    }
    // A run that is there already can be read and continued.
    #expect(throws: Never.self) {
      try RunConfiguration(parsing: text, file: "a.json", loading: .further(weights: NoStartingWeights()))
    }
  }
}
