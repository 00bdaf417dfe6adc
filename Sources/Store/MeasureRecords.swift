/// One value measured at a step of training. The key is (round, phase, step, name). Part of the digest: no
/// times, no speeds.
public struct MetricRecord: Sendable, Equatable {
  public var round: Int
  public var phase: Phase
  public var step: Int
  public var name: String
  public var value: Double

  public init(round: Int, phase: Phase, step: Int, name: String, value: Double) {
    self.round = round
    self.phase = phase
    self.step = step
    self.name = name
    self.value = value
  }
}

/// One value of a round's evaluation on a set, such as `relative_length`. The key is (round, set, name).
public struct MeasuredRecord: Sendable, Equatable {
  public var round: Int
  public var set: String
  public var name: String
  public var value: Double

  public init(round: Int, set: String, name: String, value: Double) {
    self.round = round
    self.set = set
    self.name = name
    self.value = value
  }
}

/// A 95 % interval over the tasks of a set. The key is (round, set, line, figure).
public struct IntervalRecord: Sendable, Equatable {
  public enum Figure: String, Sendable, Codable, CaseIterable {
    case optimalPercent = "optimal_pct"
    case shorterPercent = "shorter_pct"
  }

  public var round: Int
  public var set: String
  /// The reference line that the set is compared with; nil: the set itself, or its shortening against round
  /// 0. Only `shorterPercent` has one.
  public var line: String?
  public var figure: Figure
  public var low: Double
  public var high: Double

  public init(round: Int, set: String, line: String? = nil, figure: Figure, low: Double, high: Double) {
    self.round = round
    self.set = set
    self.line = line
    self.figure = figure
    self.low = low
    self.high = high
  }
}

extension IntervalRecord: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case round
    case set = "set_name"
    case line, figure, low, high
  }

  public init(from decoder: any Decoder) throws {
    let row = try decoder.container(keyedBy: CodingKeys.self)
    let line = try row.decode(String.self, forKey: .line)
    self.init(
      round: try row.decode(Int.self, forKey: .round), set: try row.decode(String.self, forKey: .set),
      line: line.isEmpty ? nil : line, figure: try row.decode(Figure.self, forKey: .figure),
      low: try row.decode(Double.self, forKey: .low), high: try row.decode(Double.self, forKey: .high))
  }
}
