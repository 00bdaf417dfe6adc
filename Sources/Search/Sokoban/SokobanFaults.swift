extension Fault.Kind {
  /// A push against a wall or a second box.
  public static let planPushBlocked = Self(rawValue: "planPushBlocked")
  /// A box is off the docks at the end.
  public static let planLeavesBox = Self(rawValue: "planLeavesBox")
  /// The worker and the boxes cannot stand so.
  public static let createsMisplaced = Self(rawValue: "createsMisplaced")
}
