import ExpertIteration
import Search
import Store

public typealias ReferenceLine = Search.ReferenceLine
public typealias ReferenceSummary = Store.ReferenceSummary

/// A reference line's trace length on one exercise.
public struct ReferenceLength: Sendable, Equatable {
  public let line: ReferenceLine
  public let tokens: Double
}

/// A reference line over all test exercises, compared with the newest accepted round.
public struct ReferenceComparison: Sendable, Equatable {
  public let line: ReferenceLine
  public let summary: ReferenceSummary

  public init(line: ReferenceLine, summary: ReferenceSummary) {
    self.line = line
    self.summary = summary
  }
}

extension RunReader {
  /// The longest line first.
  public func references() throws -> [ReferenceComparison] {
    let lines = try lines()
    return try store.referenceSummary().map {
      ReferenceComparison(line: lines[$0.name] ?? ReferenceLine(name: $0.name, title: $0.name), summary: $0)
    }
  }

  func references(of exercise: Int64) throws -> [ReferenceLength] {
    let lines = try lines()
    return try store.references(exerciseID: exercise)
      .sorted { ($1.tokens, $0.name) < ($0.tokens, $1.name) }
      .map { row in
        ReferenceLength(
          line: lines[row.name] ?? ReferenceLine(name: row.name, title: row.name), tokens: row.tokens)
      }
  }

  private func lines() throws -> [String: ReferenceLine] {
    Dictionary(try experiment().referenceLines.map { ($0.name, $0) }) { first, _ in first }
  }
}
