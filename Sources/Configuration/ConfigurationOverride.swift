import JSON

/// A key's value from the command line, used instead of the file's: `model.layers=3`.
public struct ConfigurationOverride: Sendable, Equatable {
  /// From the outermost section to the key.
  let path: [String]
  let value: JSONNode

  /// The place of what is in no file.
  static let position = TextPosition(line: 0, column: 0)

  /// Splits at the first `=`; a value that is not JSON is a text. nil if there is no key before it.
  public init?(_ text: String) {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    path = text[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard path.allSatisfy({ !$0.isEmpty && $0.allSatisfy { !$0.isWhitespace } }) else { return nil }
    let written = String(text[text.index(after: equals)...])
    let document = try? JSONDocument(bytes: Array(written.utf8))
    value = (document?.root ?? JSONNode(value: .string(written), position: Self.position)).moved(
      to: Self.position)
  }

  public init(_ key: String, _ value: Int) {
    path = keyPath(key)
    self.value = JSONNode(value: .number(String(value)), position: Self.position)
  }
}

extension JSONNode {
  /// With the override's value at its key. Missing sections are added; a section where a plain value belongs
  /// is refused by the reader.
  func setting(_ override: ConfigurationOverride) -> JSONNode {
    replacing(override.path[...], by: override.value)
  }

  private func replacing(_ path: ArraySlice<String>, by node: JSONNode) -> JSONNode {
    guard let key = path.first else { return node }
    guard case .object(var members) = value else {
      return JSONNode(value: .object([]), position: node.position).replacing(path, by: node)
    }
    let rest = path.dropFirst()
    if let index = members.firstIndex(where: { $0.key == key }) {
      let member = members[index]
      let place = rest.isEmpty ? node.position : member.position
      members[index] = Member(key: key, position: place, value: member.value.replacing(rest, by: node))
    } else {
      let section = JSONNode(value: .object([]), position: node.position)
      members.append(Member(key: key, position: node.position, value: section.replacing(rest, by: node)))
    }
    return JSONNode(value: .object(members), position: position)
  }

  fileprivate func moved(to place: TextPosition) -> JSONNode {
    let moved: Value =
      switch value {
      case .object(let members):
        .object(members.map { Member(key: $0.key, position: place, value: $0.value.moved(to: place)) })
      case .array(let elements): .array(elements.map { $0.moved(to: place) })
      default: value
      }
    return JSONNode(value: moved, position: place)
  }
}
