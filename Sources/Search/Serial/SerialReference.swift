import Determinism
import Words

/// The chain that the settings ask for, and what chains are compared with: those of fixed strides, whatever
/// stride is trained on, and the lines of each problem.
struct SerialReference<Rules: SerialRules>: WordReference {
  let domain: SerialDomain<Rules>

  private var rules: Rules { domain.rules }
  var words: Vocabulary { domain.words }

  func solve(_ prompt: [Token], using random: inout CounterRandom) throws(SearchError) -> Solution {
    let task = try rules.task(from: prompt)
    return Solution(
      trace: .words(domain.chain(of: task, using: &random)), answer: .words(domain.answer(to: task)),
      closedStates: rules.steps(of: task))
  }

  /// Those that leave an entry of the longest task.
  private var strides: [Int] { [2, 4, 8].filter { $0 / 2 < domain.settings.wordsLength } }

  func lines(_ settings: ReferenceSettings) -> [ReferenceLine] {
    [ReferenceLine(name: "reference", title: "the whole chain, an entry a step", phrase: "the whole chain")]
      + strides.map { ReferenceLine(name: "stride\($0)", title: "an entry every \($0) steps") } + rules.lines
  }

  func lengths(
    on prompt: [Token], _ settings: ReferenceSettings, index: Int
  ) throws(SearchError) -> [Double] {
    let task = try rules.task(from: prompt)
    return ([1] + strides).map { stride in
      Double(domain.entries(of: task, stride: stride).reduce(0) { $0 + $1.count })
    } + rules.lengths(on: task)
  }
}
