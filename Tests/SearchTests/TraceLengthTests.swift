import Testing

@testable import Search

/// Mean trace lengths against what the reference and its heap, run in Python, were measured to write.
struct TraceLengthTests {
  private func mean(_ side: Int, _ order: TieBreak, tasks: Int) throws -> Double {
    let domain = try MazeDomain(MazeSettings(width: side, height: side, tieBreak: order))
    let exercises = domain.exercises(seed: 1, count: tasks)
    return Double(exercises.reduce(0) { $0 + $1.trace.count }) / Double(exercises.count)
  }

  /// The reference: 126.6 and 125.5 tokens on 3003 and 1500 mazes of 6x6, 275.1 and 267.8 on 2002 and 1000 of
  /// 10x10. The mazes of a layout are alike, which makes the standard errors 1.3 times those of single draws:
  /// 0.7 and 2.4. `Goldens/coin.py mean`, its twin on the same heap: 127.5 +- 0.2 and 269.4 +- 0.9. The
  /// tolerances are three standard errors of these figures and ours together.
  @Test func theCoinOrderWritesTracesAsLongAsTheReference() throws {
    let small = try mean(6, .coin, tasks: 20_000)
    #expect(abs(small - 126.2) < 2.3)
    #expect(abs(small - 127.5) < 1.3)
    let large = try mean(10, .coin, tasks: 12_000)
    #expect(abs(large - 272.7) < 7.8)
    #expect(abs(large - 269.4) < 4.5)
  }

  /// Per cent of the coin order's length on the same mazes, 6x6 and 10x10 (table of the reference's orders;
  /// 1500 and 1000 tasks). One point is twice their standard error.
  @Test(
    arguments: [
      (TieBreak.randomKey, 96.3, 96.3), (.fifo, 103.1, 101.5), (.deterministic, 94.2, 93.2),
      (.lifo, 88.2, 88.0), (.smallerH, 87.4, 85.6),
    ])
  func theOtherOrdersKeepTheirDistance(order: TieBreak, small: Double, large: Double) throws {
    let smallShare = try 100 * mean(6, order, tasks: 12_000) / mean(6, .coin, tasks: 12_000)
    #expect(abs(smallShare - small) < 1)
    let largeShare = try 100 * mean(10, order, tasks: 6_000) / mean(10, .coin, tasks: 6_000)
    #expect(abs(largeShare - large) < 1)
  }
}
