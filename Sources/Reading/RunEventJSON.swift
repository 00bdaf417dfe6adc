import ExpertIteration
import Foundation
import JSON
import Store

extension RunEvent {
  /// One line of JSON with sorted keys; `event` names the case.
  public var json: String {
    var members: [String: JSONTree]
    switch self {
    case .started(let directory, let resumed, let note):
      members = ["event": .text("started"), "directory": .text(directory), "resumed": .flag(resumed)]
      members["note"] = .text(note)
    case .phaseStarted(let round, let rounds, let phase, let total, let unit):
      members = Self.members("phaseStarted", round, phase)
      members["rounds"] = .number(rounds)
      members["total"] = .number(total)
      members["unit"] = .text(unit)
    case .phaseAdvanced(let round, let phase, let done, let total, let tokens, let values):
      members = Self.members("phaseAdvanced", round, phase)
      members["done"] = .number(done)
      members["total"] = .number(total)
      members["tokens"] = .number(tokens)
      members["values"] = .object(Dictionary(values.map { ($0.name, .text($0.value)) }) { $1 })
    case .phaseFinished(let round, let phase, let seconds):
      members = Self.members("phaseFinished", round, phase)
      members["seconds"] = .number(seconds)
    case .roundFinished(let summary):
      members = ["event": .text("roundFinished"), "summary": .leaf(summary.json)]
    case .notice(let text):
      members = ["event": .text("notice"), "text": .text(text)]
    case .finished(let reason):
      members = ["event": .text("finished"), "reason": .text(reason)]
    }
    return JSONTree.object(members).line()
  }

  private static func members(_ event: String, _ round: Int, _ phase: Phase) -> [String: JSONTree] {
    ["event": .text(event), "round": .number(round), "phase": .text(phase.rawValue)]
  }
}

extension RoundSummary {
  /// One line of JSON, keys sorted and named like the columns of `rounds_summary`; what has not been
  /// measured is left out.
  public var json: String { jsonLine(self) }
}

extension RunReader {
  /// A line of JSON a round: what `RoundSummary.json` has, and under `references` the reference lines by
  /// their names, on the tasks that the round solved optimally, with the columns of `against_references`.
  public func roundLines() throws -> [String] {
    let lines = try store.roundsAgainstReferences()
    return try rounds().map { round in
      let own = lines.filter { $0.round == round.round }
      return jsonLine(
        RoundLine(
          summary: round,
          references: Dictionary(own.map { ($0.name, RoundLine.Reference($0)) }) { first, _ in first }))
    }
  }
}

private struct RoundLine: Encodable {
  let summary: RoundSummary
  let references: [String: Reference]

  enum CodingKeys: CodingKey { case references }

  func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    guard !references.isEmpty else { return }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(references, forKey: .references)
  }

  struct Reference: Encodable {
    let tokens: Double
    let shorterPercent, shorterPercentLow, shorterPercentHigh, belowPercent: Double?

    init(_ row: RoundAgainstReference) {
      tokens = row.referenceTokens
      (shorterPercent, belowPercent) = (row.shorterPercent, row.belowPercent)
      (shorterPercentLow, shorterPercentHigh) = (row.shorterPercentLow, row.shorterPercentHigh)
    }

    enum CodingKeys: String, CodingKey {
      case tokens = "reference_tokens"
      case shorterPercent = "shorter_pct"
      case shorterPercentLow = "shorter_pct_low"
      case shorterPercentHigh = "shorter_pct_high"
      case belowPercent = "below_pct"
    }
  }
}

extension RunState {
  /// One line of JSON with sorted keys; what is not known is left out.
  public var json: String { jsonLine(self) }
}

private func jsonLine(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  guard let data = try? encoder.encode(value) else {
    preconditionFailure("a row of numbers and texts encodes")
  }
  return String(decoding: data, as: UTF8.self)
}
