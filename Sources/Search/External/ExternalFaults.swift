extension Fault.Kind {
  /// What a verifier says is wrong, in its words.
  public static let refusedAnswer = Self(rawValue: "refusedAnswer")
  public static let refusedTrace = Self(rawValue: "refusedTrace")
}
