import Configuration
import ExpertIteration
import Reading
import Testing

@testable import Store
@testable import shorten

@Suite struct RunLivenessTests {
  private static let here = Run.ProcessIdentity(pid: 1, bootID: "boot 2", host: "this")

  private static func state(
    _ state: RunStatus, host: String? = "this", boot: String? = "boot 2"
  ) -> RunState {
    RunState(
      name: "maze", state: state, rounds: 10, round: 3, phase: .running(.sample), accepted: 3, rejected: 0,
      attempts: 2, pid: host.map { _ in 77 }, host: host, bootID: boot, startedAt: "2025-03-01T12:00:00Z",
      heartbeatAt: "2025-03-01T12:10:00Z", exit: nil,
      finishedReason: state == .finished ? "all 10 rounds are done" : nil,
      lengthUnit: "tokens", promise: "reproducible")
  }

  private static func liveness(_ state: RunState, isAlive: Bool = true) -> RunLiveness {
    RunLiveness(of: state, asSeenFrom: here) { pid in pid == 77 && isAlive }
  }

  @Test func aRunWithALivingProcessIsRunning() {
    #expect(Self.liveness(Self.state(.running)) == .running)
  }

  @Test func aRunWhoseProcessHasEndedIsStale() {
    #expect(Self.liveness(Self.state(.running), isAlive: false) == .stale)
    #expect(Self.liveness(Self.state(.running, boot: "boot 1")) == .stale)
  }

  @Test func ofAnotherMachineOnlyTheHeartbeatIsKnown() {
    #expect(Self.liveness(Self.state(.running, host: "other", boot: "boot 9"), isAlive: false) == .running)
    #expect(Self.liveness(Self.state(.running, host: nil), isAlive: false) == .running)
    #expect(Self.liveness(Self.state(.stale, host: "other"), isAlive: false) == .stale)
  }

  @Test func whatIsOverStaysOver() {
    #expect(Self.liveness(Self.state(.finished), isAlive: false) == .finished)
    #expect(Self.liveness(Self.state(.stopped), isAlive: false) == .stopped)
    #expect(RunLiveness.stale.canBeContinued && RunLiveness.stopped.canBeContinued)
    #expect(!RunLiveness.running.canBeContinued && !RunLiveness.finished.canBeContinued)
  }

  @Test func theStatusSaysItInWords() {
    let state = Self.state(.running)
    #expect(
      StatusText.lines(state, .running, rejection: nil, directory: "runs/maze") == [
        "runs/maze: running (pid 77 on this)", "  round 3 of 10: sample; 3 accepted, attempt 2",
        "  promise: the same configuration and seed give the same rows and weights, byte for byte",
      ])
    let stale = StatusText.lines(state, .stale, rejection: nil, directory: "runs/maze")
    #expect(
      stale[0]
        == "runs/maze: stale (pid 77 on this): no sign of life since 2025-03-01T12:10:00Z; the process has "
        + "probably died, and nothing committed is lost")
    #expect(
      stale[3].hasSuffix(" run --config runs/maze/config.resolved.json --run-directory runs/maze"))
    #expect(
      StatusText.lines(Self.state(.finished), .finished, rejection: nil, directory: "d")[0]
        == "d: finished: all 10 rounds are done")
  }
}
