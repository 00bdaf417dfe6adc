import Configuration
import Reading
import Testing

@testable import shorten

@Suite struct SparklineTests {
  @Test func barsGoFromTheLeastToTheGreatest() {
    #expect(Sparkline.bars([95, 80, nil, 63]) == "▇▄ ▁")
    #expect(Sparkline.bars([1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇")
    #expect(Sparkline.bars([5, 5]) == "▄▄")
    #expect(Sparkline.bars([nil, nil]) == "")
  }

  @Test func aLineSaysWhereItBeganAndEnded() throws {
    let rounds = try RoundsTableTests.rounds()
    #expect(
      Sparkline.lines(rounds, .maze) == [
        "tokens     ▇▁  92.1 -> 81.4", "optimal %  ▁▇  81.2 -> 84.0", "sound %    ▇▁  97.8 -> 96.2",
      ])
    #expect(Sparkline.lines([rounds[0]], .maze).isEmpty)
  }
}
