import ArgumentParser
import Configuration
import ExpertIteration
import Reading
import Report
import Text

/// `shorten plot`: writes a drawing of the report as a file of its own.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Write one of the report's drawings as SVG.",
    discussion: """
      The drawing is light or dark as its viewer is. --list prints the names of the drawings that the run \
      has data for.
      """)

  @OptionGroup var place: RunArgument
  @Option(help: ArgumentHelp("Which drawing.", valueName: "name")) var figure: String?
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to write it. (default: standard output)", valueName: "file"))
  var output: String?
  @Option(help: ArgumentHelp("In pixels; under 560 the names of the lines stand below.", valueName: "pixels"))
  var width = 880
  @Flag(help: "Print the names of the drawings with their titles.") var list = false

  func validate() throws {
    guard list != (figure != nil) else { throw ValidationError("plot needs either --figure or --list") }
    guard (240...4000).contains(width) else {
      throw ValidationError("--width is \(width); allowed: 240 to 4000")
    }
  }

  func run() throws {
    let reader = try place.reader()
    let drawings = try reader.facts(withDigest: false, now: Clock.utc).drawings(in: reader.unit)
    guard let figure else {
      let columns: [TextTable.Column] = [.init("", .left, minimumWidth: 19), .init("", .left)]
      let table = TextTable(columns: columns, rows: drawings.map { [$0.name, $0.title] })
      for line in table.lines { try Output.line(line) }
      return
    }
    let text = try drawings.named(figure).draw(Double(width)).standalone
    guard let output else { return try Output.text(text) }
    try ReportFile.write(text, to: output)
    try Output.line(output)
  }
}

extension [NamedDrawing] {
  /// The drawing of a name. Throws a `ReadingError` that lists the names.
  func named(_ name: String) throws -> NamedDrawing {
    guard let drawing = first(where: { $0.name == name }) else {
      throw ReadingError.unknownName(option: "--figure", name: name, known: map(\.name))
    }
    return drawing
  }
}
