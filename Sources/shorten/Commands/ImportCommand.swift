import ArgumentParser
import Configuration
import ExpertIteration
import Foundation
import Reading

/// `shorten import`: turns records of other projects into tasks of an external domain.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Turn traces of others into tasks of an external domain.",
    discussion: """
      A record is a line of JSON: Searchformer's with prompt, reasoning and plan, or any with prompt, trace \
      and answer, each a list of words or a text; split and cost are kept. A prompt that was there already \
      is left out. With --domain, records of mazes or Sokoban levels are judged, and those that are not \
      optimal and sound are left out. What was left out is said on standard error; a line that cannot be \
      read makes the command end with status 65 after the last.
      """)

  @Argument(help: ArgumentHelp("The records; - for standard input.", valueName: "file")) var file: String
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to write the tasks. (default: standard output)", valueName: "file"))
  var output: String?
  @Option(
    help: ArgumentHelp(
      "The word that answers begin with, put before those that lack it. (default: plan or answer, as the "
        + "first record's key)", valueName: "word"))
  var answerWord: String?
  @Option(
    help: ArgumentHelp(
      "Judge the records as this family: \(DomainConfiguration.boards.joined(separator: ", ")).",
      valueName: "name"))
  var domain: String?
  @Option(help: ArgumentHelp("Columns.", valueName: "cells")) var width: Int?
  @Option(help: ArgumentHelp("Rows.", valueName: "cells")) var height: Int?

  func validate() throws {
    guard domain == nil || (width != nil && height != nil) else {
      throw ValidationError("--domain needs --width and --height")
    }
  }

  func run() throws {
    var tasks = try TaskImport(answerWord: answerWord, domain: try selected)
    var text = ""
    var number = 0
    for line in try lines() {
      number += 1
      guard line.contains(where: { !$0.isWhitespace }), let task = tasks.line(line, number: number) else {
        continue
      }
      if output == nil { try Output.line(task) } else { text += task + "\n" }
    }
    if let output { try ReportFile.write(text, to: output) }
    Output.note(
      "\(tasks.imported) tasks" + (output.map { " in \($0)" } ?? "")
        + (tasks.answerWord.map { "; domain.answerWord: \($0)" } ?? ""))
    for skipped in tasks.skipped {
      let detail = skipped.detail.map { ": \($0)" } ?? ""
      Output.note("left out \(skipped.count), \(skipped.reason); first line \(skipped.firstLine)\(detail)")
    }
    let isRead = !tasks.skipped.contains { $0.reason == TaskImport.unreadable }
    if !isRead || tasks.imported == 0 { throw ExitStatus.badData.error }
  }

  private var selected: DomainConfiguration? {
    get throws {
      guard let domain, let width, let height else { return nil }
      return try DomainConfiguration(kind: domain, width: width, height: height, grammar: nil)
    }
  }

  private func lines() throws -> AnySequence<String> {
    if file == "-" { return AnySequence { AnyIterator { readLine() } } }
    let text: Data
    do {
      text = try Data(contentsOf: URL(filePath: file))
    } catch {
      throw FileFailure(path: file, detail: error.localizedDescription, isRead: true)
    }
    return AnySequence(
      text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).lazy.map {
        String(decoding: $0, as: UTF8.self)
      })
  }
}
