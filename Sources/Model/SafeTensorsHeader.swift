/// What a safetensors file declares about itself, checked against the file's size: 8 bytes of little-endian
/// header length, a JSON header, then the bytes of the tensors, one after the other without a gap.
///
/// The header is untrusted: every number is checked before it is used, names are unique, and nothing is
/// allocated by a declared size. Format: https://github.com/huggingface/safetensors
struct SafeTensorsHeader: Equatable, Sendable {
  struct Entry: Equatable, Sendable {
    let name: String
    let shape: [Int]
    /// Position in the file, in bytes.
    let bytes: Range<Int>
  }

  static let maximumBytes = 100_000_000
  static let maximumTensors = 100_000

  let metadata: [String: String]
  /// In the order of the data.
  let entries: [Entry]

  init(of file: [UInt8]) throws {
    guard file.count >= 8 else { throw CheckpointError.tooShort(bytes: file.count) }
    let declared = file[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard declared <= Self.maximumBytes else { throw CheckpointError.headerTooLarge(bytes: declared) }
    guard Int(declared) <= file.count - 8 else {
      throw CheckpointError.headerBeyondFile(header: declared, file: file.count)
    }
    let dataStart = 8 + Int(declared)
    let declarations = try SafeTensorsDeclarations(json: Array(file[8..<dataStart]))
    metadata = declarations.metadata
    entries = try Self.placed(declarations.tensors, dataStart: dataStart, dataBytes: file.count - dataStart)
  }

  /// Checks each tensor's length against its shape, and that the tensors tile the data exactly.
  private static func placed(
    _ declarations: [SafeTensorsDeclarations.Declaration], dataStart: Int, dataBytes: Int
  ) throws -> [Entry] {
    var end = 0
    var entries: [Entry] = []
    for tensor in declarations.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
      guard tensor.type == "F32" else {
        throw CheckpointError.unsupportedType(tensor: tensor.name, type: tensor.type)
      }
      let expected = try byteCount(of: tensor)
      guard tensor.end >= tensor.begin, tensor.end - tensor.begin == expected else {
        throw CheckpointError.wrongLength(
          tensor: tensor.name, expected: expected, found: tensor.end - tensor.begin)
      }
      guard tensor.begin == end else {
        throw CheckpointError.misplaced(tensor: tensor.name, expected: end, found: tensor.begin)
      }
      guard tensor.end <= dataBytes else {
        throw CheckpointError.uncoveredData(described: tensor.end, found: dataBytes)
      }
      end = tensor.end
      entries.append(
        Entry(
          name: tensor.name, shape: tensor.shape,
          bytes: dataStart + tensor.begin..<dataStart + tensor.end))
    }
    guard end == dataBytes else {
      throw CheckpointError.uncoveredData(described: end, found: dataBytes)
    }
    return entries
  }

  private static func byteCount(of tensor: SafeTensorsDeclarations.Declaration) throws -> Int {
    guard !tensor.shape.contains(0) else { throw CheckpointError.emptyTensor(tensor.name) }
    return try tensor.shape.reduce(4) { bytes, size in
      let (product, overflows) = bytes.multipliedReportingOverflow(by: size)
      guard !overflows else { throw CheckpointError.shapeOverflow(tensor: tensor.name) }
      return product
    }
  }
}
