import Foundation

/// An artifact that is on disk, whole and synced, as its row describes it.
public struct StoredArtifact: Sendable, Equatable {
  public let kind: CheckpointRecord.Kind
  /// Relative to the run directory.
  public let path: String
  public let bytes: Int
  public let sha256: String
}

/// Artifacts that are folders, written by somebody else: by a program that trains, for example.
extension CheckpointFiles {
  /// The temporary place in `checkpoints` of a folder that `adopt` will give the name. It is absolute, and
  /// nothing is there yet. Another process may write there. `removeUnknown` removes a place that was never
  /// adopted, so `name` has to follow the pattern `rNN-sNNNNNN`.
  public func place(named name: String) throws -> URL {
    let (path, target) = try resolve(named: name)
    guard Self.isOwn(name) else { throw foreignName(path) }
    try makeFolder()
    let place = target + Self.temporarySuffix
    try removeEntry(at: place)
    return URL(filePath: place, directoryHint: .isDirectory)
  }

  /// Makes the folder that somebody wrote at a `place` an artifact: syncs each file and folder in it, gives
  /// it its name, and syncs `checkpoints`. Replaces an artifact of the same name.
  ///
  /// The hash is the SHA-256 of the sorted lines `sha256  size  relative/name`, one for each file. Links,
  /// special files and a folder without a byte are refused; whatever fails, the folder stays where it was.
  public func adopt(folder: URL, named name: String) throws -> StoredArtifact {
    let (path, target) = try resolve(named: name)
    guard Self.isOwn(name) else { throw foreignName(path) }
    let source = target + Self.temporarySuffix
    guard folder.standardizedFileURL.path == URL(filePath: source).standardizedFileURL.path else {
      throw StoreError.outsideRunDirectory(path: folder.path, directory: directory.path)
    }
    switch try entry(at: source) {
    case .folder: break
    case nil: throw StoreError.checkpointMissing(path: source)
    default: throw damaged(source, "it is not a folder")
    }
    do {
      let content = try FolderContent(of: source)
      let digest = try content.digest { file in
        try before(.sync)
        return try self.digest(ofFile: file, syncing: true)
      }
      for folder in content.folders {
        try before(.sync)
        try SystemCalls.syncFolder(folder)
      }
      // Where the same is there already, a kill must not find neither.
      if try entry(at: target) == .folder,
        (try? FolderContent(of: target).digest { try self.digest(ofFile: $0) }) == digest
      {
        try removeEntry(at: source)
        return StoredArtifact(kind: .folder, path: path, bytes: content.bytes, sha256: digest)
      }
      try before(.clear)
      try removeEntry(at: target)
      try before(.rename)
      guard rename(source, target) == 0 else { throw Errno() }
      try before(.syncFolder)
      try SystemCalls.syncFolder(self.folder.path)
      return StoredArtifact(kind: .folder, path: path, bytes: content.bytes, sha256: digest)
    } catch let error as Errno {
      throw StoreError.system(error.code, path: target, operation: "writing")
    }
  }

  private func foreignName(_ path: String) -> StoreError {
    .refused(path: directory.appending(path: path).path, rule: "an artifact is named rNN-sNNNNNN")
  }
}
