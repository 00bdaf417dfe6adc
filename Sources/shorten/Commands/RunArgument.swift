import ArgumentParser

/// The argument of commands that read a run.
struct RunArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The run directory.", valueName: "dir")) var directory: String
}
