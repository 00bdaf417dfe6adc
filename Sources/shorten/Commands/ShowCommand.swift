import ArgumentParser
import Configuration
import ExpertIteration
import Foundation
import Reading
import Text

/// `shorten show`: shows an exercise and replays its traces.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show an exercise: the task, the reference's trace and the kept one, replayed.",
    discussion:
      "On a terminal the traces are replayed step by step; elsewhere their last pictures are printed.")

  @OptionGroup var place: RunArgument
  @Argument(help: "The exercise's number.") var exercise: Int64
  @Option(
    help: ArgumentHelp("Show the trace that stood after this round. (default: the newest)", valueName: "n"))
  var round: Int?
  @Option(help: ArgumentHelp("Milliseconds per step of the replay.", valueName: "ms")) var delay = 80
  @Flag(help: "Print a line of JSON.") var json = false

  func validate() throws {
    guard (0...10_000).contains(delay) else {
      throw ValidationError("--delay is \(delay); allowed: 0 to 10000")
    }
  }

  func run() throws {
    let reader = try place.reader()
    let unit = reader.unit
    let view = try reader.exercise(exercise, round: round)
    if json { return try Output.line(view.json) }
    try Output.line(
      "exercise \(view.id) (\(view.split), drawn for round \(view.round))"
        + (view.optimalCost.map { ", \(view.terms.cost) \($0)" } ?? "")
    )
    for reference in view.references {
      let length = reference.tokens.fixed(decimals: 1).padded(to: 7, .right)
      try Output.line("\(length) \(unit.name)  \(reference.line.title)")
    }
    try Output.line("\n\(view.drawing)\n")
    try Output.line("prompt  \(view.prompt)")
    if let reference = view.reference { try show(reference, view.terms, unit) }
    if let kept = view.kept {
      try show(kept, view.terms, unit)
    } else {
      try Output.line("\nno shorter trace was kept")
    }
  }

  private func show(
    _ response: ExerciseView.Response, _ terms: DomainTerms, _ unit: LengthUnit
  ) throws {
    let label = terms.answer.padded(to: 7, .left)
    try Output.line(
      "\n\(response.origin): \(response.traceLength) \(unit.name), \(response.verdict.summary(in: terms))")
    try Output.line("trace   \(response.trace)\n\(label) \(response.answer)\n")
    try ReplayPlayer.play(response.frames, on: Terminal(STDOUT_FILENO), delay: Double(delay) / 1000)
  }
}
