import Foundation
import Search
import Testing

@testable import ExpertIteration

/// Serial tasks: their keys, what is said of wrong ones, and the whole loop on them.
@Suite struct SerialConfigurationTests {
  private static func text(_ keys: String, more: String = "") -> String {
    #"{"domain": {"kind": \#(keys)}\#(more)}"#
  }

  @Test func eachKindBringsItsKeysAndDefaults() throws {
    for kind in SerialKind.all {
      let configuration = try RunConfiguration(
        parsing: try #require(RunConfiguration.starter(kind: kind.name)), file: "\(kind.name).json")
      #expect(configuration.domain.kind == kind.name)
      #expect(configuration.domain.serial.vocabularyLength == configuration.domain.serial.maximumLength)
      #expect(configuration.sampler.maximumLength == configuration.domain.longestUsualResponse)
      #expect(try RunConfiguration(parsing: configuration.resolvedJSON(), file: "resolved") == configuration)
    }
    let sums = try RunConfiguration(
      parsing: Self.text(#""modularAddition", "modulus": 11, "stride": 2"#), file: "sums.json")
    #expect(sums.domain.serial.modularAddition.modulus == 11 && sums.domain.serial.stride == 2)
    #expect(sums.domain.serial.minimumLength == 4 && sums.domain.serial.positions)
    let squares = try RunConfiguration(
      parsing: Self.text(
        #""iteratedSquaring", "modulusList": [467, 983]"#,
        more: #", "base": {"exercises": 200, "learningRate": {"warmupSteps": 5}}, "#
          + #""evaluation": {"exercises": 50, "sets": [{"name": "unseen", "exercises": 20, "modulusList": [499]}]}, "#
          + #""rounds": {"count": 1, "exercises": 200, "learningRate": {"warmupSteps": 5}}"#
      ), file: "squares.json")
    #expect(squares.domain.serial.iteratedSquaring.modulusList == [467, 983])
    #expect(squares.evaluation.sets[0].domain.serial.iteratedSquaring.modulusList == [499])
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
            domain.exercise(seed: 1, index: index, split: .train).map { $0.trace.count + $0.answer.count + 1 }
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
        "1:76: error: \"modulusList\" is 17; no task of these lengths has this modulus; remove it, or allow repeats"
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
        "117 training exercises, rounds included are asked for, but there are about 1166 such tasks, which is "
          + "enough for 116\(end)",
        "13 test exercises are asked for, but there are about 129 such tasks, which is enough for 12\(end)",
      ])
  }

  @Test func noReferenceSearchesAgain() {
    let complaint = ConfigurationParsingTests.complaint(
      Self.text(#""modularAddition""#, more: #", "method": "bestOfAStar""#))
    #expect(
      complaint
        == "maze.json:1:51: error: \"method\" is \"bestOfAStar\", but modularAddition has one reference and no "
        + "search; choose another")
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
     "evaluation": {"exercises": 10, "samples": 8, "sets": [{"name": "noted", "exercises": 5, "distractors": 2}]}
    """

  /// Two rounds of everything, from drawing to the reference lines; with chains, and with none to begin with.
  @Test(arguments: [1, 8]) func theLoopRunsWithChainsOf(stride: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let configuration = try RunConfiguration(
      parsing: Self.text(#""modularAddition", "modulus": 3, "stride": \#(stride)"#, more: Self.small),
      file: "sums.json")
    let outcome = try Run(
      configuration, in: folder, options: Run.Options(threads: 2), surroundings: Self.surroundings
    ).execute()
    #expect(outcome == .finished(reason: "all 1 rounds are done"))
    let reader = try RunReader(folder.path)
    #expect(try reader.sets().map(\.tasks) == [10, 5, 10, 5])
    #expect(
      try reader.references().map(\.line.name) == ["reference", "stride2", "stride4", "floor", "stride8"])
    let exercise = try reader.exercise(1)
    #expect(exercise.reference.verdict.isOptimal && exercise.reference.verdict.isSound)
    #expect(exercise.reference.verdict.isLegal == (stride == 1))
    #expect((exercise.reference.traceLength == 0) == (stride == 8))
  }
}
