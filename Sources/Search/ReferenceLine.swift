/// A kind of trace that the model's are compared with: one that another writes, or the shortest there can be.
public struct ReferenceLine: Sendable, Equatable {
  /// The name of the first line of every domain: the mean of the reference's own traces.
  public static let reference = "reference"

  /// As in the database: `reference`, `shortestLegal`.
  public let name: String
  /// For people: `A*, a coin per tie, mean of 64 runs`.
  public let title: String
  /// The same in a sentence: `A* with a coin per tie`.
  public let phrase: String
  /// No trace that the reference could have written is shorter.
  public let isBound: Bool

  public var isReference: Bool { name == Self.reference }

  /// Whether the sentence about the result names this line.
  public var isLandmark: Bool { isReference || isBound }

  /// Without a phrase the title is one.
  public init(name: String, title: String, phrase: String? = nil, isBound: Bool = false) {
    self.name = name
    self.title = title
    self.phrase = phrase ?? title
    self.isBound = isBound
  }
}
