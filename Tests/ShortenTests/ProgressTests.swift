import Configuration
import ExpertIteration
import Reading
import Synchronization
import Testing

@testable import shorten

/// What people see of a run: lines, tables, closing words.
@Suite struct ProgressTests {
  /// Collects what would go to stderr; time stands still unless moved.
  final class Screen: Sendable {
    let now = Mutex(0.0)
    let text = Mutex("")

    func view(_ style: ProgressView.Style) -> ProgressView {
      ProgressView(
        style: style, clock: { self.now.withLock { $0 } },
        print: { text in self.text.withLock { $0 += text } })
    }

    func wait(_ seconds: Double) { now.withLock { $0 += seconds } }
    var shown: String { text.withLock { $0 } }
  }

  static let started = RunEvent.phaseStarted(
    round: 3, rounds: 5, phase: .sample, total: 8000, unit: "exercises")
  static func advanced(_ done: Int, tokens: Int) -> RunEvent {
    .phaseAdvanced(
      round: 3, phase: .sample, done: done, total: 8000, tokens: tokens, values: [("improved", "93")])
  }

  @Test func onAPipeALineComesEveryTenSeconds() {
    let screen = Screen()
    let view = screen.view(.plain)
    view.observe(.started(directory: "runs/maze", resumed: true, note: "removed r01.tmp"))
    view.observe(Self.started)
    view.observe(Self.advanced(1, tokens: 10))
    screen.wait(9)
    view.observe(Self.advanced(2840, tokens: 200_000))
    screen.wait(11)
    view.observe(Self.advanced(5680, tokens: 820_000))
    view.observe(Self.advanced(5690, tokens: 820_100))
    screen.wait(4)
    view.observe(Self.advanced(8000, tokens: 1_000_000))
    view.observe(.phaseFinished(round: 3, phase: .sample, seconds: 24))
    #expect(
      screen.shown == """
        Continuing runs/maze
        removed r01.tmp
        round 3/5  sample     71 % 5,680/8,000 exercises  41 k tok/s  ETA 00:08  improved 93
        round 3/5  sample    8,000 exercises in 00:24  42 k tok/s  improved 93

        """)
  }

  @Test func aLateEventDoesNotTurnTheCountBack() {
    var line = PhaseLine(round: 0, rounds: 1, phase: .train, total: 10, unit: "steps", startedAt: 0)
    line.advance(done: 6, tokens: 600, values: [])
    line.advance(done: 5, tokens: 500, values: [("loss", "0.5")])
    #expect(line.text(now: 0, hasBar: false) == "round 0/1  train      60 % 6/10 steps  loss 0.5")
  }

  @Test func aResumedPhaseCountsItsOwnSpeed() {
    var line = PhaseLine(round: 1, rounds: 2, phase: .train, total: 100, unit: "steps", startedAt: 0)
    line.advance(done: 51, tokens: 10, values: [])
    line.advance(done: 60, tokens: 100, values: [])
    #expect(
      line.text(now: 10, hasBar: true)
        == "round 1/2  train      60 % ▕██████    ▏ 60/100 steps  10 tok/s  ETA 00:40")
  }

  @Test(arguments: [
    (0.0, "▕          ▏"), (0.0125, "▕▏         ▏"), (0.5, "▕█████     ▏"), (0.99, "▕█████████▉▏"),
    (1.0, "▕██████████▏"), (7.0, "▕██████████▏"),
  ])
  func theBarIsTenCells(share: Double, expected: String) {
    #expect(PhaseLine.bar(share) == expected)
  }

  @Test func aQuietRunSaysNothing() {
    let screen = Screen()
    let view = screen.view(.quiet)
    view.observe(.started(directory: "runs/maze", resumed: false, note: ""))
    view.observe(.notice("trouble"))
    view.say("bye")
    #expect(screen.shown == "")
  }
}
