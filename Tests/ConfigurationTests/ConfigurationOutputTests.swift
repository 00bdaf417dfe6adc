import Foundation
import JSON
import Testing

@testable import Configuration

/// What is written from a configuration: resolved JSON, digest, differences, schema, starter.
@Suite struct ConfigurationOutputTests {
  static func configuration(_ change: (inout RunConfiguration) -> Void = { _ in }) -> RunConfiguration {
    var configuration = RunConfiguration(domain: .maze(.init(width: 5, height: 5)))
    change(&configuration)
    return configuration
  }

  @Test func theResolvedTextIsWhole() {
    #expect(
      Self.configuration().resolvedJSON() == """
        {
          "base": {
            "batchSize": 16,
            "checkpointInterval": 500,
            "epochs": 1,
            "exercises": 20000,
            "learningRate": {
              "decay": "linear",
              "decayShare": 0.3,
              "finalShare": 0.03,
              "peak": 0.002,
              "warmupSteps": 100
            },
            "weights": "",
            "weightsSHA256": ""
          },
          "domain": {
            "decoyGoals": 0,
            "drawsPerLayout": 4,
            "grammar": "searchformer",
            "height": 5,
            "irrelevantWalls": 0,
            "kind": "maze",
            "maximumWallPercent": 50,
            "minimumPlanCells": 5,
            "minimumWallPercent": 30,
            "tieBreak": "coin",
            "vocabularyHeight": 5,
            "vocabularyWidth": 5,
            "width": 5
          },
          "evaluation": {
            "exercises": 500,
            "referenceRuns": 64,
            "samples": 8,
            "sets": []
          },
          "method": "expertIteration",
          "model": {
            "architecture": "decoderOnly",
            "decoderLayers": 3,
            "encoderLayers": 0,
            "heads": 4,
            "hiddenWidth": 256,
            "tokenShift": 2,
            "width": 64
          },
          "objective": {
            "aheadWeight": 0.3,
            "headsAhead": 0
          },
          "optimizer": {
            "beta1": 0.9,
            "beta2": 0.99,
            "clipNorm": 1,
            "epsilon": 1e-08,
            "kind": "adamW",
            "matrixRate": 5,
            "momentum": 0.95,
            "weightDecay": 0.01
          },
          "rounds": {
            "batchSize": 16,
            "checkpointInterval": 100,
            "count": 4,
            "curation": "sound",
            "epochs": 3,
            "exercises": 400,
            "fullTraceShare": 0,
            "gate": {
              "maximumDrop": 3,
              "maximumRejections": 2,
              "retryScale": 0.5
            },
            "learningRate": {
              "decay": "linear",
              "decayShare": 1,
              "finalShare": 0.1,
              "peak": 0.0005,
              "warmupSteps": 20
            },
            "minimumGain": 0.5,
            "patience": 2,
            "reliability": 0,
            "reliabilitySamples": 1,
            "replayRounds": 0,
            "revisitedExercises": 0,
            "samples": 8,
            "shortcuts": 0,
            "temperature": 1
          },
          "sampler": {
            "halfPrecisionCache": false,
            "maximumLength": 211,
            "rowsPerThread": 6
          },
          "seed": 1
        }
        """)
  }

  @Test func theDigestSeesWhatChangesResults() {
    let plain = Self.configuration()
    #expect(plain.digest.count == 64)
    #expect(plain.digest == Self.configuration { $0.sampler.rowsPerThread = 3 }.digest)
    #expect(plain.digest != Self.configuration { $0.seed = 2 }.digest)
    #expect(plain.digest != Self.configuration { $0.sampler.halfPrecisionCache = true }.digest)
  }

  @Test func differencesNameKeyAndBothValues() {
    let changed = Self.configuration {
      $0.rounds.samples = 16
      $0.base.learningRate.peak = 1e-5
      $0.rounds.curation = .legal
      $0.sampler.rowsPerThread = 1
    }
    #expect(
      changed.differences(from: Self.configuration()) == [
        "base.learningRate.peak: 0.002 -> 1e-05", "rounds.samples: 8 -> 16",
        "rounds.curation: \"sound\" -> \"legal\"",
      ])
    #expect(changed.differences(from: changed) == [])
  }

  @Test func onlyTheNumberOfRoundsMayGrow() {
    let plain = Self.configuration()
    #expect(plain.continues(plain))
    #expect(Self.configuration { $0.rounds.count = 5 }.continues(plain))
    #expect(Self.configuration { $0.sampler.rowsPerThread = 5 }.continues(plain))
    #expect(!Self.configuration { $0.rounds.count = 3 }.continues(plain))
    #expect(!Self.configuration { $0.seed = 5 }.continues(plain))
  }

  @Test func theEarlierWordOfAMethodIsRead() throws {
    func configuration(_ word: String) throws -> RunConfiguration {
      try RunConfiguration(
        parsing: #"{"method": "\#(word)", "domain": {"kind": "maze", "width": 5, "height": 5}}"#,
        file: "a.json")
    }
    let (earlier, now) = (try configuration("bestOfAStar"), try configuration("bestOfReference"))
    #expect(earlier.method == .bestOfReference)
    #expect(now.continues(earlier) && now.differences(from: earlier) == [])
    #expect(earlier.resolvedJSON().contains(#""method": "bestOfReference""#) && earlier.digest == now.digest)
  }

  @Test func theStarterIsAConfiguration() throws {
    let text = try #require(RunConfiguration.starter(kind: "maze"))
    let configuration = try RunConfiguration(parsing: text, file: "maze.json")
    #expect(configuration.domain.maze?.width == 4)
    #expect(RunConfiguration.starter(kind: "chess") == nil)
    for kind in DomainConfiguration.kinds { #expect(RunConfiguration.starter(kind: kind) != nil) }
  }

  @Test func theShippedFilesAreRight() throws {
    let repository = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = repository.appending(path: "configs")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".json")
    }
    #expect(files.contains("schema.json") && files.contains("experiments/sound.json"))
    for file in files.sorted() {
      let path = folder.appending(path: file).path
      if file == "schema.json" {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(
          text == RunConfiguration.schema + "\n",
          "write it again: shorten config schema > configs/schema.json")
      } else {
        #expect(throws: Never.self, "\(file)") {
          try RunConfiguration(contentsOf: path, loading: .all(weights: NoStartingWeights()))
        }
      }
    }
  }

  @Test func namesOfKeysAreUnique() {
    let names = ConfigurationTable.all(of: .maze).map(\.name)
    #expect(Set(names).count == names.count)
    let sections = Set(ConfigurationTable.sections.map(\.name))
    for field in ConfigurationTable.all(of: .maze) where !field.section.isEmpty {
      #expect(sections.contains(field.section.joined(separator: ".")))
    }
  }

  @Test func theSchemaIsJSONWithTheStructsDefaults() throws {
    let root = try Self.object(RunConfiguration.schema)
    #expect(root["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(root["required"] as? [String] == ["domain"])
    let defaults = Self.configuration()
    for field in ConfigurationTable.all(of: .maze) where field.path != ["domain", "kind"] {
      let schema = try #require(Self.schema(of: field.path, in: root), "\(field.name)")
      #expect((schema["description"] as? String)?.isEmpty == false)
      guard case .constant = field.defaultRule else {
        #expect(schema["default"] == nil)
        continue
      }
      let value = try #require(schema["default"], "\(field.name)")
      switch field.read(defaults) {
      case .integer(let number): #expect(value as? Int == number)
      case .integers(let numbers): #expect(value as? [Int] == numbers)
      case .number(let number): #expect(value as? Double == number)
      case .text(let text): #expect(value as? String == text)
      case .texts(let texts): #expect(value as? [String] == texts)
      case .flag(let flag): #expect(value as? Bool == flag)
      case .tree(let tree): #expect(tree == .array([]) && (value as? [Any])?.isEmpty == true)
      }
    }
    let peak = try #require(Self.schema(of: ["base", "learningRate", "peak"], in: root))
    #expect(peak["exclusiveMinimum"] as? Double == 0 && peak["maximum"] as? Double == 1)
    #expect(
      Self.schema(of: ["rounds", "curation"], in: root)?["enum"] as? [String] == ["any", "sound", "legal"])
    let domain = try #require(Self.schema(of: ["domain"], in: root))
    let kinds = try #require(domain["oneOf"] as? [[String: Any]])
    #expect(kinds.count == DomainKind.all.count)
    #expect(kinds[0]["additionalProperties"] as? Bool == false)
    #expect(kinds[0]["required"] as? [String] == ["kind", "width", "height"])
  }

  private static func object(_ text: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(value as? [String: Any])
  }

  private static func schema(of path: [String], in root: [String: Any]) -> [String: Any]? {
    path.reduce(root as [String: Any]?) { schema, key in
      // The domain's keys stand with its kind; the first is the maze's.
      let whole = (schema?["oneOf"] as? [[String: Any]])?.first ?? schema
      return (whole?["properties"] as? [String: Any])?[key] as? [String: Any]
    }
  }
}
