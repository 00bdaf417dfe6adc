import Search
import Store

public typealias ReferenceLine = Search.ReferenceLine

/// A reference line's trace length on one exercise.
public struct ReferenceLength: Sendable, Equatable {
  public let line: ReferenceLine
  public let tokens: Double
}

/// A reference line over all test exercises, and the newest accepted round beside it.
public struct ReferenceComparison: Sendable, Equatable {
  public let line: ReferenceLine
  public let summary: ReferenceSummary

  public init(line: ReferenceLine, summary: ReferenceSummary) {
    self.line = line
    self.summary = summary
  }
}

public typealias ReferenceSummary = Store.ReferenceSummary

extension RunReader {
  /// The longest line first.
  public func references() throws -> [ReferenceComparison] {
    let configuration = try configuration()
    let lines = configuration.lines(of: try configuration.domain.makeDomain())
    return try store.referenceSummary().map {
      ReferenceComparison(line: lines[$0.name] ?? ReferenceLine(name: $0.name, title: $0.name), summary: $0)
    }
  }

  func references(
    of exercise: Int64, _ configuration: RunConfiguration, _ domain: any Domain
  ) throws -> [ReferenceLength] {
    let lines = configuration.lines(of: domain)
    return try store.references(exerciseID: exercise)
      .sorted { ($1.tokens, $0.name) < ($0.tokens, $1.name) }
      .map { row in
        ReferenceLength(
          line: lines[row.name] ?? ReferenceLine(name: row.name, title: row.name), tokens: row.tokens)
      }
  }
}

extension RunConfiguration {
  fileprivate func lines(of domain: any Domain) -> [String: ReferenceLine] {
    Dictionary(
      domain.referenceLines(referenceSettings).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
