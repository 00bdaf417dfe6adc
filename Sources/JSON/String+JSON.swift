extension String {
  /// The text as a JSON string, with its quotes.
  ///
  ///     "3 \"5\"".jsonQuoted      // "3 \"5\""
  public var jsonQuoted: String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension Double {
  /// The shortest JSON number that gives this value back; whole numbers are written without a point. Finite
  /// values only.
  public var json: String {
    self == rounded() && abs(self) < 1e15 ? String(Int(self)) : String(self)
  }
}
