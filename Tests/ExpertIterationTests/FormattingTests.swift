import ExpertIteration
import Testing

@Suite struct FormattingTests {
  @Test(arguments: [
    (12.345, 1, "12.3"), (-0.00004, 4, "0.0000"), (-0.0, 1, "0.0"), (-0.4, 0, "0"), (-0.06, 1, "-0.1"),
    (-10.0, 0, "-10"), (.nan, 1, "nan"),
  ])
  func zeroHasNoSign(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(value.formatted(decimals: decimals) == text)
  }
}
