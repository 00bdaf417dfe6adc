import Foundation
import JSON

extension OutsideSettings {
  /// Why the verifier cannot be started, as far as that is seen without starting it; nil if nothing is wrong.
  public func verifierProblem(in environment: ProcessEnvironment = .current) -> String? {
    guard let program = verifier.first, !program.isEmpty else { return nil }
    guard program.contains("/") else {
      return environment.finds(program) ? nil : Self.unknown(program, in: folder)
    }
    let path = NamedFile.path(program, in: folder)
    switch NamedFile.kind(of: path) {
    case .absent: return "\(path) does not exist" + NamedFile.hint(for: path) + Self.hint(program)
    case .folder: return "\(path) is a folder; name a program"
    case .file where access(path, X_OK) != 0:
      return "\(path) is not executable; `chmod +x` it, or name its interpreter before it: [\"python3\", "
        + "\(program.jsonQuoted)]"
    case .file: return nil
    }
  }

  private static func unknown(_ program: String, in folder: String) -> String {
    let isInFolder = NamedFile.kind(of: NamedFile.path(program, in: folder)) == .file
    let fix = isInFolder ? "; the one in \(folder) is \("./\(program)".jsonQuoted)" : hint(program)
    return "\(program.jsonQuoted) is not on the PATH\(fix)"
  }

  private static func hint(_ program: String) -> String {
    program.contains(" ") ? "; give a program and its arguments as entries of their own" : ""
  }
}
