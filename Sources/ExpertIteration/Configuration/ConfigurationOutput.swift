import Determinism

extension RunConfiguration {
  /// Every key with its value, defaults written out, keys sorted: the same text for the same configuration.
  /// Parsing it gives the configuration back.
  public func resolvedJSON() -> String {
    JSONTree(fields: ConfigurationField.written(of: domain.family), of: self).text()
  }

  /// SHA-256 over the keys that affect results. Equal digests mean equal runs.
  public var digest: String {
    let fields = ConfigurationField.written(of: domain.family).filter(\.affectsResults)
    return SHA256.hexDigest(of: JSONTree(fields: fields, of: self).text())
  }

  /// What differs in effect from an `earlier` configuration, a line each: `rounds.samples: 8 -> 16`.
  public func differences(from earlier: RunConfiguration) -> [String] {
    changedFields(since: earlier).map { "\($0.name): \($0.read(earlier).json) -> \($0.read(self).json)" }
  }

  /// Whether a run of the `earlier` configuration may go on with this one: nothing differs in effect, but
  /// for keys that may be raised on a run (`rounds.count`).
  public func continues(_ earlier: RunConfiguration) -> Bool {
    changedFields(since: earlier).allSatisfy { field in
      guard field.mayBeRaised, case .integer(let before) = field.read(earlier),
        case .integer(let now) = field.read(self)
      else { return false }
      return now > before
    }
  }

  private func changedFields(since earlier: RunConfiguration) -> [ConfigurationField] {
    // Of another kind no key of the domain is the same.
    let fields =
      domain.kind == earlier.domain.kind
      ? ConfigurationField.written(of: domain.family) : ConfigurationField.general + ConfigurationField.common
    return fields.filter {
      $0.affectsResults && !$0.isShorthand && $0.read(self) != $0.read(earlier)
    }
  }
}
