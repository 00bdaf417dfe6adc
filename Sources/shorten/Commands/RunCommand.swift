import ArgumentParser
import Configuration
import ExpertIteration
import Foundation
import Learners
import Learning
import Reading
import Synchronization
import Text

/// `shorten run`: starts or continues a run.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Start a run, or continue it where it was left.",
    discussion: """
      The run directory holds everything: the database shorten.db, the checkpoints and the resolved \
      configuration. ctrl-C commits what is done; the same command continues. A changed configuration is \
      refused on an existing run; only the number of rounds may be raised.
      """)

  @Option(help: ArgumentHelp("The configuration file.", valueName: "file")) var config: String
  @Option(
    help: ArgumentHelp(
      "Where the run lives. (default: runs/ and the configuration's name)", valueName: "dir"))
  var runDirectory: String?
  @Option(
    help: ArgumentHelp(
      "Rounds after round 0, in place of the configuration's; a run's can only be raised.", valueName: "n"))
  var rounds: Int?
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "A key's value in place of the configuration's, such as model.layers=3; any number of them.",
      valueName: "key=value"))
  var settings: [ConfigurationOverride] = []
  @Option(help: ArgumentHelp("Seed, in place of the configuration's.", valueName: "n")) var seed: UInt64?
  @Option(help: ArgumentHelp("Worker threads; changes no result. (default: all processors)", valueName: "n"))
  var threads: Int?
  @Option(
    help: ArgumentHelp(
      "What to do with an existing run: allow, must or never continue it.", valueName: "policy"))
  var resume: Run.ResumePolicy = .allow
  @Flag(help: "Check everything, print the resolved configuration and what the run needs, and stop.")
  var dryRun = false
  @Flag(help: "Print events as lines of JSON on standard output.") var json = false
  @Flag(help: "Print errors, and on ctrl-C how to continue, only.") var quiet = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads); allowed: 1 to 1024")
    }
    if let seed, seed > 9_007_199_254_740_991 {
      throw ValidationError("--seed is \(seed); allowed: 0 to 9007199254740991")
    }
    if let rounds, !(0...1000).contains(rounds) {
      throw ValidationError("--rounds is \(rounds); allowed: 0 to 1000")
    }
  }

  func run() throws {
    try Learners.requireSupportedProcessor()
    let weights = BuiltInWeights()
    let configuration = try RunConfiguration(
      contentsOf: config, setting: overrides,
      loading: RunReader.isBegun(in: directory) ? .further(weights: weights) : .all(weights: weights))
    if dryRun { return try estimate(configuration) }
    try execute(configuration)
  }

  private var overrides: [ConfigurationOverride] {
    settings
      + [rounds.map { .init("rounds.count", $0) }, seed.map { .init("seed", Int($0)) }].compactMap { $0 }
  }

  private var threadCount: Int { threads ?? Learners.availableThreads }

  /// `runs/maze` for `configs/maze.json`.
  private var directory: String {
    runDirectory ?? "runs/" + URL(filePath: config).deletingPathExtension().lastPathComponent
  }

  private func execute(_ configuration: RunConfiguration) throws {
    let interruption = Interruption()
    let clock = Clock()
    let events = json ? EventLines(clock: { clock.seconds }) : nil
    let notices = Notices()
    let experiment = try Experiment(
      configuration, learner: Learners.maker(threads: threadCount), hear: { notices.pass($0) })
    let view = ProgressView(
      quiet: quiet, terms: experiment.domain.terms, unit: experiment.learner.identity.unit, clock: clock)
    let observe: @Sendable (RunEvent) -> Void = { event in
      events?.observe(event)
      view.observe(event)
    }
    notices.go { observe(.notice($0)) }
    interruption.listen { view.say("Stopping: what is done is being committed; ctrl-C again ends at once.") }
    let run = try Run(
      experiment, in: URL(filePath: directory, directoryHint: .isDirectory),
      options: Run.Options(threads: threadCount, resume: resume),
      surroundings: Run.Surroundings(
        clock: { clock.seconds }, wallTime: { Clock.utc }, process: .current, codeVersion: Shorten.version,
        observe: observe, shouldStop: { interruption.isRequested }))
    let reader = try RunReader(directory, threads: threadCount, opened: run.experiment)
    view.show(try reader.rounds().filter { $0.state.phase == nil })
    try close(try run.execute(), reader, view)
  }

  /// Writes the report and says what came of the run and where it is.
  private func close(_ outcome: Run.Outcome, _ reader: RunReader, _ view: ProgressView) throws {
    let report = writeReport(outcome, reader, view)
    switch outcome {
    case .finished(let reason):
      let closing = ClosingSummary(
        terms: try reader.terms(), unit: reader.unit, rounds: try reader.rounds(),
        references: try reader.references(), sets: try reader.sets(), reason: reason, directory: directory,
        report: report, program: Shorten.program)
      for line in closing.lines { view.say(line) }
    case .stopped:
      if let report { view.say("The report is in \(report).") }
      let farewell = "Stopped. To continue:\n  \(continuation)"
      if quiet { Output.note(farewell) } else { view.say(farewell) }
      throw ExitStatus.stopped.error
    }
  }

  /// Writes the page about the run and returns its path; nil if no round is accepted or the page cannot be
  /// written, which is no failure of the run.
  private func writeReport(_ outcome: Run.Outcome, _ reader: RunReader, _ view: ProgressView) -> String? {
    let path = ReportFile.path(in: directory)
    do {
      guard try reader.rounds().contains(where: { $0.state == .accepted }) else { return nil }
      let page = try ReportFile.page(about: [reader], withDigest: outcome != .stopped, threads: threadCount)
      try ReportFile.write(page.html, to: path)
      return path
    } catch {
      view.observe(.notice("the report was not written: \(error)"))
      return nil
    }
  }

  /// The command line that continues this run.
  private var continuation: String {
    var words = Array(CommandLine.arguments.dropFirst())
    if let index = words.firstIndex(of: "--resume"), index + 1 < words.count {
      words.removeSubrange(index...index + 1)
    }
    words.removeAll { $0.hasPrefix("--resume=") }
    return ([Shorten.program] + words.map(\.shellQuoted)).joined(separator: " ")
  }

  private func estimate(_ configuration: RunConfiguration) throws {
    let interruption = Interruption()
    interruption.listen {}
    let (state, experiment) = try RunReader.standing(
      of: try Experiment(configuration, learner: Learners.maker(threads: threadCount)), in: directory,
      resume: resume, now: Clock.utc)
    let clock = Clock()
    var estimate = try RunEstimate(of: experiment)
    try estimate.measure(
      experiment, seconds: 2, clock: { clock.seconds }, shouldStop: { interruption.isRequested })
    try Output.line(experiment.configuration.resolvedJSON())
    if !quiet {
      let unit = experiment.learner.identity.unit
      Output.note(estimate.text(directory: "\(directory) (\(state))", unit))
    }
  }
}

/// Passes notices on to whoever listens, once somebody does.
private final class Notices: Sendable {
  private let listener = Mutex<(@Sendable (String) -> Void)?>(nil)

  func go(_ listen: @escaping @Sendable (String) -> Void) { listener.withLock { $0 = listen } }

  func pass(_ notice: String) { listener.withLock { $0 }?(notice) }
}

extension Run.ResumePolicy: ExpressibleByArgument {}

extension ConfigurationOverride: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
