import BuiltIn
import Configuration
import Foundation
import Learners
import Learning
import Model
import Reading
import Store
import Testing

@testable import ExpertIteration

/// Round 0 from weights that are there already.
extension RunTests {
  /// A run of no rounds, and the file of its weights.
  private func withWeights(_ body: (_ weights: URL, _ run: URL, _ folder: URL) throws -> Void) throws {
    try inFolder { run in
      _ = try execute(try Self.configuration(rounds: 0), in: run)
      try inFolder { folder in
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let weights = folder.appending(path: "weights.safetensors")
        try Self.exported(run).write(to: weights)
        try body(weights, run, folder)
      }
    }
  }

  private func configuration(
    _ weights: URL, _ overrides: [String] = [], rounds: Int = 0,
    loading: LoadedFiles = .all(weights: BuiltInWeights())
  ) throws -> RunConfiguration {
    try Self.configuration(
      rounds: rounds, setting: ["base.weights=\"\(weights.path)\"", "base.epochs=0"] + overrides,
      loading: loading)
  }

  /// Round 0's weights, as `shorten export --weights` writes them.
  private static func exported(_ run: URL) throws -> Data {
    let reader = try RunReader(run.path)
    let learner = try #require(try reader.experiment().learner as? TransformerLearner)
    return try learner.exported(reader.artifact(of: reader.finalCheckpoint(ofRound: 0)))
  }

  private func parameters(_ folder: URL) throws -> [Tensor] {
    try Checkpoint(decoding: [UInt8](Self.exported(folder))).tensors
  }

  @Test func withoutPassesRoundZeroIsTheGivenWeights() throws {
    try withWeights { weights, run, folder in
      let copy = folder.appending(path: "copy")
      let configuration = try configuration(weights, rounds: 1)
      #expect(configuration.base.weights == weights.path && configuration.base.weightsSHA256.count == 64)
      _ = try execute(configuration, in: copy)
      #expect(try parameters(copy) == parameters(run))
      let (own, other) = (try RunReader(copy.path), try RunReader(run.path))
      #expect(try own.rounds()[0].optimalPercent == other.rounds()[0].optimalPercent)
      #expect(try own.store.checkpoints(round: 0).map(\.step) == [0])
      #expect(try own.rounds().map(\.state) == [.accepted, .accepted])
      #expect(try own.store.rounds()[0].trainedSequences == 0)
    }
  }

  @Test func withPassesTheGivenWeightsAreTrainedOn() throws {
    try withWeights { weights, run, folder in
      let (one, other) = (folder.appending(path: "one"), folder.appending(path: "other"))
      let configuration = try configuration(weights, ["base.epochs=0.5"])
      _ = try execute(configuration, in: one, threads: 1)
      _ = try execute(configuration, in: other, threads: 3)
      #expect(try RunReader(one.path).digest() == RunReader(other.path).digest())
      #expect(try parameters(one) != parameters(run))
    }
  }

  @Test func theFileIsReadWhereItsWeightsAreNeeded() throws {
    try withWeights { weights, _, folder in
      let copy = folder.appending(path: "copy")
      let configuration = try configuration(weights)
      _ = try execute(configuration, in: copy)
      let bytes = try Data(contentsOf: weights)
      try FileManager.default.removeItem(at: weights)
      #expect(try RunReader(copy.path).rounds().count == 1)
      #expect(try RunReader(copy.path).configuration() == configuration)
      #expect(throws: ConfigurationErrors.self) { try self.configuration(weights, rounds: 1) }
      let further = try self.configuration(weights, rounds: 1, loading: .further(weights: BuiltInWeights()))
      _ = try execute(further, in: copy)
      #expect(try RunReader(copy.path).rounds().count == 2)
      // Once the checkpoints are lost it is needed again, as it was.
      for name in try FileManager.default.contentsOfDirectory(
        atPath: copy.appending(path: "checkpoints").path)
      {
        try FileManager.default.removeItem(at: copy.appending(path: "checkpoints/\(name)"))
      }
      #expect(throws: LearnerError.self) { try execute(further, in: copy) }
      try (bytes + Data([0])).write(to: weights)
      #expect(throws: LearnerError.self) { try execute(further, in: copy) }
      try bytes.write(to: weights)
      _ = try execute(further, in: copy)
    }
  }

  @Test func whatCannotBeStartedFromIsSaid() throws {
    try withWeights { weights, _, folder in
      func message(_ overrides: [String]) throws -> String {
        let error = #expect(throws: ConfigurationErrors.self) { _ = try configuration(weights, overrides) }
        return error.map { "\($0)" } ?? ""
      }
      #expect(
        try message(["model.width=48", "model.heads=3"]).contains(
          "is of another network: its width is 32, model.width 48, its heads is 2, model.heads 3"))
      #expect(
        try message(["model.architecture=encoderDecoder"]).contains(
          "its architecture is decoderOnly, model.architecture encoderDecoder"))
      #expect(try message(["domain.width=5"]).contains("was trained with other words than this domain's"))
      #expect(throws: ConfigurationErrors.self) {
        try Self.configuration(setting: ["base.weightsSHA256=\(String(repeating: "0", count: 64))"])
      }
      let sha = String(repeating: "0", count: 64)
      #expect(try message(["base.weightsSHA256=\(sha)"]).contains("was changed: its SHA-256 is"))
      let other = folder.appending(path: "other")
      #expect(try message(["base.weights=\"\(other.path)\""]).contains("cannot be read"))
      try Data("no weights".utf8).write(to: other)
      #expect(try message(["base.weights=\"\(other.path)\""]).contains("holds no weights of shorten"))
      #expect(
        try message(["base.weights=\"\""]).contains(
          "\"epochs\" is 0, but without base.weights round 0 must be trained"))
    }
  }
}
