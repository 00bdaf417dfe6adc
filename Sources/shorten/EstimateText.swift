import Configuration
import ExpertIteration
import Reading
import Text

extension RunEstimate {
  /// What a dry run prints after the resolved configuration.
  func text(directory: String, _ unit: LengthUnit) -> String {
    var rows = [
      ["run directory", directory],
      [
        "prompt, response",
        "\(meanPrompt.fixed(decimals: 0)) and \(meanResponse.fixed(decimals: 0)) \(unit.name) on average",
      ],
      ["cut references", "\(truncatedPercent.fixed(decimals: 1)) % are longer than sampler.maximumLength"],
      ["to train", "about \(trained.abbreviated) \(unit.name)"],
      ["to sample", "about \(sampled.abbreviated) \(unit.name)"],
    ]
    if let footprint {
      rows.insert(["parameters", footprint.parameters.grouped], at: 1)
      rows.insert(["memory", "about \(byteSize(footprint.memoryBytes))"], at: 2)
    }
    if let speeds, let seconds {
      let speeds =
        "\(speeds.training.abbreviated) tok/s training, \(speeds.writing.abbreviated) tok/s sampling"
      rows += [["speed here", speeds], ["time", "about \(clockTime(seconds))"]]
    }
    return TextTable(columns: [.init("", .left), .init("", .left)], rows: rows).lines.joined(separator: "\n")
  }
}
