import Foundation

extension ExternalSettings {
  /// Why the verifier cannot be started, found out without starting it; nil: it can, as far as that goes.
  var verifierProblem: String? {
    guard let program = verifier.first, !program.isEmpty else { return nil }
    guard program.contains("/") else { return isOnPath(program) ? nil : Self.unknown(program, in: folder) }
    let path = Self.path(program, in: folder)
    switch Self.kind(of: path) {
    case .absent: return "\(path) does not exist" + Self.neighbour(of: path) + Self.hint(program)
    case .folder: return "\(path) is a folder; name a program"
    case .file where access(path, X_OK) != 0:
      return "\(path) is not executable; `chmod +x` it, or name its interpreter before it: [\"python3\", "
        + "\(quoted(program))]"
    case .file: return nil
    }
  }

  private func isOnPath(_ program: String) -> Bool {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return folders.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  private static func unknown(_ program: String, in folder: String) -> String {
    let isBeside = kind(of: path(program, in: folder)) == .file
    let fix = isBeside ? "; the one in \(folder) is \(quoted("./\(program)"))" : hint(program)
    return "\(quoted(program)) is not on the PATH\(fix)"
  }

  private static func hint(_ program: String) -> String {
    program.contains(" ") ? "; give a program and its arguments as entries of their own" : ""
  }
}

// MARK: - Files that are named

extension ExternalSettings {
  enum FileKind { case absent, file, folder }

  static func kind(of path: String) -> FileKind {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return .absent }
    return isFolder.boolValue ? .folder : .file
  }

  /// ` (did you mean "check.py"?)`, or nothing.
  static func neighbour(of path: String) -> String {
    let file = URL(filePath: path)
    let names = try? FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
    let near = nearest(to: file.lastPathComponent, among: names?.sorted() ?? [])
    return near.map { " (did you mean \(quoted($0))?)" } ?? ""
  }
}
