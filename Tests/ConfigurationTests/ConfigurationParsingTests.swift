import Determinism
import Foundation
import JSON
import Testing

@testable import Configuration

/// What a configuration's text means, and what is said of one that is wrong: whole texts, with positions.
@Suite struct ConfigurationParsingTests {
  static let smallest = #"{"domain": {"kind": "maze", "width": 5, "height": 5}}"#

  /// Everything printed for `text` as the file maze.json; empty if it is right.
  static func complaint(_ text: String) -> String { complaint(Array(text.utf8)) }

  static func complaint(_ bytes: [UInt8]) -> String {
    do {
      _ = try RunConfiguration(parsing: bytes, file: "maze.json", loading: .all(weights: NoStartingWeights()))
      return ""
    } catch {
      return "\(error)"
    }
  }

  private static let kinds = DomainConfiguration.kinds.joined(separator: ", ")

  /// The smallest configuration with more keys at its end.
  static func with(_ keys: String) -> String { String(smallest.dropLast()) + ",\n\(keys)}" }

  @Test func theDomainIsEnough() throws {
    let configuration = try RunConfiguration(parsing: Self.smallest, file: "maze.json")
    var expected = RunConfiguration(domain: .maze(.init(width: 5, height: 5)))
    expected.domain.maze?.minimumPlanCells = 5
    expected.domain.maze?.wordsWidth = 5
    expected.domain.maze?.wordsHeight = 5
    #expect(configuration == expected)
    // 19 free cells with a create and a close of 5 tokens, and a plan of 7 cells of 3.
    #expect(configuration.sampler.maximumLength == 19 * 10 + 7 * 3)
  }

  @Test func everyKeyArrives() throws {
    let text = """
      {
        "$schema": "schema.json", "seed": 9007199254740991,
        "domain": {"kind": "maze", "width": 8, "height": 6, "grammar": "cell", "tieBreak": "lifo",
          "minimumWallPercent": 10, "maximumWallPercent": 25, "drawsPerLayout": 2, "minimumPlanCells": 4},
        "model": {"architecture": "encoderDecoder", "width": 96, "encoderLayers": 2, "decoderLayers": 3,
          "heads": 6, "hiddenWidth": 128, "tokenShift": 1},
        "optimizer": {"beta1": 0.8, "beta2": 0.95, "epsilon": 1e-6, "weightDecay": 0, "clipNorm": 2.5},
        "base": {"exercises": 1000, "epochs": 1.5, "batchSize": 10, "checkpointInterval": 7,
          "learningRate": {"peak": 1E-3, "warmupSteps": 3, "decay": "cosine", "decayShare": 0.5,
            "finalShare": 0}},
        "rounds": {"count": 7, "exercises": 50, "revisitedExercises": 5, "samples": 2, "shortcuts": 3, "temperature": 0.5,
          "curation": "legal", "reliability": 0.75, "reliabilitySamples": 2,
          "epochs": 2, "batchSize": 4,
          "learningRate": {"peak": 0.25, "warmupSteps": 0, "decay": "constant"},
          "fullTraceShare": 0.25, "replayRounds": 2, "checkpointInterval": 8,
          "gate": {"maximumDrop": 1.5, "maximumRejections": 3, "retryScale": 0.25}, "patience": 0,
          "minimumGain": 2},
        "evaluation": {"exercises": 20, "samples": 9, "referenceRuns": 4},
        "sampler": {"maximumLength": 200, "rowsPerThread": 5, "halfPrecisionCache": true}
      }
      """
    let configuration = try RunConfiguration(parsing: text, file: "maze.json")
    var expected = RunConfiguration(domain: .maze(.init(width: 8, height: 6)))
    expected.seed = 9_007_199_254_740_991
    expected.domain.maze?.grammar = .cell
    expected.domain.maze?.tieBreak = .lifo
    expected.domain.maze?.minimumWallPercent = 10
    expected.domain.maze?.maximumWallPercent = 25
    expected.domain.maze?.drawsPerLayout = 2
    expected.domain.maze?.minimumPlanCells = 4
    expected.domain.maze?.wordsWidth = 8
    expected.domain.maze?.wordsHeight = 6
    expected.model = ModelSettings(
      architecture: .encoderDecoder, width: 96, layers: 3, heads: 6, hiddenWidth: 128, tokenShift: 1)
    expected.model.encoderLayers = 2
    expected.optimizer.beta1 = 0.8
    expected.optimizer.beta2 = 0.95
    expected.optimizer.epsilon = 1e-6
    expected.optimizer.weightDecay = 0
    expected.optimizer.clipNorm = 2.5
    expected.base.exercises = 1000
    expected.base.epochs = 1.5
    expected.base.batchSize = 10
    expected.base.checkpointInterval = 7
    expected.base.learningRate = .init(
      peak: 0.001, warmupSteps: 3, decay: .cosine, decayShare: 0.5, finalShare: 0)
    expected.rounds.count = 7
    expected.rounds.exercises = 50
    expected.rounds.revisitedExercises = 5
    expected.rounds.samples = 2
    expected.rounds.shortcuts = 3
    expected.rounds.temperature = 0.5
    expected.rounds.curation = .legal
    expected.rounds.reliability = 0.75
    expected.rounds.reliabilitySamples = 2
    expected.rounds.epochs = 2
    expected.rounds.batchSize = 4
    expected.rounds.learningRate.peak = 0.25
    expected.rounds.learningRate.warmupSteps = 0
    expected.rounds.learningRate.decay = .constant
    expected.rounds.fullTraceShare = 0.25
    expected.rounds.replayRounds = 2
    expected.rounds.checkpointInterval = 8
    expected.rounds.gate.maximumDrop = 1.5
    expected.rounds.gate.maximumRejections = 3
    expected.rounds.gate.retryScale = 0.25
    expected.rounds.patience = 0
    expected.rounds.minimumGain = 2
    expected.evaluation.exercises = 20
    expected.evaluation.samples = 9
    expected.evaluation.referenceRuns = 4
    expected.sampler.maximumLength = 200
    expected.sampler.rowsPerThread = 5
    expected.sampler.halfPrecisionCache = true
    #expect(configuration == expected)
    #expect(try RunConfiguration(parsing: configuration.resolvedJSON(), file: "resolved") == configuration)
  }

  @Test func aNamedSizeSetsTheWholeNetwork() throws {
    func model(_ keys: String) throws -> ModelSettings {
      try RunConfiguration(parsing: Self.with(#""model": {\#(keys)}"#), file: "maze.json").model
    }
    #expect(
      try model(#""size": "m""#)
        == ModelSettings(
          architecture: .encoderDecoder, width: 384, layers: 8, heads: 4, hiddenWidth: 1024, tokenShift: 0))
    #expect(
      try model(#""tokenShift": 2, "size": "s""#)
        == ModelSettings(architecture: .encoderDecoder, width: 192, layers: 6, heads: 3, tokenShift: 2))
    #expect(
      try model(#""architecture": "decoderOnly", "size": "s""#)
        == ModelSettings(architecture: .decoderOnly, width: 192, layers: 6, heads: 3, tokenShift: 0))
  }

  @Test func theLongestResponseOfALargeMazeIsWhatIsAllowed() throws {
    let text = #"{"domain": {"kind": "maze", "width": 100, "height": 100}}"#
    let configuration = try RunConfiguration(parsing: text, file: "maze.json")
    #expect(configuration.sampler.maximumLength == 65_535)
    #expect(RunConfiguration(domain: configuration.domain).sampler.maximumLength == 65_535)
    #expect(try RunConfiguration(parsing: configuration.resolvedJSON(), file: "resolved") == configuration)
  }

  @Test func aDerivedValueOutOfRangeIsReportedAtWhatItFollowsFrom() throws {
    let narrow = ConfigurationField.integer("sampler.maximumLength", \.sampler.maximumLength, 1...24, "")
      .derived("a token a cell", from: ["domain.width", "domain.height"]) { $0.domain.maze?.cells ?? 0 }
    var reader = ConfigurationReader(try JSONDocument(bytes: Array(Self.smallest.utf8)))
    let read = reader.configuration()
    var configuration = try #require(read)
    reader.derive([narrow], into: &configuration)
    #expect(
      ConfigurationErrors(file: "maze.json", mistakes: reader.mistakes).description == """
        maze.json:1:38: error: "sampler.maximumLength", which follows from "domain.width", "domain.height" \
        (a token a cell), is 25; allowed: 1 to 24; change these keys or give it
        """)
  }

  @Test func layersCountForBothHalves() throws {
    let text = Self.with(#""model": {"architecture": "encoderDecoder", "layers": 2}"#)
    let model = try RunConfiguration(parsing: text, file: "maze.json").model
    #expect(model == ModelSettings(architecture: .encoderDecoder, layers: 2))
  }

  @Test func allMistakesAreToldAtOnce() {
    let text = """
      {
        "sed": 1,
        "domain": {"kind": "maze", "width": 2, "height": 5.0, "wallPercent": 30},
        "base": {
          "exercises": "many",
          "learing_rate": {"peak": 0.1},
          "temperature": 1
        },
        "rounds": {"temperature": 0, "curation": "lega", "count": 3, "samples": true, "count": 4},
        "sampler": 12
      }
      """
    #expect(
      Self.complaint(text) == """
        maze.json:2:3: error: unknown key "sed" (did you mean "seed"?)
        maze.json:3:39: error: "width" is 2; allowed: 3 to 100
        maze.json:3:52: error: "height" must be a whole number, 3 to 100, found 5.0
        maze.json:3:57: error: unknown key "wallPercent" in "domain" (did you mean "minimumWallPercent"?)
        maze.json:5:18: error: "exercises" must be a whole number, found the text "many"
        maze.json:6:5: error: unknown key "learing_rate" in "base" (did you mean "learningRate"?)
        maze.json:7:5: error: unknown key "temperature" in "base" (did you mean "rounds.temperature"?)
        maze.json:9:29: error: "temperature" is 0; allowed: greater than 0, at most 10
        maze.json:9:44: error: "curation" is "lega"; allowed: any, sound, legal (did you mean "legal"?)
        maze.json:9:75: error: "samples" must be a whole number, found true
        maze.json:9:81: error: the key "count" is already on line 9; remove one of the two
        maze.json:10:14: error: "sampler" must be an object, found 12
        """)
  }

  @Test(arguments: [
    ("", "1:1: error: the file is empty; expected a JSON object"),
    (" \n ", "2:2: error: the file is empty; expected a JSON object"),
    ("[]", "1:1: error: expected an object of settings, found an array"),
    ("{\"seed\": 1", "1:11: error: expected \",\" or \"}\", found the end of the file"),
    ("{\"seed\": 1,}", "1:12: error: no comma is allowed before \"}\""),
    ("{\"seed\": [1,]}", "1:13: error: no comma is allowed before \"]\""),
    ("{\"seed\" 1}", "1:9: error: expected \":\" after the key \"seed\", found \"1\""),
    ("{seed: 1}", "1:2: error: expected a key in double quotes, found \"s\""),
    ("{\"seed\": 1} x", "1:13: error: unexpected \"x\" after the end of the document"),
    ("{\n  // no\n}", "2:3: error: expected a key in double quotes, found \"/\""),
    ("{\"seed\": /* 1 */ 1}", "1:10: error: comments are not JSON; remove them"),
    ("{\"seed\": NaN}", "1:10: error: NaN is not JSON; write a finite number"),
    ("{\"seed\": -inf}", "1:10: error: not a number: expected a digit, found \"i\""),
    ("{\"seed\": Infinity}", "1:10: error: Infinity is not JSON; write a finite number"),
    ("{\"seed\": 01}", "1:10: error: a number must not start with 0"),
    ("{\"seed\": .5}", "1:10: error: expected a value, found \".\""),
    ("{\"seed\": 1e}", "1:10: error: not a number: expected a digit, found \"}\""),
    ("{\"seed\": yes}", "1:10: error: \"yes\" is not a JSON value; texts stand in double quotes"),
    ("{\"seed\": }", "1:10: error: expected a value, found \"}\""),
    ("{\"seed", "1:2: error: the text that starts here never ends"),
    ("{\"a\nb\": 1}", "1:4: error: a text must end on its line; write \\n for a line break"),
    ("{\"\\x\": 1}", "1:3: error: unknown escape \"\\x\" in a text"),
    ("{\"\\ud800\": 1}", "1:3: error: half a surrogate pair"),
    ("{\"\\u12\": 1}", "1:3: error: \\u needs four hexadecimal digits"),
    ("\u{FEFF}{}", "1:1: error: the file starts with a byte-order mark; save it as UTF-8 without one"),
    (String(repeating: "[", count: 100_000), "1:65: error: nested more than 64 levels deep"),
    ("{\"ä\u{1F600}\": 1 x}", "1:10: error: expected \",\" or \"}\", found \"x\""),
  ])
  func brokenJSONIsPlaced(text: String, expected: String) {
    #expect(Self.complaint(text) == "maze.json:" + expected)
  }

  @Test func onlyUTF8IsRead() {
    let expected = "maze.json:1:1: error: the file is not UTF-8 (it looks like UTF-16); save it as UTF-8"
    #expect(Self.complaint([0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00]) == expected)
    #expect(Self.complaint([0xFE, 0xFF, 0x00, 0x7B]) == expected)
    #expect(Self.complaint([0x7B, 0x00, 0x7D, 0x00]) == expected)
    #expect(
      Self.complaint([0x7B, 0xC3, 0x7D]) == "maze.json:1:1: error: the file is not UTF-8; save it as UTF-8")
  }

  @Test(arguments: [
    (
      #""seed": 9223372036854775808"#,
      "2:9: error: \"seed\" is 9223372036854775808; allowed: 0 to 9007199254740991"
    ),
    (
      #""seed": 1e3"#,
      "2:9: error: \"seed\" must be a whole number, 0 to 9007199254740991, found 1e3"
    ),
    (#""seed": -1"#, "2:9: error: \"seed\" is -1; allowed: 0 to 9007199254740991"),
    (#""seed": null"#, "2:9: error: \"seed\" must be a whole number, found null"),
    (#""rounds": {"minimumGain": 1e400}"#, "2:27: error: \"minimumGain\" is 1e400; allowed: 0 to 100"),
    (#""rounds": {"fullTraceShare": 1.01}"#, "2:30: error: \"fullTraceShare\" is 1.01; allowed: 0 to 1"),
    (#""rounds": {"samples": 0}"#, "2:23: error: \"samples\" is 0; allowed: 1 to 4096"),
    (#""evaluation": {"samples": 7}"#, "2:27: error: \"samples\" is 7; allowed: 8 to 4096"),
    (#""optimizer": {"beta1": 1}"#, "2:24: error: \"beta1\" is 1; allowed: at least 0, less than 1"),
    (#""rounds": {"gate": []}"#, "2:20: error: \"gate\" must be an object, found an array"),
    (
      #""rounds": {"gate": {"drop": 1}}"#,
      "2:21: error: unknown key \"drop\" in \"rounds.gate\" (did you mean \"maximumDrop\"?)"
    ),
    (
      #""sampler": {"halfPrecisionCache": 1}"#,
      "2:35: error: \"halfPrecisionCache\" must be true or false, found 1"
    ),
    (#""model": {"size": "huge"}"#, "2:19: error: \"size\" is \"huge\"; allowed: s, m, l, xl"),
    (
      #""model": {"size": "s", "heads": 2}"#,
      "2:24: error: \"heads\" cannot stand beside \"size\", which sets it; remove one"
    ),
    (
      #""model": {"layers": 2, "decoderLayers": 2}"#,
      "2:24: error: \"decoderLayers\" cannot stand beside \"layers\", which sets it; remove one"
    ),
    (#""model": {"encoderLayers": 2}"#, "2:28: error: \"encoderLayers\" is 2; a decoderOnly model has 0"),
    (
      #""model": {"heads": 5}"#,
      "2:20: error: \"heads\" is 5; heads of width 64 must be a multiple of 8 wide: use one of 1, 2, 4, 8"
    ),
    (#""model": {"width": 24, "heads": 1}"#, "2:20: error: \"width\" is 24; use a multiple of 16"),
    (
      #""base": {"exercises": 100, "learningRate": {"warmupSteps": 6}}"#,
      "2:60: error: \"base.learningRate.warmupSteps\" is 6, but there are at most 6 steps; lower "
        + "it or train on more"
    ),
    (
      #""rounds": {"exercises": 16, "epochs": 2}"#,
      "2:39: error: \"rounds.learningRate.warmupSteps\" is 20, but there are at most 2 steps; "
        + "lower it or train on more"
    ),
    (
      #""rounds": {"samples": 3, "reliability": 0.5, "reliabilitySamples": 4}"#,
      "2:68: error: \"reliabilitySamples\" is 4, but an exercise has 3 samples, so that nothing "
        + "would be kept; "
        + "lower it or raise rounds.samples"
    ),
    (
      #""method": "continued", "rounds": {"shortcuts": 2}"#,
      "2:48: error: \"shortcuts\" is 2, but with method continued rounds do not sample the model; "
        + "leave it out"
    ),
    (
      #""rounds": {"reliabilitySamples": 4}"#,
      "2:34: error: \"reliabilitySamples\" is 4, but with reliability 0 they may all be wrong; raise "
        + "rounds.reliability, or leave it out"
    ),
    (
      #""sampler": {"maximumLength": 64}"#,
      "2:30: error: \"maximumLength\" is 64, but the response of a plan of 5 cells alone has 65 "
        + "tokens; raise it"
    ),
  ])
  func wrongValuesAreNamedWithWhatIsAllowed(keys: String, expected: String) {
    #expect(Self.complaint(Self.with(keys)) == "maze.json:" + expected)
  }

  @Test(arguments: [
    ("{}", "1:1: error: the key \"domain.kind\" is missing; allowed: \(kinds)"),
    (
      #"{"domain": {"kind": "maze", "height": 3}}"#,
      "1:2: error: the key \"domain.width\" is missing; allowed: a whole number, 3 to 100"
    ),
    (
      #"{"domain": {"kind": "maz", "width": 5, "height": 5}}"#,
      "1:21: error: \"kind\" is \"maz\"; allowed: \(kinds) (did you mean \"maze\"?)"
    ),
    (
      #"{"domain": {"kind": "maze", "width": 3, "height": 3}}"#,
      "1:38: error: this size and share of walls have 1 layouts of walls in all, too few to keep test mazes "
        + "apart from training mazes; choose a larger maze or more walls"
    ),
    (
      #"{"domain": {"kind": "maze", "width": 4, "height": 4}, "evaluation": {"exercises": 90000}}"#,
      "1:83: error: 90000 test exercises are asked for, but mazes of 4x4 give no more "
        + "than about 26317 different ones; ask for fewer or choose a larger maze"
    ),
    (
      #"{"domain": {"kind": "maze", "width": 5, "height": 5, "maximumWallPercent": 20}}"#,
      "1:76: error: \"maximumWallPercent\" (20) is below \"minimumWallPercent\" (30)"
    ),
    (
      #"{"domain": {"kind": "maze", "width": 5, "height": 5, "minimumPlanCells": 20}}"#,
      "1:74: error: \"minimumPlanCells\" is 20, but a maze has at most 19 free cells"
    ),
  ])
  func impossibleDomainsAreRefused(text: String, expected: String) {
    let complaint = Self.complaint(text)
    #expect(complaint.split(separator: "\n").first.map(String.init) == "maze.json:" + expected)
  }

  @Test func oddFilesAreNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "configuration-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func complaint(_ path: String) -> String {
      do {
        _ = try RunConfiguration(contentsOf: path, loading: .all(weights: NoStartingWeights()))
        return ""
      } catch {
        return "\(error)"
      }
    }
    let missing = folder.appending(path: "missing.json").path
    #expect(
      complaint(missing)
        == "\(missing):1:1: error: there is no such file; `shorten init > \(missing)` writes a first one")
    #expect(complaint(folder.path) == "\(folder.path):1:1: error: this is a directory, not a file")
    let file = folder.appending(path: "maze.json")
    try Self.smallest.write(to: file, atomically: true, encoding: .utf8)
    let link = folder.appending(path: "link.json")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
    #expect(complaint(link.path) == "")
    #expect(complaint("/dev/zero") == "/dev/zero:1:1: error: longer than 1 MiB: not a configuration")
  }

  /// Cut and damaged configurations: an error or a configuration, never a crash.
  @Test(arguments: 1...8) func damagedTextsNeverCrash(seed: UInt64) {
    var random = CounterRandom(seed: seed, stream: .mixture)
    let whole = Array(Self.with(#""model": {"size": "s"}, "rounds": {"gate": {"maximumDrop": 1.5e0}}"#).utf8)
    for _ in 0..<2000 {
      var bytes = Array(whole.prefix(random.uniform(below: whole.count + 1)))
      for _ in 0..<random.uniform(below: 5) where !bytes.isEmpty {
        bytes[random.uniform(below: bytes.count)] = UInt8(random.uniform(below: 256))
      }
      _ = Self.complaint(bytes)
    }
  }
}
