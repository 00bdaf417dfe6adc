import Testing
import Text

@Suite struct NumbersTests {
  @Test func numbersHaveFixedDecimals() {
    #expect(12.34.fixed(decimals: 1) == "12.3")
    #expect(0.05.fixed(decimals: 1) == "0.1")
    #expect((-1.25).fixed(decimals: 2) == "-1.25")
    #expect(1_234_567.0.fixed(decimals: 0) == "1234567")
    #expect(2.006.fixed(decimals: 2) == "2.01")
  }

  @Test func whatRoundsToZeroHasNoSign() {
    #expect((-0.04).fixed(decimals: 1) == "0.0")
    #expect((-0.0).fixed(decimals: 0) == "0")
  }

  @Test func aMissingNumberIsADash() {
    #expect(Double?.none.fixedOrDash() == "-")
    #expect(Double?(2).fixedOrDash(decimals: 2) == "2.00")
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func countsAreGrouped(number: Int, expected: String) {
    #expect(number.grouped == expected)
  }

  @Test func quantitiesAreShort() {
    #expect(
      [7.4, 950, 1234, 41_200, 1_250_000].map(\.abbreviated) == ["7", "950", "1.2 k", "41 k", "1.2 M"])
    #expect([0, 1_500_001, 2_540_000_000].map(byteSize) == ["0 MB", "2 MB", "2.5 GB"])
    #expect(counted(1, "task") == "1 task" && counted(1200, "task") == "1,200 tasks")
  }

  @Test func timesAreMinutesHoursOrDays() {
    #expect(
      [0, 59.6, 134, 3734, 1_900_000, .infinity].map(clockTime) == [
        "00:00", "01:00", "02:14", "1:02:14", "22 days", "--:--",
      ])
  }

  @Test func anIntervalIsInBrackets() {
    #expect(interval(29.34, 31.06) == "[29.3, 31.1]")
    #expect(interval(-0.01, 100) == "[0.0, 100.0]")
  }

  @Test func aMeanNeedsANumber() {
    #expect([1, 2, 6].mean == 3)
    #expect([Double]().mean == nil)
  }

  @Test func aUnitIsNamedInBothNumbers() {
    #expect(LengthUnit().counted(1) == "1 token" && LengthUnit().counted(1200) == "1,200 tokens")
    #expect(LengthUnit(name: "Qwen3 tokens").counted(1) == "1 Qwen3 token")
    #expect(LengthUnit(name: "Zeichen").counted(1) == "1 Zeichen")
  }
}
