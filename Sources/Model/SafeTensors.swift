import JSON

/// A named array of numbers in row-major order; `shape` multiplies to `values.count`.
public struct Tensor: Equatable, Sendable {
  public let name: String
  public let shape: [Int]
  public let values: [Float]

  public init(name: String, shape: [Int], values: [Float]) {
    precondition(shape.reduce(1, *) == values.count, "tensor \(name) has \(values.count) values for \(shape)")
    self.name = name
    self.shape = shape
    self.values = values
  }
}

/// Writes and reads safetensors files of float32 tensors and text metadata.
///
/// The same content gives the same bytes: tensors are written by ascending name, the header's keys are sorted
/// and padded with spaces to a multiple of 8 bytes.
enum SafeTensors {
  /// Names are unique and none is `__metadata__`.
  static func encode(_ tensors: [Tensor], metadata: [String: String]) -> [UInt8] {
    let tensors = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var header = "{\"__metadata__\":{"
    let keys = metadata.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    header += keys.map { "\($0.jsonQuoted):\((metadata[$0] ?? "").jsonQuoted)" }.joined(separator: ",") + "}"
    var end = 0
    for tensor in tensors {
      let begin = end
      end += 4 * tensor.values.count
      let sizes = tensor.shape.map(String.init).joined(separator: ",")
      header +=
        ",\(tensor.name.jsonQuoted):"
        + "{\"data_offsets\":[\(begin),\(end)],\"dtype\":\"F32\",\"shape\":[\(sizes)]}"
    }
    header += "}"
    let length = (header.utf8.count + 7) / 8 * 8

    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + length + end)
    withUnsafeBytes(of: UInt64(length).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: header.utf8)
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: length - header.utf8.count))
    for tensor in tensors { tensor.values.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    return bytes
  }

  /// The values of one tensor of the file the header was read from.
  static func values(of entry: SafeTensorsHeader.Entry, in file: [UInt8]) -> [Float] {
    let slice = file[entry.bytes]
    return [Float](unsafeUninitializedCapacity: slice.count / 4) { buffer, count in
      slice.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      count = slice.count / 4
    }
  }
}
