/// Why a file or a program that somebody named cannot be used, in words that follow its name or its key.
public struct Refusal: Error, Sendable, Equatable {
  public let text: String

  public init(_ text: String) { self.text = text }
}
