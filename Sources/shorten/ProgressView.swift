import Configuration
import ExpertIteration
import Foundation
import Reading
import Synchronization
import Text

/// Shows a run's events to people, on stderr: a line redrawn in place on a terminal, elsewhere a line every
/// ten seconds, and a table that grows by a line per round.
final class ProgressView: Sendable {
  enum Style: Sendable {
    case terminal(Terminal)
    case plain
    /// Nothing is shown. Errors are printed elsewhere.
    case quiet
  }

  private struct State {
    var phase: PhaseLine?
    var lastDrawn = -Double.infinity
    var isLineDrawn = false
    var isHeaderPrinted = false
  }

  private let table: RoundsTable
  private let style: Style
  private let clock: @Sendable () -> Double
  private let print: @Sendable (String) -> Void
  private let state = Mutex(State())

  /// `clock` counts seconds. `print` writes text to stderr as it is.
  init(
    style: Style, terms: DomainTerms = DomainTerms(), unit: LengthUnit = LengthUnit(),
    clock: @escaping @Sendable () -> Double, print: @escaping @Sendable (String) -> Void
  ) {
    table = RoundsTable(terms: terms, unit: unit)
    self.style = style
    self.clock = clock
    self.print = print
  }

  /// Shows the events on standard error, in the style that the terminal there allows.
  convenience init(
    quiet: Bool, terms: DomainTerms = DomainTerms(), unit: LengthUnit = LengthUnit(), clock: Clock = Clock()
  ) {
    let terminal = Terminal(STDERR_FILENO)
    self.init(
      style: quiet ? .quiet : terminal.isInteractive ? .terminal(terminal) : .plain, terms: terms, unit: unit,
      clock: { clock.seconds }, print: Output.draw)
  }

  /// Takes in an event, from any thread.
  func observe(_ event: RunEvent) {
    if case .quiet = style { return }
    state.withLock { state in
      switch event {
      case .started(let directory, let resumed, let note):
        say((resumed ? "Continuing " : "Starting ") + directory, &state)
        if !note.isEmpty { say(note, &state) }
      case .phaseStarted(let round, let rounds, let phase, let total, let unit):
        state.phase = PhaseLine(
          round: round, rounds: rounds, phase: phase, total: total, unit: unit, startedAt: clock())
        state.lastDrawn = isTerminal ? -.infinity : clock()
      case .phaseAdvanced(_, _, let done, _, let tokens, let values):
        state.phase?.advance(done: done, tokens: tokens, values: values)
        draw(&state)
      case .phaseFinished(_, _, let seconds):
        if !isTerminal, let phase = state.phase { say(phase.finishedText(seconds: seconds), &state) }
        erase(&state)
        state.phase = nil
      case .roundFinished(let summary):
        sayRow(summary, &state)
      case .notice(let text):
        say(coloured("notice: ", "33") + text, &state)
      case .finished:
        break
      }
    }
  }

  /// Shows the rounds that an earlier process finished.
  func show(_ rounds: [RoundSummary]) {
    if case .quiet = style { return }
    state.withLock { state in
      for round in rounds { sayRow(round, &state) }
    }
  }

  /// Prints a line that stays.
  func say(_ text: String) {
    if case .quiet = style { return }
    state.withLock { say(text, &$0) }
  }

  private var isTerminal: Bool {
    if case .terminal = style { true } else { false }
  }

  private func sayRow(_ round: RoundSummary, _ state: inout State) {
    if !state.isHeaderPrinted {
      say(coloured(table.header, "1"), &state)
      state.isHeaderPrinted = true
    }
    say(table.row(round), &state)
  }

  private func say(_ text: String, _ state: inout State) {
    erase(&state)
    print(text + "\n")
  }

  private func draw(_ state: inout State) {
    guard let phase = state.phase else { return }
    let now = clock()
    switch style {
    case .terminal(let terminal):
      guard now - state.lastDrawn >= 0.1 else { return }
      let width = terminal.width
      print("\r\u{1B}[2K" + phase.text(now: now, hasBar: width >= 100).prefix(max(20, width - 1)))
      state.isLineDrawn = true
    case .plain:
      guard now - state.lastDrawn >= 10 else { return }
      print(phase.text(now: now, hasBar: false) + "\n")
    case .quiet:
      return
    }
    state.lastDrawn = now
  }

  private func erase(_ state: inout State) {
    guard state.isLineDrawn else { return }
    print("\r\u{1B}[2K")
    state.isLineDrawn = false
  }

  private func coloured(_ text: String, _ code: String) -> String {
    guard case .terminal(let terminal) = style, terminal.hasColour else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
