import Testing

@testable import Determinism

struct CounterRandomTests {
  /// The published outputs of SplitMix64 from the seed 0.
  @Test func theNumbersAreThoseOfSplitMix() {
    var random = CounterRandom(key: 0)
    let numbers = (0..<3).map { _ in random.next() }
    #expect(numbers == [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F])
  }

  /// Every run on record depends on these values: a change here orphans all of them.
  @Test func everyKindOfDrawIsPinned() {
    var random = CounterRandom(seed: 1, stream: .layout, 7)
    let words = (0..<4).map { _ in random.next() }
    #expect(
      words == [
        6_418_801_467_936_337_113, 16_456_146_843_420_346_294, 8_340_369_107_304_458_273,
        17_498_119_164_759_500_817,
      ])
    let faces = (0..<16).map { _ in random.uniform(below: 6) }
    #expect(faces == [3, 4, 1, 4, 5, 2, 0, 1, 2, 2, 3, 5, 0, 5, 2, 4])
    let coins = (0..<16).map { _ in random.coin() ? 1 : 0 }
    #expect(coins == [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0])
    #expect(random.unit() == 0.73126066)
    #expect(random.unitDouble() == 0.3259579618544046)
    var order = Array(0..<8)
    random.shuffle(&order)
    #expect(order == [3, 0, 5, 7, 1, 4, 6, 2])
    #expect(CounterRandom.key(seed: 1, stream: .sampling, 2, 3, 4) == 5_409_287_010_857_405_359)
  }

  @Test func allWaysToNameAKeyAgree() {
    var first = CounterRandom(seed: 9, stream: .search, 1, 2)
    var second = CounterRandom(seed: 9, stream: .search, key: [1, 2])
    var third = CounterRandom(key: CounterRandom.key(seed: 9, stream: .search, 1, 2))
    let draws = [first.next(), second.next(), third.next()]
    #expect(Set(draws).count == 1)
  }

  @Test func seedStreamWordsAndTheirNumberAllChangeTheKey() {
    var keys: Set<UInt64> = []
    for seed in UInt64(0)..<4 {
      for stream in [CounterRandom.Stream.layout, .search, .mixture] {
        keys.insert(CounterRandom.key(seed: seed, stream: stream))
        for first in UInt64(0)..<4 {
          keys.insert(CounterRandom.key(seed: seed, stream: stream, first))
          for second in UInt64(0)..<4 {
            keys.insert(CounterRandom.key(seed: seed, stream: stream, first, second))
          }
        }
      }
    }
    #expect(keys.count == 4 * 3 * (1 + 4 + 16))
  }

  /// 600,000 draws: each share is within 5 standard errors of its expectation.
  @Test(arguments: [2, 3, 6, 7, 1000]) func uniformDrawsAreUniform(bound: Int) {
    var random = CounterRandom(seed: 5, stream: .order, UInt64(bound))
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<600_000 { counts[random.uniform(below: bound)] += 1 }
    let share = 1 / Double(bound)
    let deviation = (600_000 * share * (1 - share)).squareRoot()
    for count in counts { #expect(abs(Double(count) - 600_000 * share) < 5 * deviation) }
  }

  @Test func theLargestBoundsStayInRange() {
    var random = CounterRandom(seed: 5, stream: .order)
    for bound in [1, Int.max, Int.max / 3 * 2 + 1] {
      for _ in 0..<1000 { #expect((0..<bound).contains(random.uniform(below: bound))) }
    }
  }

  @Test func coinsAreFairAndUnitsFillTheirInterval() {
    var random = CounterRandom(seed: 5, stream: .sampling)
    let heads = (0..<400_000).reduce(0) { sum, _ in sum + (random.coin() ? 1 : 0) }
    #expect(abs(heads - 200_000) < 1600)  // 5 standard errors
    var (sum, isInside) = (0.0, true)
    for _ in 0..<400_000 {
      let (single, double) = (random.unit(), random.unitDouble())
      isInside = isInside && (0..<1).contains(single) && (0..<1).contains(double)
      sum += Double(single) + double
    }
    #expect(isInside)
    #expect(abs(sum / 800_000 - 0.5) < 0.002)  // 6 standard errors
  }

  @Test func everyOrderOfFourIsEquallyLikely() {
    var random = CounterRandom(seed: 5, stream: .order)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<48_000 {
      var order = [0, 1, 2, 3]
      random.shuffle(&order)
      counts[order, default: 0] += 1
    }
    #expect(counts.count == 24)
    for count in counts.values { #expect(abs(count - 2000) < 220) }  // 5 standard errors
  }

  @Test func drawingElsewhereChangesNothing() {
    var alone = CounterRandom(seed: 3, stream: .endpoints, 4)
    var beside = CounterRandom(seed: 3, stream: .endpoints, 4)
    var other = CounterRandom(seed: 3, stream: .endpoints, 5)
    for _ in 0..<10 {
      _ = other.next()
      #expect(alone.next() == beside.next())
    }
  }
}
