/// The reference lines that all searches have: means of A* under the orders of ties that matter most, and the
/// best of several runs.
enum TieLines {
  static func lines(_ settings: ReferenceSettings) -> [ReferenceLine] {
    let mean = "mean of \(settings.runs) runs"
    return [
      ReferenceLine(
        name: "reference", title: "A*, a coin per tie, \(mean)", phrase: "A* with a coin per tie"),
      ReferenceLine(name: "bestOfReference", title: "the shortest of \(settings.samples) such runs"),
      ReferenceLine(name: "lifo", title: "A*, newest of a tie first, \(mean)"),
      ReferenceLine(name: "smallerH", title: "A*, smaller h of a tie first, \(mean)"),
    ]
  }

  /// `lengths` gives the lengths of the traces of several runs under one order of ties.
  static func lengths(
    _ settings: ReferenceSettings, _ lengths: (_ order: TieBreak, _ runs: Int) -> [Int]
  ) -> [Double] {
    let coins = lengths(.coin, max(settings.runs, settings.samples))
    return [
      mean(coins.prefix(settings.runs)), expectedMinimum(of: coins, draws: settings.samples),
      mean(lengths(.lifo, settings.runs)), mean(lengths(.smallerH, settings.runs)),
    ]
  }

  private static func mean(_ values: some Collection<Int>) -> Double {
    Double(values.reduce(0, +)) / Double(values.count)
  }

  /// Mean of the smallest of `draws` of the values, over all ways to draw as many without replacement: how
  /// good the best of that many runs is expected to be. There are at least as many values as draws.
  static func expectedMinimum(of values: [Int], draws: Int) -> Double {
    precondition(draws >= 1 && draws <= values.count, "a value cannot be drawn twice")
    // The smallest drawn is value i of the ascending order with probability C(n - 1 - i, k - 1) / C(n, k).
    let (count, sorted) = (values.count, values.sorted())
    var probability = Double(draws) / Double(count)
    var mean = 0.0
    for (i, value) in sorted.prefix(count - draws + 1).enumerated() {
      mean += probability * Double(value)
      probability *= Double(count - i - draws) / Double(count - i - 1)
    }
    return max(mean, Double(sorted[0]))
  }
}
