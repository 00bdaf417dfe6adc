import ExpertIteration
import Text

extension RunEstimate {
  /// What a dry run prints after the resolved configuration.
  func text(directory: String) -> String {
    var rows = [
      ["run directory", directory], ["parameters", parameters.grouped],
      ["memory", "about \(byteSize(memoryBytes))"],
      [
        "prompt, response",
        "\(meanPromptTokens.fixed(decimals: 0)) and \(meanResponseTokens.fixed(decimals: 0)) tokens on "
          + "average",
      ],
      ["cut references", "\(truncatedPercent.fixed(decimals: 1)) % are longer than sampler.maximumLength"],
      ["to train", "about \(trainedTokens.abbreviated) tokens"],
      ["to sample", "about \(sampledTokens.abbreviated) tokens"],
    ]
    if let trainingSpeed, let samplingSpeed, let seconds {
      let speeds = "\(trainingSpeed.abbreviated) tok/s training, \(samplingSpeed.abbreviated) tok/s sampling"
      rows += [["speed here", speeds], ["time", "about \(clockTime(seconds))"]]
    }
    return TextTable(columns: [.init("", .left), .init("", .left)], rows: rows).lines.joined(separator: "\n")
  }
}
