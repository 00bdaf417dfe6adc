import Plot

/// A drawing of a page by its name, which `shorten plot` takes too.
public struct NamedDrawing: Sendable {
  public let name: String
  public let title: String
  /// Draws it at a width in pixels; below 560 in the form for narrow pages.
  public let draw: @Sendable (_ width: Double) -> Drawing
}
