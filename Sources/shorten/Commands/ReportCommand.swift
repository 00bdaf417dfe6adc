import ArgumentParser
import Configuration
import ExpertIteration
import Foundation
import Learners
import Reading

/// `shorten report`: writes a run as one page.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write a run as one page that opens without a network.",
    discussion: """
      The result with its base and what went wrong, tables, drawings, the search replayed on chosen tasks, \
      and how to reproduce it all; it prints. More directories are put beside the first, as `shorten \
      compare` does. A run writes this page too when it ends, as report.html in its directory.
      """)

  @Argument(help: ArgumentHelp("The run directories; the page is about the first.", valueName: "dir"))
  var directories: [String]
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to write it. (default: report.html in the first directory)", valueName: "file"))
  var output: String?
  @Option(help: ArgumentHelp("Worker threads. (default: all processors)", valueName: "n")) var threads: Int?

  func validate() throws {
    guard !directories.isEmpty else { throw ValidationError("report needs a run directory") }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads); allowed: 1 to 1024")
    }
  }

  func run() throws {
    let interruption = Interruption()
    interruption.listen {}
    let page = try ReportFile.page(
      about: directories.map { try RunReader($0, threads: threads) }, withDigest: true,
      threads: threads ?? Learners.availableThreads, shouldStop: { interruption.isRequested })
    let path = output ?? ReportFile.path(in: directories[0])
    try ReportFile.write(page.html, to: path)
    try Output.line(path)
  }
}
