import Configuration
import ExpertIteration
import Reading
import Text

/// What a vote among several responses brings, and what it costs.
///
///     round  responses    tokens  majority %             any %
///         0          1     104.2  84.2 [82.1, 86.2]      84.2 [82.1, 86.2]
///         0          2     208.4  84.1 [82.0, 86.2]      88.9 [86.9, 90.7]
enum BudgetTable {
  static func legend(_ unit: LengthUnit = LengthUnit()) -> String {
    """
    responses: so many of a task's responses, drawn without replacement. \(unit.name): all that they hold, \
    mean over tasks. majority %: tasks whose most frequent answer is optimal, any of equally frequent ones \
    as often (maj@k). any %: tasks with an optimal response among them. In brackets 95 % bootstrap intervals \
    over tasks.
    """
  }

  static func lines(_ budgets: [Budget], unit: LengthUnit) -> [String] {
    TextTable(
      columns: [
        .init("round"), .init("responses"), .init(unit.name), .init("majority %", .left),
        .init("any %", .left),
      ],
      rows: budgets.map { budget in
        [
          String(budget.round), String(budget.responses), budget.tokens.fixed(decimals: 1),
          text(budget.majorityPercent), text(budget.anyPercent),
        ]
      }
    ).lines
  }

  private static func text(_ value: Estimate?) -> String {
    estimate(value?.value, value?.interval?.low, value?.interval?.high)
  }
}
