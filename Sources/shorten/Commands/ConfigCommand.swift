import ArgumentParser
import Configuration
import ExpertIteration
import Learners
import Reading

/// `shorten config`: checks configurations, and describes them by a schema.
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
          let configuration = try RunConfiguration(
            contentsOf: file, loading: .all(weights: BuiltInWeights()))
          try Output.line(resolved ? configuration.resolvedJSON() : "\(file): ok")
        } catch let error as ConfigurationErrors {
          failures.append(Failure(error))
        }
      }
      for failure in failures { Output.note(failure.message) }
      if let first = failures.first { throw first.status.error }
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
