import Foundation

/// Resolves the relative paths of rows and arguments within a run directory; none leads out of it.
///
/// Refused: absolute paths, `..`, empty and `.` components, NUL, and a folder on the way that is a link.
struct RunDirectory {
  let directory: URL

  init(_ directory: URL) {
    self.directory = directory
  }

  /// The absolute place of `path`. Throws `StoreError.outsideRunDirectory`. The file itself may be missing.
  func resolve(_ path: String) throws -> URL {
    let components = path.split(separator: "/", omittingEmptySubsequences: false)
    let isInside = components.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.contains("\0") }
    guard isInside else { throw outside(path) }
    var place = directory
    for folder in components.dropLast() {
      place.append(path: String(folder), directoryHint: .isDirectory)
      var status = stat()
      if lstat(place.path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK { throw outside(path) }
    }
    return place.appending(path: String(components[components.count - 1]), directoryHint: .notDirectory)
  }

  private func outside(_ path: String) -> StoreError {
    .outsideRunDirectory(path: path, directory: directory.path)
  }
}
