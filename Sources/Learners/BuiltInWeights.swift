import BuiltIn
import Configuration
import Foundation
import Learning
import Outside

/// Reads the file that `base.weights` names for the parser of configurations: it must hold weights of the
/// configuration's own network and words.
public struct BuiltInWeights: StartingWeightsInspector {
  public init() {}

  public func inspect(
    _ configuration: RunConfiguration, in directory: String, mayBeGone: Bool
  ) throws(Refusal) -> StartingWeightsFile? {
    let path = NamedFile.path(configuration.base.weights, in: directory)
    if mayBeGone, !FileManager.default.fileExists(atPath: path) { return nil }
    let codec: Codec
    do {
      codec = Codec(try configuration.domain.makeDomain().vocabulary)
    } catch {
      throw Refusal("\(error)")
    }
    do throws(LearnerError) {
      let weights = try StartingWeights(path)
      try weights.require(
        configuration.model.configuration(vocabularySize: codec.vocabularySize), codec,
        sha256: configuration.base.weightsSHA256.isEmpty ? nil : configuration.base.weightsSHA256)
      return StartingWeightsFile(path: path, sha256: weights.sha256)
    } catch {
      throw Refusal("\(error)")
    }
  }
}
