extension String {
  /// The text with a capital first letter; the rest stays as it is.
  public var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// The text as one word of a shell's command line: quoted unless every character is plain in any shell.
  public var shellQuoted: String {
    let isPlain = unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/", "=", ":", ",", "+", "@", "%": true
      default: false
      }
    }
    return isPlain && !isEmpty
      ? self
      : "'"
        + split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }

  /// The text with spaces up to a width in characters: after it if it is aligned left, else before it.
  public func padded(to width: Int, _ alignment: TextTable.Alignment) -> String {
    let space = String(repeating: " ", count: Swift.max(0, width - count))
    return alignment == .left ? self + space : space + self
  }
}

/// What trace lengths are counted in, as tables, axes and sentences name it.
///
///     LengthUnit().counted(1)                            // 1 token
///     LengthUnit(name: "Qwen3 tokens").counted(1200)     // 1,200 Qwen3 tokens
public struct LengthUnit: Sendable, Equatable {
  /// The name in the plural.
  public let name: String
  public let singular: String

  /// Without a singular, the name less its final s.
  public init(name: String = "tokens", singular: String? = nil) {
    self.name = name
    self.singular = singular ?? (name.hasSuffix("s") ? String(name.dropLast()) : name)
  }

  /// A length with its unit: `1 token`, `12 tokens`.
  public func counted(_ length: Int) -> String { "\(length.grouped) \(length == 1 ? singular : name)" }
}
