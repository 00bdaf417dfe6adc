import Determinism
import JSON

extension RunConfiguration {
  /// Every key with its value, defaults written out, keys sorted: the same text for the same configuration.
  /// Parsing it gives the configuration back.
  public func resolvedJSON() -> String {
    JSONTree(fields: ConfigurationTable.written(of: domain.kind), of: self).text()
  }

  /// SHA-256 over the keys that affect results. Equal digests mean equal runs.
  public var digest: String {
    let fields = ConfigurationTable.written(of: domain.kind).filter(\.affectsResults)
    return SHA256.hexDigest(of: JSONTree(fields: fields, of: self).text())
  }

  /// The differences in effect from an `earlier` configuration, a line for each: `rounds.samples: 8 -> 16`.
  public func differences(from earlier: RunConfiguration) -> [String] {
    changedFields(since: earlier).map { "\($0.name): \($0.read(earlier).json) -> \($0.read(self).json)" }
  }

  /// Whether a run of the `earlier` configuration may continue with this one: nothing differs in effect,
  /// apart from keys that may be raised on a run (`rounds.count`).
  public func continues(_ earlier: RunConfiguration) -> Bool {
    changedFields(since: earlier).allSatisfy { field in
      guard field.mayBeRaised, case .integer(let before) = field.read(earlier),
        case .integer(let now) = field.read(self)
      else { return false }
      return now > before
    }
  }

  /// Texts are compared by their bytes, as by the digest.
  private func changedFields(since earlier: RunConfiguration) -> [ConfigurationField] {
    // Two kinds have no key of the domain in common.
    let fields =
      domain.kind.name == earlier.domain.kind.name
      ? ConfigurationTable.written(of: domain.kind) : ConfigurationTable.general + ConfigurationTable.common
    return fields.filter {
      $0.affectsResults && !$0.isShorthand
        && !$0.read(self).json.utf8.elementsEqual($0.read(earlier).json.utf8)
    }
  }
}

extension JSONTree {
  fileprivate init(fields: [ConfigurationField], of configuration: RunConfiguration) {
    self = .object([:])
    for field in fields { insert(field.read(configuration).tree, at: field.path[...]) }
  }
}
