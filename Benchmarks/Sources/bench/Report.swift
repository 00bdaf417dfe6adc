import Foundation

/// One line of the table.
struct Measurement: Encodable {
  enum What: String, CaseIterable {
    case training, sampling
  }

  let what: String
  let size: String
  /// Mean tokens of a response; A*: threads.
  let length: Int
  let unit: String
  let speed: Double
  let torch: Double?
  /// The reference implementation's own way.
  let reference: Double?
  let peakShare: Double?
  /// Useful floating point operations a token.
  let workPerToken: Double?
  let peakMemory: Int?
  let torchPeakMemory: Int?
  let detail: String?

  private enum CodingKeys: String, CodingKey {
    case what, size, length, unit, shorten, torch, ratio, reference
    case peakShare = "peak_share"
    case workPerToken = "mflop_per_token"
    case peakMemory = "peak_memory_mib"
    case torchPeakMemory = "torch_peak_memory_mib"
  }

  /// To torch; A*: to the reference.
  var ratio: Double? { (what == "astar" ? reference : torch).map { speed / $0 } }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(what, forKey: .what)
    try values.encode(size, forKey: .size)
    try values.encode(length, forKey: .length)
    try values.encode(unit, forKey: .unit)
    try values.encode(speed.rounded(), forKey: .shorten)
    try values.encode(torch?.rounded(), forKey: .torch)
    try values.encode(ratio.map { ($0 * 100).rounded() / 100 }, forKey: .ratio)
    try values.encode(reference?.rounded(), forKey: .reference)
    try values.encode(peakShare.map { ($0 * 1000).rounded() / 1000 }, forKey: .peakShare)
    try values.encode(workPerToken.map { ($0 / 1e4).rounded() / 100 }, forKey: .workPerToken)
    try values.encode(peakMemory.map(mebibytes), forKey: .peakMemory)
    try values.encode(torchPeakMemory.map(mebibytes), forKey: .torchPeakMemory)
  }

  private func mebibytes(_ bytes: Int) -> Int { bytes >> 20 }

  var cells: [String] {
    func whole(_ value: Double?) -> String { value.map { String(format: "%.0f", $0) } ?? "-" }
    return [
      what, size, what == "astar" ? "-" : String(length), whole(speed), whole(torch),
      ratio.map { String(format: "%.2f", $0) } ?? "-", whole(reference),
      workPerToken.map { String(format: "%.2f", $0 / 1e6) } ?? "-",
      peakShare.map { String(format: "%.0f %%", 100 * $0) } ?? "-",
      peakMemory.map { String(mebibytes($0)) } ?? "-", torchPeakMemory.map { String(mebibytes($0)) } ?? "-",
      detail ?? "",
    ]
  }
}

/// Prints measurements as they come and keeps them for the file.
struct Report {
  /// Benchmarks/, where this was built from.
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let columns = [
    "what", "size", "length", "shorten/s", "torch/s", "ratio", "reference/s", "MFLOP", "of peak", "MiB",
    "torch MiB", "",
  ]
  private static let widths = [9, 6, 7, 10, 9, 6, 12, 6, 8, 6, 10, 0]
  private var measurements: [Measurement] = []

  func note(_ text: String) { say(text) }

  mutating func add(_ measurement: Measurement) {
    if measurements.isEmpty { say(Self.row(Self.columns)) }
    measurements.append(measurement)
    say(Self.row(measurement.cells))
  }

  /// To results/latest.json, or to a file of its own for a part.
  func write(_ part: String?) throws {
    let results = Self.folder.appending(path: "results")
    try FileManager.default.createDirectory(at: results, withIntermediateDirectories: true)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let file = results.appending(path: "\(part ?? "latest").json")
    try encoder.encode(measurements).write(to: file)
    say("wrote \(file.path)")
  }

  private static func row(_ cells: [String]) -> String {
    zip(cells, widths).enumerated().map { index, cell in
      let space = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return index < 2 || cell.1 == 0 ? cell.0 + space : space + cell.0
    }.joined(separator: "  ")
  }
}
