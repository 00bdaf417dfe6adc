import Foundation
import JSON

extension RunConfiguration {
  /// Reads a configuration file. `overrides` replace what it says, in their order. Throws
  /// `ConfigurationErrors` with every mistake at once.
  public init(
    contentsOf path: String, setting overrides: [ConfigurationOverride] = [], loading: LoadedFiles
  ) throws {
    try self.init(parsing: Self.bytes(of: path), file: path, setting: overrides, loading: loading)
  }

  /// Reads the text of a configuration file. `file` is the name in its errors; by default everything that it
  /// names is read, apart from weights, which are refused.
  public init(
    parsing text: String, file: String, loading: LoadedFiles = .all(weights: NoStartingWeights())
  ) throws {
    try self.init(parsing: Array(text.utf8), file: file, loading: loading)
  }

  /// Reads the bytes of a configuration file, of which all but UTF-8 without a byte-order mark is refused.
  public init(
    parsing bytes: [UInt8], file: String, setting overrides: [ConfigurationOverride] = [],
    loading: LoadedFiles
  ) throws {
    var reader: ConfigurationReader
    let directory = URL(filePath: file).deletingLastPathComponent().path
    do {
      reader = ConfigurationReader(
        try JSONDocument(bytes: bytes), setting: overrides, in: directory, loading: loading)
    } catch {
      throw ConfigurationErrors(file: file, mistakes: [ConfigurationMistake(error)])
    }
    guard let configuration = reader.configuration(), reader.mistakes.isEmpty else {
      throw ConfigurationErrors(file: file, mistakes: reader.mistakes)
    }
    self = configuration
  }

  /// No configuration is longer; a longer file was named by mistake.
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
