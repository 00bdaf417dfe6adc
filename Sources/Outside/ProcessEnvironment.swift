import Foundation

/// The environment variables that a process is started with, and the folders in which its program is looked
/// up.
public struct ProcessEnvironment: Sendable, Equatable {
  public var variables: [String: String]

  public init(_ variables: [String: String]) {
    self.variables = variables
  }

  /// The environment of this process: the one place where a library reads it. It is the default wherever a
  /// program is started or looked up; whoever wants another one passes it.
  public static var current: ProcessEnvironment { ProcessEnvironment(ProcessInfo.processInfo.environment) }

  /// Whether a program without a slash in its name is found on the PATH.
  public func finds(_ program: String) -> Bool {
    let folders = variables["PATH"] ?? "/usr/bin:/bin"
    return folders.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  /// `NAME=value`, in the order of the names.
  var lines: [String] {
    variables.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { "\($0.key)=\($0.value)" }
  }
}
