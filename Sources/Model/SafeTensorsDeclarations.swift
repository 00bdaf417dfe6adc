import JSON

/// What the JSON of a safetensors header declares: an object of tensors, each
/// `{"dtype": text, "shape": [sizes], "data_offsets": [begin, end]}`, and `__metadata__`, an object of texts.
///
/// No key may be repeated, and every number must be a non-negative 63-bit integer.
struct SafeTensorsDeclarations {
  struct Declaration {
    let name: String
    let type: String
    let shape: [Int]
    let begin: Int
    let end: Int
  }

  private(set) var metadata: [String: String] = [:]
  /// In the order of the header.
  private(set) var tensors: [Declaration] = []

  /// Twenty values for each tensor, of which a tensor has at most 14, leave room for metadata.
  private static let maximumValues = 20 * SafeTensorsHeader.maximumTensors

  /// Throws `CheckpointError`.
  init(json bytes: [UInt8]) throws(CheckpointError) {
    let document = try Self.document(bytes)
    guard case .object(let members) = document.root.value else {
      throw Self.malformed(document.root, "expected an object, found \(document.root.summary)")
    }
    if let repeated = document.repeatedKeys.first { throw Self.refusal(of: repeated, in: members) }
    for member in members {
      if member.key == "__metadata__" {
        metadata = try Self.texts(member.value)
      } else {
        guard tensors.count < SafeTensorsHeader.maximumTensors else {
          throw .tooManyTensors(limit: SafeTensorsHeader.maximumTensors)
        }
        tensors.append(try Self.declaration(member))
      }
    }
  }

  private static func document(_ bytes: [UInt8]) throws(CheckpointError) -> JSONDocument {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw .malformedHeader(position: error.byteOffsets.lowerBound, reason: "not UTF-8")
    }
    do throws(JSONMistake) {
      return try JSONDocument(bytes: bytes, maximumValues: maximumValues)
    } catch {
      throw .malformedHeader(position: error.position.offset, reason: error.message)
    }
  }

  /// Names of tensors and of metadata are described twice; another repeated key is in a tensor.
  private static func refusal(
    of repeated: JSONDocument.RepeatedKey, in members: [JSONNode.Member]
  ) -> CheckpointError {
    let place = members.last { $0.position.offset <= repeated.first.offset }
    guard let place, place.position != repeated.first, place.key != "__metadata__" else {
      return .duplicateName(repeated.key)
    }
    return .malformedHeader(
      position: repeated.position.offset,
      reason: "unexpected key \"\(repeated.key)\" in tensor \"\(place.key)\"")
  }

  private static func texts(_ node: JSONNode) throws(CheckpointError) -> [String: String] {
    guard case .object(let members) = node.value else { throw malformed(node, "expected an object") }
    var texts: [String: String] = [:]
    for member in members { texts[member.key] = try text(member.value) }
    return texts
  }

  private static func declaration(_ member: JSONNode.Member) throws(CheckpointError) -> Declaration {
    let (name, node) = (member.key, member.value)
    guard case .object(let members) = node.value else { throw malformed(node, "expected an object") }
    if let other = members.first(where: { !["dtype", "shape", "data_offsets"].contains($0.key) }) {
      throw .malformedHeader(
        position: other.position.offset, reason: "unexpected key \"\(other.key)\" in tensor \"\(name)\"")
    }
    guard let type = node["dtype"], let shape = node["shape"], let offsets = node["data_offsets"] else {
      throw malformed(node, "tensor \"\(name)\" needs dtype, shape and two data_offsets")
    }
    let ends = try sizes(offsets, atMost: 2)
    guard ends.count == 2 else { throw malformed(offsets, "tensor \"\(name)\" needs two data_offsets") }
    return Declaration(
      name: name, type: try text(type), shape: try sizes(shape, atMost: 8), begin: ends[0], end: ends[1])
  }

  private static func sizes(_ node: JSONNode, atMost limit: Int) throws(CheckpointError) -> [Int] {
    guard case .array(let elements) = node.value else { throw malformed(node, "expected a list of numbers") }
    guard elements.count <= limit else { throw malformed(node, "a list of more than \(limit) numbers") }
    var sizes: [Int] = []
    for element in elements {
      // Digits alone: "-0" and "1e2" are numbers too.
      guard case .number(let text) = element.value, let size = UInt(text).flatMap(Int.init(exactly:)),
        text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
      else { throw malformed(element, "expected a non-negative integer of 63 bits") }
      sizes.append(size)
    }
    return sizes
  }

  private static func text(_ node: JSONNode) throws(CheckpointError) -> String {
    guard case .string(let text) = node.value else { throw malformed(node, "expected a text") }
    return text
  }

  private static func malformed(_ node: JSONNode, _ reason: String) -> CheckpointError {
    .malformedHeader(position: node.position.offset, reason: reason)
  }
}
