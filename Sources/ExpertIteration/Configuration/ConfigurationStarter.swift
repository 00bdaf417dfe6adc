extension RunConfiguration {
  /// A small complete configuration to start from, for `shorten init`; nil: no such kind. The rest of the
  /// keys have defaults.
  public static func starter(kind: String) -> String? {
    DomainKind.all.first { $0.name == kind }?.starter
  }
}
