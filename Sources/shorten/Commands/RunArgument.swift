import ArgumentParser

/// The run that a reading command is about.
struct RunArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The run directory.", valueName: "dir")) var directory: String
}
