import ArgumentParser
import Configuration
import ExpertIteration
import Reading
import Report
import Text

/// `shorten depths`: prints how short reasoning gets at each depth, over many runs.
struct DepthsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "depths", abstract: "Put chain length against depth, over runs of several depths.",
    discussion: """
      Runs of one domain that differ in model.layers, method, domain.stride or seed become one row a depth. \
      `make depth-study` makes such runs.

      \(DepthTable.legend)
      """)

  @Argument(help: ArgumentHelp("The run directories.", valueName: "dir")) var directories: [String]
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Also write the study as a page, with its drawings.", valueName: "file"))
  var output: String?
  @Option(
    help: ArgumentHelp(
      "Write one of the page's drawings as SVG instead: lengths, course-1, accuracy-1, ...",
      valueName: "name"))
  var figure: String?
  @Flag(help: "Print a line of JSON per problem and depth.") var json = false

  func run() throws {
    let readers = try directories.map { try RunReader($0) }
    let (study, unit) = (try DepthStudy(of: readers), readers.first?.unit ?? LengthUnit())
    let page = DepthPage(study: study, unit: unit)
    if let figure { return try write(figure, of: page.drawings) }
    if json {
      for cell in study.cells { try Output.line(cell.json) }
    } else {
      for line in DepthTable.lines(study.cells, unit: unit) { try Output.line(line) }
      try Output.line("")
      for line in DepthTable.references(study.lines) { try Output.line(line) }
    }
    if let output { try ReportFile.write(page.html, to: output) }
  }

  private func write(_ name: String, of drawings: [NamedDrawing]) throws {
    let text = try drawings.named(name).draw(880).standalone
    guard let output else { return try Output.text(text) }
    try ReportFile.write(text, to: output)
  }
}
