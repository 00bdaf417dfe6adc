import Foundation

/// Removing artifacts: their rows go first, so a kill in between leaves garbage and never a row without one.
extension CheckpointFiles {
  /// Removes an artifact whose row is gone already; one that is not there is fine. A folder is removed with
  /// all it holds if it has a name of ours, `rNN-sNNNNNN`; any other is refused.
  public func remove(_ path: String) throws {
    try removeEntry(at: try RunDirectory(directory).resolve(path).path)
  }

  /// Removes every file, and every folder with a name of ours, that has no row, temporary ones included;
  /// returns their paths in order. Other folders are left alone. `keeping`: the paths of all rows.
  public func removeUnknown(keeping: Set<String>) throws -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    } catch CocoaError.fileReadNoSuchFile {
      return []
    } catch {
      throw StoreError.io(path: folder.path, operation: "listing the folder", detail: "\(error)")
    }
    var removed: [String] = []
    for name in names {
      let path = "\(Self.folder)/\(name)"
      guard !keeping.contains(path), let entry = try entry(at: "\(folder.path)/\(name)"),
        entry != .folder || Self.isOwn(name)
      else { continue }
      try remove(path)
      removed.append(path)
    }
    return removed
  }

  /// Whether a name is one that a whole artifact of ours may have.
  public static func isArtifact(_ name: String) -> Bool {
    isOwn(name) && !name.hasSuffix(temporarySuffix)
  }

  /// Whether a name is one that an artifact of ours may have, temporary or not.
  static func isOwn(_ name: String) -> Bool {
    name.wholeMatch(of: /r[0-9]{2,}-s[0-9]{6,}(\.safetensors)?(\.tmp)?/) != nil
  }

  /// Nothing there is fine. A link is removed and not followed.
  func removeEntry(at place: String) throws {
    switch try entry(at: place) {
    case nil: return
    case .folder:
      guard Self.isOwn(URL(filePath: place).lastPathComponent) else {
        throw damaged(place, "it is a folder of another name, which is left alone")
      }
      try StoreError.translating(path: place) { try FileManager.default.removeItem(atPath: place) }
    default:
      guard unlink(place) == 0 || errno == ENOENT else {
        throw StoreError.system(errno, path: place, operation: "removing")
      }
    }
  }
}
