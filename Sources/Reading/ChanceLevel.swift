import ExpertIteration
import Search
import Store
import Text

/// How often an entry drawn blindly is true, where entries do not name their step: what a share of sound
/// traces is to be compared with.
public struct ChanceLevel: Sendable, Equatable {
  /// On average over the test tasks, in percent.
  public let percent: Double

  public init(percent: Double) { self.percent = percent }

  /// For people.
  public var sentence: String {
    "Entries do not say which step they are about: one drawn blindly is true with a chance of "
      + "\(percent.fixed(decimals: 1)) %, on average over the test tasks."
  }
}

extension RunReader {
  /// nil: the entries name their step, or there is no test task yet.
  public func chanceLevel() throws -> ChanceLevel? {
    let domain = try experiment().domain
    guard let chains = domain.chains else { return nil }
    var levels: [Double] = []
    for prompt in try store.prompts(split: Split.test.rawValue) {
      guard let level = chains.chanceLevel(of: try domain.writing(of: prompt)) else { return nil }
      levels.append(level)
    }
    return levels.isEmpty
      ? nil : ChanceLevel(percent: 100 * levels.reduce(0, +) / Double(levels.count))
  }
}
