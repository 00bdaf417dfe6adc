/// A field of a settings type whose value cannot be used.
///
///     model: width is 40; use a multiple of 16
public struct InvalidSetting: Error, Sendable, Equatable, CustomStringConvertible {
  /// As the property is called.
  public let field: String
  public let value: String
  /// What would be accepted.
  public let fix: String

  public init(field: String, value: String, fix: String) {
    self.field = field
    self.value = value
    self.fix = fix
  }

  public var description: String { "model: \(field) is \(value); \(fix)" }
}
