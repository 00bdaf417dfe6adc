import Search

/// Exercises other than the test's on which every round is evaluated, to see what holds outside the training
/// distribution (larger boards, other densities, distractors), or, of the split `validation`, to choose
/// settings on. They decide nothing.
///
///     "evaluation": {"sets": [{"name": "dense", "exercises": 200, "minimumWallPercent": 60, ...}]}
///
/// A set's domain is the run's with some keys changed; its words are the run's, so the model can read it.
public struct EvaluationSet: Sendable, Equatable {
  /// As in the column `set_name` of the views.
  public var name: String
  public var exercises: Int
  /// The side of the data it is drawn from: what is measured is no part of training.
  public var split: Split
  public var domain: DomainConfiguration

  public init(name: String, exercises: Int, split: Split = .test, domain: DomainConfiguration) {
    self.name = name
    self.exercises = exercises
    self.split = split
    self.domain = domain
  }

  static let splits = [Split.test, .validation]

  /// The set whose exercises are drawn as the training exercises are.
  public static let testName = "test"

  /// Names with another meaning in a run's database.
  static let reservedNames = [testName, "train", "sample", testName(.slow), testName(.fast)]

  /// The test exercises answered in a mode: `test-slow`.
  public static func testName(_ mode: ResponseMode) -> String {
    mode == .auto ? testName : "\(testName)-\(mode.rawValue)"
  }

  static let longestName = 40

  static func isName(_ text: String) -> Bool {
    let letters = text.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "-")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    return letters && (1...longestName).contains(text.utf8.count) && !reservedNames.contains(text)
  }
}
