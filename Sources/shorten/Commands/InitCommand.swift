import ArgumentParser
import Configuration
import ExpertIteration
import Reading

/// `shorten init`: prints a configuration to start from.
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
