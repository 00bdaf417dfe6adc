import Foundation

/// Which of the files that a configuration names are read with it.
public enum LoadedFiles: Sendable {
  case all
  /// As all, but `base.weights` may be gone: it is for a run that stands there already.
  case further
  /// Those without which its domain is nothing.
  case tasks
  /// It is only to be compared.
  case nothing
}

extension RunConfiguration {
  /// Reads a configuration file; `overrides` take the place of what it says, in their order. Throws
  /// `ConfigurationErrors` with every mistake at once.
  public init(
    contentsOf path: String, setting overrides: [ConfigurationOverride] = [], loading: LoadedFiles = .all
  ) throws {
    try self.init(parsing: Self.bytes(of: path), file: path, setting: overrides, loading: loading)
  }

  /// Throws `ConfigurationErrors` with every mistake at once; `file` is the name they are printed with.
  public init(parsing text: String, file: String) throws {
    try self.init(parsing: Array(text.utf8), file: file)
  }

  /// As above, from the bytes of a file of any encoding; all but UTF-8 without a mark is refused. `loading`: which
  /// of the files that it names are read.
  public init(
    parsing bytes: [UInt8], file: String, setting overrides: [ConfigurationOverride] = [],
    loading: LoadedFiles = .all
  ) throws {
    var reader: ConfigurationReader
    let directory = URL(filePath: file).deletingLastPathComponent().path
    do {
      reader = ConfigurationReader(
        try JSONDocument(bytes: bytes), setting: overrides, in: directory, loading: loading)
    } catch {
      throw ConfigurationErrors(file: file, mistakes: [error])
    }
    guard let configuration = reader.configuration(), reader.mistakes.isEmpty else {
      throw ConfigurationErrors(file: file, mistakes: reader.mistakes)
    }
    self = configuration
  }

  /// No configuration is longer; what is was named by mistake.
  private static let maximumBytes = 1 << 20

  private static func bytes(of path: String) throws -> [UInt8] {
    func refuse(_ reason: String) -> ConfigurationErrors {
      ConfigurationErrors(file: path, mistakes: [.init(TextPosition(), reason)])
    }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw refuse("there is no such file; `shorten init > \(path)` writes a first one")
    }
    guard !isDirectory.boolValue else { throw refuse("this is a directory, not a file") }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw refuse("the file cannot be opened for reading")
    }
    defer { try? handle.close() }
    var bytes: [UInt8] = []
    do {
      while let part = try handle.read(upToCount: Self.maximumBytes), !part.isEmpty {
        bytes += part
        guard bytes.count <= Self.maximumBytes else { throw refuse("longer than 1 MiB: not a configuration") }
      }
    } catch let error as ConfigurationErrors {
      throw error
    } catch {
      throw refuse("the file cannot be read: \(error.localizedDescription)")
    }
    return bytes
  }
}
