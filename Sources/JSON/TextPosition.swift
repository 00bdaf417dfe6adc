/// A place in a text. Lines and columns count from 1; a column is a Unicode scalar.
public struct TextPosition: Sendable, Equatable {
  public var line: Int
  public var column: Int
  /// Bytes before this place.
  public var offset: Int

  /// By default the start of the text.
  public init(line: Int = 1, column: Int = 1, offset: Int = 0) {
    self.line = line
    self.column = column
    self.offset = offset
  }
}
