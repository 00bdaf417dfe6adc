import Determinism
import Foundation

/// The files and folders of an artifact that is a folder. Links and special files are refused.
struct FolderContent {
  /// Relative to the artifact, with their sizes.
  private(set) var files: [(name: String, bytes: Int)] = []
  /// Absolute, an inner folder before the one that holds it; the artifact itself is last.
  private(set) var folders: [String] = []
  private let root: String

  /// root: the folder, absolute. Throws `checkpointDamaged` that names what is refused.
  init(of root: String) throws {
    self.root = root
    try visit(root, name: "")
    guard bytes > 0 else { throw StoreError.checkpointDamaged(path: root, detail: "it holds no bytes") }
  }

  var bytes: Int { files.reduce(0) { $0 + $1.bytes } }

  /// The SHA-256 of the sorted lines `sha256  size  relative/name`, each with its line feed. Empty folders
  /// are not in it. `digest` gives size and SHA-256 of the file at an absolute path.
  func digest(_ digest: (String) throws -> (bytes: Int, sha256: String)) throws -> String {
    let lines = try files.map { file in
      let found = try digest("\(root)/\(file.name)")
      return Array("\(found.sha256)  \(found.bytes)  \(file.name)\n".utf8)
    }
    var hash = SHA256()
    for line in lines.sorted(by: { $0.lexicographicallyPrecedes($1) }) { hash.update(line) }
    return SHA256.hexadecimal(hash.finalize())
  }

  private mutating func visit(_ path: String, name: String) throws {
    let names = try StoreError.translating(path: path) {
      try FileManager.default.contentsOfDirectory(atPath: path)
    }
    for inner in names {
      let full = "\(path)/\(inner)"
      let relative = name.isEmpty ? inner : "\(name)/\(inner)"
      // A line feed would make two lists of one.
      guard !inner.unicodeScalars.contains("\n") else { throw refused("a name with a line feed", relative) }
      switch try entry(at: full) {
      case .file(let bytes): files.append((relative, bytes))
      case .folder: try visit(full, name: relative)
      case .link: throw refused("a link", relative)
      case .special: throw refused("a special file", relative)
      case nil: throw refused("a file that vanished", relative)
      }
    }
    folders.append(path)
  }

  private func entry(at path: String) throws -> SystemCalls.Entry? {
    do {
      return try SystemCalls.entry(at: path)
    } catch let error as Errno {
      throw StoreError.system(error.code, path: path, operation: "looking at the file")
    }
  }

  private func refused(_ what: String, _ name: String) -> StoreError {
    .checkpointDamaged(path: root, detail: "it holds \(what): \(name)")
  }
}
