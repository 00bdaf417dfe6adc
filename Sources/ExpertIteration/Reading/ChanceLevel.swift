import Search
import Store

/// How often an entry drawn blindly is true, where entries do not say what they are about: what a share of sound traces
/// is to be held against.
public struct ChanceLevel: Sendable, Equatable {
  /// On average over the test tasks, in percent.
  public let percent: Double

  public init(percent: Double) { self.percent = percent }

  /// For people.
  public var sentence: String {
    "Entries do not say which step they are about: one drawn blindly is true with a chance of "
      + "\(percent.formatted(decimals: 1)) %, on average over the test tasks."
  }
}

extension RunReader {
  /// nil: the entries say what they are about, or there is no test task yet.
  public func chanceLevel() throws -> ChanceLevel? {
    let domain = try configuration().domain.makeDomain()
    var levels: [Double] = []
    for prompt in try store.prompts(split: Split.test.rawValue) {
      guard let level = domain.chanceLevel(of: try domain.vocabulary.tokens(of: prompt)) else { return nil }
      levels.append(level)
    }
    return levels.isEmpty
      ? nil : ChanceLevel(percent: 100 * levels.reduce(0, +) / Double(levels.count))
  }
}
