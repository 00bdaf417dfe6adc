import ExpertIteration
import Testing
import Text

@testable import Reading
@testable import shorten

@Suite struct BudgetTableTests {
  /// Rows of an older version have no votes.
  @Test func everyNumberOfResponsesIsARow() {
    func estimate(_ value: Double) -> Estimate {
      Estimate(value: value, interval: Interval(low: value - 2, high: value + 2))
    }
    let budgets = [
      Budget(
        round: 0, set: "test", responses: 1, tokens: 119.38, majorityPercent: nil,
        anyPercent: estimate(94.6)),
      Budget(
        round: 12, set: "test", responses: 8, tokens: 716.6, majorityPercent: estimate(94.3),
        anyPercent: estimate(97.6)),
    ]
    #expect(
      BudgetTable.lines(budgets, unit: LengthUnit()).joined(separator: "\n") == """
        round  responses  tokens  majority %         any %
            0          1   119.4  -                  94.6 [92.6, 96.6]
           12          8   716.6  94.3 [92.3, 96.3]  97.6 [95.6, 99.6]
        """)
  }
}
