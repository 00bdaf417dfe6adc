import ArgumentParser
import Configuration
import ExpertIteration
import Learners
import Reading

/// The argument of commands that read a run.
struct RunArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The run directory.", valueName: "dir")) var directory: String

  /// The run, for reading. `threads`: for what the command computes; nil: all processors.
  func reader(threads: Int? = nil) throws -> RunReader { try RunReader(directory, threads: threads) }
}

extension RunReader {
  /// The run in a directory, with the learner that its configuration names.
  init(_ directory: String, threads: Int? = nil, opened: Experiment? = nil) throws {
    try self.init(
      directory, learner: Learners.maker(threads: threads ?? Learners.availableThreads), opened: opened)
  }
}
