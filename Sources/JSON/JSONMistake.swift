/// Why a text is not JSON, and where.
///
///     maze.json:3:12   // position
///     no comma is allowed before "}"   // message
public struct JSONMistake: Error, Sendable, Equatable {
  public let position: TextPosition
  public let message: String

  public init(_ position: TextPosition, _ message: String) {
    self.position = position
    self.message = message
  }
}
