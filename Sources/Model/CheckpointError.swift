/// Why bytes are no checkpoint. Every case of a damaged or hostile file has its own, found before anything is
/// allocated from a number the file declares.
public enum CheckpointError: Error, Equatable, CustomStringConvertible {
  case tooShort(bytes: Int)
  case headerTooLarge(bytes: UInt64)
  case headerBeyondFile(header: UInt64, file: Int)
  case malformedHeader(position: Int, reason: String)
  case tooManyTensors(limit: Int)
  case duplicateName(String)
  case unsupportedType(tensor: String, type: String)
  case emptyTensor(String)
  case shapeOverflow(tensor: String)
  case wrongLength(tensor: String, expected: Int, found: Int)
  case misplaced(tensor: String, expected: Int, found: Int)
  case uncoveredData(described: Int, found: Int)
  case missingMetadata(String)
  case invalidMetadata(key: String, reason: String)
  case missingTensor(String)
  case unexpectedTensor(String)
  case wrongShape(tensor: String, expected: [Int], found: [Int])

  public var description: String {
    switch self {
    case .tooShort(let bytes):
      "not a safetensors file: \(bytes) bytes, the header's length alone takes 8"
    case .headerTooLarge(let bytes):
      "header of \(bytes) bytes; allowed: at most \(SafeTensorsHeader.maximumBytes)"
    case .headerBeyondFile(let header, let file):
      "header of \(header) bytes in a file of \(file): the file is cut short or damaged"
    case .malformedHeader(let position, let reason):
      "header, byte \(position): \(reason)"
    case .tooManyTensors(let limit):
      "more than \(limit) tensors"
    case .duplicateName(let name):
      "\"\(name)\" is described twice"
    case .unsupportedType(let tensor, let type):
      "tensor \"\(tensor)\" has the type \(type); only F32 is read"
    case .emptyTensor(let name):
      "tensor \"\(name)\" has no elements"
    case .shapeOverflow(let tensor):
      "the shape of tensor \"\(tensor)\" has more elements than memory has addresses"
    case .wrongLength(let tensor, let expected, let found):
      "tensor \"\(tensor)\" needs \(expected) bytes by its shape, its offsets give it \(found)"
    case .misplaced(let tensor, let expected, let found):
      "tensor \"\(tensor)\" begins at byte \(found) of the data, expected \(expected): a gap or an overlap"
    case .uncoveredData(let described, let found):
      "the header describes \(described) bytes of data, the file has \(found): cut short or damaged"
    case .missingMetadata(let key):
      "no \"\(key)\" in the metadata: not a checkpoint of shorten"
    case .invalidMetadata(let key, let reason):
      "metadata \"\(key)\": \(reason)"
    case .missingTensor(let name):
      "tensor \"\(name)\" is missing"
    case .unexpectedTensor(let name):
      "tensor \"\(name)\" does not belong to the model"
    case .wrongShape(let tensor, let expected, let found):
      "tensor \"\(tensor)\" has the shape \(found), the model needs \(expected)"
    }
  }
}
