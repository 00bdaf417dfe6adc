import Testing

/// The whole help of the commands, 80 columns wide as where there is no terminal: those about runs here, the
/// others in `OtherHelpTests`.
@Suite struct HelpTests {
  @Test(arguments: texts) func helpIsWhole(command: String, text: String) throws {
    try expectHelp(command, text)
  }

  static let texts: [(String, String)] = [
    (
      "",
      """
      OVERVIEW: Trains small transformers on written reasoning and makes it shorter,
      round by round.

      The first steps:
        shorten init maze > maze.json        a small configuration
        shorten run --config maze.json       trains; the same command continues
        shorten rounds runs/maze             what came of it
        shorten report runs/maze             the same as a page, with drawings

      Exit statuses: 0 done, 1 failed, 2 usage or configuration, 65 bad data, 74
      input or output failed, 75 locked by another process, 130 stopped by a signal.

      USAGE: shorten <subcommand>

      OPTIONS:
        --version               Show the version.
        -h, --help              Show help information.

      SUBCOMMANDS:
        run                     Start a run, or continue it where it was left.
        rounds                  Print a table of a run's rounds.
        budget                  Put accuracy against the tokens spent on a task.
        report                  Write a run as one page that opens without a network.
        plot                    Write one of the report's drawings as SVG.
        watch                   Serve a run's report on 127.0.0.1 while it goes on.
        compare                 Put runs side by side, task by task.
        depths                  Put chain length against depth, over runs of several
                                depths.
        eval                    Sample a round's weights on an evaluation set, and
                                print every measure.
        status                  Tell whether a run is running, stale, stopped or
                                finished, and how to continue.
        show                    Show an exercise: the task, the reference's trace and
                                the kept one, replayed.
        solve                   Ask a run's newest accepted model, and judge its
                                answer.
        reference               Run A* on prompts from standard input.
        verify                  Judge responses from standard input.
        export                  Print a round's traces as lines of JSON, or write its
                                weights.
        import                  Turn traces of others into tasks of an external
                                domain.
        digest                  Print a SHA-256 of all that a run computed.
        init                    Print a small configuration to start from.
        config                  Check a configuration, or describe what one may hold.

        See 'shorten help <subcommand>' for detailed help.

      """
    ),
    (
      "run",
      """
      OVERVIEW: Start a run, or continue it where it was left.

      The run directory holds everything: the database shorten.db, the checkpoints
      and the resolved configuration. ctrl-C commits what is done; the same command
      continues. A changed configuration is refused on an existing run; only the
      number of rounds may be raised.

      USAGE: shorten run --config <file> [--run-directory <dir>] [--rounds <n>] [--set \
      <key=value> ...] [--seed <n>] [--threads <n>] [--resume <policy>] [--dry-run] [--json] [--quiet]

      OPTIONS:
        --config <file>         The configuration file.
        --run-directory <dir>   Where the run lives. (default: runs/ and the
                                configuration's name)
        --rounds <n>            Rounds after round 0, in place of the
                                configuration's; a run's can only be raised.
        --set <key=value>       A key's value in place of the configuration's, such
                                as model.layers=3; any number of them.
        --seed <n>              Seed, in place of the configuration's.
        --threads <n>           Worker threads; changes no result. (default: all
                                processors)
        --resume <policy>       What to do with an existing run: allow, must or never
                                continue it. (values: allow, must, never; default:
                                allow)
        --dry-run               Check everything, print the resolved configuration
                                and what the run needs, and stop.
        --json                  Print events as lines of JSON on standard output.
        --quiet                 Print errors, and on ctrl-C how to continue, only.
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "compare",
      """
      OVERVIEW: Put runs side by side, task by task.

      Every run is held against the first one on the test tasks both have: runs of
      one seed and one domain have all in common. optimal %: of their responses,
      correct and optimal. points: above the first run. tokens: mean trace length on
      the tasks optimal in both; shorter %: than the first run's on these. In
      brackets 95 % bootstrap intervals over tasks.

      USAGE: shorten compare <dir> ... [--round <n>] [--json]

      ARGUMENTS:
        <dir>                   The run directories, first the one to compare with.

      OPTIONS:
        --round <n>             Compare this round. (default: each run's newest
                                accepted)
        --json                  Print a line of JSON per run.
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "depths",
      """
      OVERVIEW: Put chain length against depth, over runs of several depths.

      Runs of one domain that differ in model.layers, method, domain.stride or seed
      become one row a depth. `make depth-study` makes such runs.

      base %, hint %, chain %: pass@1 of models that answer at once, that learnt the
      chain as labels of the prompt, that write it (round 0). round 0: its mean
      chain, in tokens, which skips as its references do; tokens: that of the
      shortest round whose pass@1 (at %) is at most 0.5 points below round 0's, which
      is round 0 itself where no other is; of chain %: of the whole chain of the same
      tasks, with its 95 % interval over tasks; sound %: of its correct responses.
      taught %: pass@1 of models taught each second step only, each fourth, and so on.

      USAGE: shorten depths <dir> ... [--output <file>] [--figure <name>] [--json]

      ARGUMENTS:
        <dir>                   The run directories.

      OPTIONS:
        -o, --output <file>     Also write the study as a page, with its drawings.
        --figure <name>         Write one of the page's drawings as SVG instead:
                                lengths, course-1, accuracy-1, ...
        --json                  Print a line of JSON per problem and depth.
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "rounds",
      """
      OVERVIEW: Print a table of a run's rounds.

      optimal %: of all test responses, correct and optimal (pass@1). tokens: mean
      trace length on the tasks optimal in round 0 and in the round. shorter %: its
      change since round 0 with its 95 % interval. sound %, legal %: of the correct
      responses. cut %: of all, stopped at the maximum length. improved: training
      exercises with a shorter trace. kept: kept traces trained on. A* tokens, or
      those of another domain's reference: its mean on the tasks the round solved
      optimally. Under it the reference lines: what the reference takes on the test
      tasks, in tokens and over the first line; then the newest accepted round
      against each on the tasks it solved optimally, and on how many of these its
      mean trace is shorter than the line. Then, where the configuration declares
      other evaluation sets, each in the newest accepted round beside round 0.

      USAGE: shorten rounds <dir> [--json]

      ARGUMENTS:
        <dir>                   The run directory.

      OPTIONS:
        --json                  Print a line of JSON per round.
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "eval",
      """
      OVERVIEW: Sample a round's weights on an evaluation set, and print every
      measure.

      The set is test, or one that the run's configuration declares, or one of
      another configuration of the same words (--config). Nothing is written: a
      running run is not disturbed. The first samples are those of the run's own
      evaluation, so more of them sharpen its figures; 64 is the paper's number.

      USAGE: shorten eval <dir> [--set <name>] [--round <n>] [--samples <k>] [--config <file>] \
      [--threads <n>] [--json] [--quiet]

      ARGUMENTS:
        <dir>                   The run directory.

      OPTIONS:
        --set <name>            The set. (default: test)
        --round <n>             The round. (default: the newest accepted)
        --samples <k>           Responses per exercise. (default: as in the run)
        --config <file>         The configuration that declares the set. (default:
                                the run's own)
        --threads <n>           Worker threads; changes no result. (default: all
                                processors)
        --json                  Print a line of JSON.
        --quiet                 Show no progress.
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "report",
      """
      OVERVIEW: Write a run as one page that opens without a network.

      The result with its base and what went wrong, tables, drawings, the search
      replayed on chosen tasks, and how to reproduce it all; it prints. More
      directories are put beside the first, as `shorten compare` does. A run writes
      this page too when it ends, as report.html in its directory.

      USAGE: shorten report <dir> ... [--output <file>] [--threads <n>]

      ARGUMENTS:
        <dir>                   The run directories; the page is about the first.

      OPTIONS:
        -o, --output <file>     Where to write it. (default: report.html in the first
                                directory)
        --threads <n>           Worker threads. (default: all processors)
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "plot",
      """
      OVERVIEW: Write one of the report's drawings as SVG.

      The drawing is light or dark as its viewer is. --list prints the names of the
      drawings that the run has data for.

      USAGE: shorten plot <dir> [--figure <name>] [--output <file>] [--width <pixels>] [--list]

      ARGUMENTS:
        <dir>                   The run directory.

      OPTIONS:
        --figure <name>         Which drawing.
        -o, --output <file>     Where to write it. (default: standard output)
        --width <pixels>        In pixels; under 560 the names of the lines stand
                                below. (default: 880)
        --list                  Print the names of the drawings with their titles.
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "watch",
      """
      OVERVIEW: Serve a run's report on 127.0.0.1 while it goes on.

      Prints the address; the page loads itself again when the run has gone on. Only
      this machine is answered, nothing but the page is served, and the run is read
      without disturbing it. ctrl-C ends it.

      USAGE: shorten watch <dir> [--port <n>]

      ARGUMENTS:
        <dir>                   The run directory.

      OPTIONS:
        --port <n>              The port; 0 takes a free one. (default: 0)
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "status",
      """
      OVERVIEW: Tell whether a run is running, stale, stopped or finished, and how to
      continue.

      USAGE: shorten status <dir> [--json]

      ARGUMENTS:
        <dir>                   The run directory.

      OPTIONS:
        --json                  Print a line of JSON.
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "show",
      """
      OVERVIEW: Show an exercise: the task, the reference's trace and the kept one,
      replayed.

      On a terminal the traces are replayed step by step; elsewhere their last
      pictures are printed.

      USAGE: shorten show <dir> <exercise> [--round <n>] [--delay <ms>] [--json]

      ARGUMENTS:
        <dir>                   The run directory.
        <exercise>              The exercise's number.

      OPTIONS:
        --round <n>             Show the trace that stood after this round. (default:
                                the newest)
        --delay <ms>            Milliseconds per step of the replay. (default: 80)
        --json                  Print a line of JSON.
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "solve",
      """
      OVERVIEW: Ask a run's newest accepted model, and judge its answer.

      Ends with status 1 when nothing correct was found.

      USAGE: shorten solve <dir> --prompt <words> [--samples <k>] [--temperature <t>] [--threads <n>] \
      [--json]

      ARGUMENTS:
        <dir>                   The run directory.

      OPTIONS:
        --prompt <words>        The task in the run's words: "start 0 2 goal 1 0 wall
                                1 2 ...".
        --samples <k>           Answers to draw; the best is shown. (default: 1)
        --temperature <t>       Temperature; 0 takes the likeliest word each time.
                                (default: 0 for one sample, else 1)
        --threads <n>           Worker threads. (default: all processors)
        --json                  Print a line of JSON.
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "export",
      """
      OVERVIEW: Print a round's traces as lines of JSON, or write its weights.

      Round 0 has the reference's own traces, of both splits, a later round those it
      kept. Keys: exercise, split, prompt, trace, answer (also as plan), tokens (of
      the trace), sound, legal, round. `shorten verify` reads these lines. --weights
      writes a safetensors file that examples/load_weights.py reads, --logits what
      such a reader must compute.

      USAGE: shorten export <dir> --round <n> [--weights <file>] [--logits <n>]

      ARGUMENTS:
        <dir>                   The run directory.

      OPTIONS:
        --round <n>             The round.
        --weights <file>        Write the round's weights here, and print nothing.
        --logits <n>            Print tokens and logits of the first n responses in
                                place of all as words.
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "import",
      """
      OVERVIEW: Turn traces of others into tasks of an external domain.

      A record is a line of JSON: Searchformer's with prompt, reasoning and plan, or
      any with prompt, trace and answer, each a list of words or a text; split and
      cost are kept. A prompt that was there already is left out. With --domain,
      records of mazes or Sokoban levels are judged, and those that are not optimal
      and sound are left out. What was left out is said on standard error; a line
      that cannot be read makes the command end with status 65 after the last.

      USAGE: shorten import <file> [--output <file>] [--answer-word <word>] [--domain <name>] [--width \
      <cells>] [--height <cells>]

      ARGUMENTS:
        <file>                  The records; - for standard input.

      OPTIONS:
        -o, --output <file>     Where to write the tasks. (default: standard output)
        --answer-word <word>    The word that answers begin with, put before those
                                that lack it. (default: plan or answer, as the first
                                record's key)
        --domain <name>         Judge the records as this family: maze, sokoban.
        --width <cells>         Columns.
        --height <cells>        Rows.
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
    (
      "digest",
      """
      OVERVIEW: Print a SHA-256 of all that a run computed.

      It covers exercises, reference lines, kept traces, samplings, responses,
      evaluations, metrics, intervals and weights, not times and processes. If the
      run's learner promises it, as the built-in network does, equal configurations
      and seeds give equal digests, however often a run was interrupted and whatever
      the number of threads.

      USAGE: shorten digest <dir>

      ARGUMENTS:
        <dir>                   The run directory.

      OPTIONS:
        --version               Show the version.
        -h, --help              Show help information.


      """
    ),
  ]
}
