import Testing

@testable import Plot

@Suite struct AxisTests {
  @Test func ticksAreRoundNumbersThatHoldTheRange() {
    let ticks = Ticks(over: 131...272, count: 5)
    #expect(ticks.values == [100, 150, 200, 250, 300])
    #expect(ticks.values.map(ticks.label) == ["100", "150", "200", "250", "300"])
  }

  @Test func smallStepsHaveDecimals() {
    let ticks = Ticks(over: 0.2...0.5, count: 3)
    #expect(ticks.values.map(ticks.label) == ["0.2", "0.3", "0.4", "0.5"])
  }

  @Test func aRangeOfOneValueIsWidened() {
    let ticks = Ticks(over: 7...7, count: 2)
    #expect(ticks.values == [6, 7, 8])
  }

  @Test(arguments: [1e-6, 0.3, 1, 7, 99, 1e6]) func everyRangeIsHeld(span: Double) {
    for low in [-3.0, 0, 0.1, 41] {
      let ticks = Ticks(over: low...(low + span), count: 5)
      #expect(
        ticks.range.lowerBound <= low + span * 1e-6 && ticks.range.upperBound >= low + span * (1 - 1e-6))
      #expect((2...8).contains(ticks.values.count), "\(low), \(span): \(ticks.values)")
    }
  }

  @Test func roundsAreWholeNumbers() {
    #expect(Ticks(wholeNumbersIn: 0...3, count: 10).values == [0, 1, 2, 3])
    #expect(Ticks(wholeNumbersIn: 0...14, count: 8).values == [0, 2, 4, 6, 8, 10, 12, 14])
    #expect(Ticks(wholeNumbersIn: 0...0, count: 4).values == [0])
  }

  @Test func labelsMoveApartInTheirOrder() {
    #expect(spread([50, 52, 10], gap: 15, within: 0...100) == [50, 65, 10])
    #expect(spread([98, 99], gap: 15, within: 0...100) == [85, 100])
    #expect(spread([], gap: 15, within: 0...100) == [])
  }
}
