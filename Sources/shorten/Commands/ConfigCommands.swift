import ArgumentParser
import ExpertIteration

/// `shorten init`: a configuration to start from.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Print a small configuration to start from.",
    discussion: "shorten init maze > maze.json")

  @Argument(help: "The family of problems: \(DomainConfiguration.kinds.joined(separator: ", ")).")
  var domain = "maze"

  func run() throws {
    guard let text = RunConfiguration.starter(kind: domain) else {
      let known = DomainConfiguration.kinds.joined(separator: ", ")
      throw ValidationError("\(domain) is unknown; known: \(known)")
    }
    try Output.line(text)
  }
}

/// `shorten config`: checks and describes configurations.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check a configuration, or describe what one may hold.",
    subcommands: [Check.self, Schema.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check configurations; every mistake is printed with its line and column.")

    @Argument(help: "The configuration files.") var files: [String]
    @Flag(help: "Print the resolved configuration, every default written out.") var resolved = false

    func run() throws {
      var failures: [Failure] = []
      for file in files {
        do {
          let configuration = try RunConfiguration(contentsOf: file)
          try Output.line(resolved ? configuration.resolvedJSON() : "\(file): ok")
        } catch let error as ConfigurationErrors {
          failures.append(Failure(error))
        }
      }
      for failure in failures { Output.note(failure.message) }
      if let first = failures.first { throw ExitCode(first.status) }
    }
  }

  struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the JSON Schema of configurations, with meaning, unit, range and default of every key."
    )

    func run() throws {
      try Output.line(RunConfiguration.schema)
    }
  }
}
