import Foundation
import JSON
import Words

/// Lookups of files that a configuration or a command names.
public enum NamedFile {
  public enum Kind: Sendable { case absent, file, folder }

  public static func kind(of path: String) -> Kind {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return .absent }
    return isFolder.boolValue ? .folder : .file
  }

  /// The path, absolute and without dots. A relative one starts from `folder`.
  public static func path(_ path: String, in folder: String) -> String {
    let base = URL(filePath: folder, directoryHint: .isDirectory)
    let plain = URL(filePath: path, relativeTo: base).standardizedFileURL.path
    return plain.count > 1 && plain.hasSuffix("/") ? String(plain.dropLast()) : plain
  }

  /// A hint at a file with a similar name in the same folder, ` (did you mean "check.py"?)`; empty if there
  /// is none.
  public static func hint(for path: String) -> String {
    let file = URL(filePath: path)
    let names = try? FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
    let near = file.lastPathComponent.nearest(among: names?.sorted() ?? [])
    return near.map { " (did you mean \($0.jsonQuoted)?)" } ?? ""
  }
}
