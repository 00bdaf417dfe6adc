import Testing

/// The whole help of the commands that need no run.
@Suite struct OtherHelpTests {
  @Test(arguments: texts) func helpIsWhole(command: String, text: String) throws {
    try expectHelp(command, text)
  }

  static let texts: [(String, String)] = [
    (
      "reference",
      """
      OVERVIEW: Run A* on prompts from standard input.

      A prompt is a line of words: start 0 2 goal 1 0 wall 1 2 wall 2 0. Each gives a
      line of JSON: prompt, trace, answer (words separated by spaces), closedStates.
      An unsolvable task has "answer": null and the trace until no cell was open; a
      prompt that cannot be read has "error", and the command ends with status 65
      after the last line.

      USAGE: shorten reference [--domain <name>] [--width <cells>] [--height <cells>] [--grammar <name>] [--config <file>] [--order <name>] [--seed <n>]

      OPTIONS:
        --domain <name>         The family of problems: maze, sokoban.
        --width <cells>         Columns.
        --height <cells>        Rows.
        --grammar <name>        How traces are written: searchformer, cell. (default:
                                searchformer)
        --config <file>         A configuration that has the domain, in place of the
                                four above.
        --order <name>          Which of equally promising nodes is first: coin,
                                deterministic, randomKey, fifo, lifo, smallerH.
                                (default: coin, or the configuration's)
        --seed <n>              Decides the coin; each line has its own draws.
                                (default: 1)
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "verify",
      """
      OVERVIEW: Judge responses from standard input.

      A line is {"prompt": "start 0 2 ...", "response": "create 0 2 c0 c3 ... plan 0
      2 ..."}, words separated by spaces; "terminated": false marks a response that
      was cut. Instead of "response" a line may have "trace" and "answer", as
      `shorten reference` and `shorten export` print them. Each gives a line of JSON:
      correct, optimal, sound, legal, traceLength, fault (of the answer, or else of
      the trace). A line that cannot be read gets one too, whose fault says why, and
      the command ends with status 65 after the last line.

      USAGE: shorten verify [--domain <name>] [--width <cells>] [--height <cells>] [--grammar <name>] [--config <file>]

      OPTIONS:
        --domain <name>         The family of problems: maze, sokoban.
        --width <cells>         Columns.
        --height <cells>        Rows.
        --grammar <name>        How traces are written: searchformer, cell. (default:
                                searchformer)
        --config <file>         A configuration that has the domain, in place of the
                                four above.
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "init",
      """
      OVERVIEW: Print a small configuration to start from.

      shorten init maze > maze.json

      USAGE: shorten init [<domain>]

      ARGUMENTS:
        <domain>                The family of problems: maze, sokoban,
                                modularAddition, permutationComposition,
                                iteratedSquaring, circuitValue, lastLetter, external,
                                text. (default: maze)

      OPTIONS:
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "config",
      """
      OVERVIEW: Check a configuration, or describe what one may hold.

      USAGE: shorten config <subcommand>

      OPTIONS:
        --version               Show the version.
        -h, --help              Show help information.

      SUBCOMMANDS:
        check                   Check configurations; every mistake is printed with
                                its line and column.
        schema                  Print the JSON Schema of configurations, with
                                meaning, unit, range and default of every key.

        See 'shorten help config <subcommand>' for detailed help.

      """
    ),
    (
      "config check",
      """
      OVERVIEW: Check configurations; every mistake is printed with its line and
      column.

      USAGE: shorten config check <files> ... [--resolved]

      ARGUMENTS:
        <files>                 The configuration files.

      OPTIONS:
        --resolved              Print the resolved configuration, every default
                                written out.
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "config schema",
      """
      OVERVIEW: Print the JSON Schema of configurations, with meaning, unit, range
      and default of every key.

      USAGE: shorten config schema

      OPTIONS:
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
  ]
}

func expectHelp(_ command: String, _ text: String) throws {
  let arguments = command.split(separator: " ").map(String.init) + ["--help"]
  #expect(try Shell.run(arguments) == Outcome(output: text, errors: "", status: 0))
}
