import ArgumentParser
import Configuration
import ExpertIteration
import Learners
import Reading
import Text

/// `shorten solve`: prints the newest accepted model's answer to a prompt.
struct SolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve", abstract: "Ask a run's newest accepted model, and judge its answer.",
    discussion: "Ends with status 1 when nothing correct was found.")

  @OptionGroup var place: RunArgument
  @Option(
    help: ArgumentHelp(
      "The task in the run's words: \"start 0 2 goal 1 0 wall 1 2 ...\".", valueName: "words"))
  var prompt: String
  @Option(help: ArgumentHelp("Answers to draw; the best is shown.", valueName: "k")) var samples = 1
  @Option(
    help: ArgumentHelp(
      "Temperature; 0 takes the likeliest word each time. (default: 0 for one sample, else 1)", valueName: "t"
    ))
  var temperature: Double?
  @Option(help: ArgumentHelp("Worker threads. (default: all processors)", valueName: "n")) var threads: Int?
  @Flag(help: "Print a line of JSON.") var json = false

  func validate() throws {
    guard (1...4096).contains(samples) else {
      throw ValidationError("--samples is \(samples); allowed: 1 to 4096")
    }
    if let temperature, !(0...10).contains(temperature) {
      throw ValidationError("--temperature is \(temperature); allowed: 0 to 10")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads); allowed: 1 to 1024")
    }
  }

  func run() throws {
    let interruption = Interruption()
    interruption.listen {}
    let reader = try place.reader(threads: threads)
    try reader.experiment().learner.requireSupported()
    let solved = try reader.solve(
      SolvingRequest(
        prompt: prompt, samples: samples, temperature: temperature ?? (samples == 1 ? 0 : 1),
        threads: threads ?? Learners.availableThreads),
      shouldStop: { interruption.isRequested })
    if json {
      try Output.line(solved.json)
    } else {
      try Output.line("\(solved.drawing)\n")
      for line in Self.lines(solved) { try Output.line(line) }
    }
    if solved.best == nil { throw ExitStatus.failed.error }
  }

  static func lines(_ solved: SolvedPrompt) -> [String] {
    var lines = ["model   round \(solved.round), \(solved.checkpoint)"]
    let correct = solved.attempts.count { $0.verdict.isCorrect }
    if solved.attempts.count > 1 {
      lines.append("found   \(correct) of \(solved.attempts.count) answers are correct")
    }
    if let shown = solved.best ?? solved.attempts.first {
      let label = solved.terms.answer.padded(to: 7, .left)
      lines += ["trace   \(shown.trace)", "\(label) \(shown.answer)"]
      lines.append(
        "judged  \(shown.verdict.traceLength) trace \(solved.unit.name), "
          + "\(shown.verdict.summary(in: solved.terms))"
      )
    }
    if !solved.isSolvable {
      lines.append("The task has no solution.")
    } else if solved.best == nil {
      let hint = solved.attempts.count > 1 ? "." : "; --samples 32 draws more answers."
      lines.append("Nothing correct was found" + hint)
    }
    return lines
  }
}
