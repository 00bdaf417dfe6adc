import Configuration
import Reading
import Testing

@testable import ExpertIteration

@Suite struct NextStepTests {
  typealias Round = Progress.Round

  private func settings(count: Int = 3, rejections: Int = 2, patience: Int = 2, gain: Double = 1)
    -> RoundSettings
  {
    var settings = RoundSettings()
    settings.count = count
    settings.gate.maximumRejections = rejections
    settings.patience = patience
    settings.minimumGain = gain
    return settings
  }

  private static let base = Round(round: 0, state: .accepted, checkpoint: 7, relativeLength: 1)

  @Test func aRunBeginsWithRoundZeroFromTheSeed() {
    #expect(nextStep(after: Progress(rounds: []), of: settings()) == .begin(round: 0, parent: nil))
  }

  @Test(arguments: Phase.allCases) func aRunningPhaseIsTakenUpAgain(phase: Phase) {
    let progress = Progress(rounds: [Self.base, Round(round: 1, state: .running(phase))])
    #expect(nextStep(after: progress, of: settings()) == .perform(phase, round: 1))
  }

  @Test func theNextRoundStartsFromTheLastAcceptedWeights() {
    let accepted = Progress(rounds: [Self.base])
    #expect(nextStep(after: accepted, of: settings()) == .begin(round: 1, parent: 7))
    let rejected = Progress(
      rounds: [Self.base, Round(round: 1, state: .rejected, checkpoint: 9, relativeLength: 0.8)])
    #expect(nextStep(after: rejected, of: settings()) == .begin(round: 2, parent: 7))
  }

  @Test func repeatedRejectionsStopTheRun() {
    let rejected = [1, 2].map { Round(round: $0, state: .rejected, checkpoint: 9) }
    let step = nextStep(after: Progress(rounds: [Self.base] + rejected), of: settings())
    guard case .finish(let reason) = step else {
      Issue.record("\(step)")
      return
    }
    #expect(reason.hasPrefix("2 rounds in a row were rejected"))
  }

  @Test func anAcceptedRoundForgivesEarlierRejections() {
    let rounds = [
      Self.base, Round(round: 1, state: .rejected, checkpoint: 9),
      Round(round: 2, state: .accepted, checkpoint: 11, relativeLength: 0.8),
    ]
    #expect(nextStep(after: Progress(rounds: rounds), of: settings()) == .begin(round: 3, parent: 11))
  }

  @Test func roundsThatSolveNothingOfRoundZeroGainNothing() {
    let rounds = (0...2).map { Round(round: $0, state: .accepted, checkpoint: 9, relativeLength: nil) }
    let step = nextStep(after: Progress(rounds: rounds), of: settings(count: 9))
    #expect(step == .finish(reason: "no round of the last 2 shortened the traces by 1.0 % or more"))
    #expect(
      nextStep(after: Progress(rounds: Array(rounds.prefix(2))), of: settings(count: 9))
        == .begin(round: 2, parent: 9))
  }

  @Test func theLastRoundEndsTheRun() {
    let rounds = [Self.base, Round(round: 1, state: .accepted, checkpoint: 9, relativeLength: 0.8)]
    #expect(
      nextStep(after: Progress(rounds: rounds), of: settings(count: 1))
        == .finish(reason: "all 1 rounds are done"))
  }

  @Test func noGainForThePatienceEndsTheRun() {
    func rounds(_ lengths: Double...) -> Progress {
      Progress(
        rounds: lengths.enumerated().map {
          Round(round: $0.offset, state: .accepted, checkpoint: Int64($0.offset), relativeLength: $0.element)
        })
    }
    let stalled = nextStep(after: rounds(1, 0.8, 0.799, 0.798), of: settings(count: 9))
    #expect(stalled == .finish(reason: "no round of the last 2 shortened the traces by 1.0 % or more"))
    // Chains that are gone get no shorter.
    let gone = nextStep(after: rounds(1, 0, 0, 0), of: settings(count: 9))
    #expect(gone == stalled)
    let moving = nextStep(after: rounds(1, 0.8, 0.799, 0.78), of: settings(count: 9))
    #expect(moving == .begin(round: 4, parent: 3))
    let impatientOff = nextStep(after: rounds(1, 1, 1, 1), of: settings(count: 9, patience: 0))
    #expect(impatientOff == .begin(round: 4, parent: 3))
  }

  @Test func phasesFollowOneAnother() {
    var visited: [Phase] = [.generate]
    while let next = visited.last?.next(inRound: 3) { visited.append(next) }
    #expect(visited == [.generate, .sample, .curate, .train, .evaluate])
    #expect(Phase.generate.next(inRound: 0) == .train)
    #expect(Phase.evaluate.next(inRound: 0) == nil)
  }
}
