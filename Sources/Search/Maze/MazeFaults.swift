extension Fault.Kind {
  public static let planEndsElsewhere = Self(rawValue: "planEndsElsewhere")
}
