extension Fault.Kind {
  // The answer.
  public static let malformedAnswer = Self(rawValue: "malformedAnswer")
  public static let wrongAnswer = Self(rawValue: "wrongAnswer")

  // A chain that is not sound.
  public static let malformedEntry = Self(rawValue: "malformedEntry")
  public static let untrueEntry = Self(rawValue: "untrueEntry")
  public static let disorderedEntry = Self(rawValue: "disorderedEntry")

  // A sound chain that is not stepwise.
  public static let skipsSteps = Self(rawValue: "skipsSteps")
}
