import Determinism

/// A serial domain: the rules of one kind of task in the frame that all share.
///
///     PROMPT   := PREMISES =
///     RESPONSE := { ENTRY } ans ANSWER       layout marked
///     RESPONSE := { VALUE } ANSWER           layout paper
///
/// The trace is the chain of entries, and may be empty. A *sound* chain is true and in order; a *legal* one is
/// moreover stepwise: each entry, and the answer, is one elementary step away from the prompt and the entries
/// before it. Every task has one right answer, so a correct answer is optimal; its cost is the task's number
/// of steps. The split goes by the task without its distractors and whatever its order.
struct SerialDomain<Rules: SerialRules>: Domain {
  let settings: SerialSettings
  let rules: Rules

  init(_ settings: SerialSettings, _ rules: Rules) {
    self.settings = settings
    self.rules = rules
  }

  var name: String { settings.name }

  var vocabulary: Vocabulary { rules.words.vocabulary }

  var terms: DomainTerms { .chain }

  func exercise(seed: UInt64, index: Int, split: Split) -> Exercise? {
    precondition(index >= 0, "candidates are numbered from 0")
    var random = CounterRandom(seed: seed, stream: .layout, UInt64(index))
    let more = random.uniform(below: settings.maximumLength - settings.minimumLength + 1)
    guard let task = rules.draw(steps: settings.minimumLength + more, using: &random) else { return nil }
    var hash = SHA256()
    hash.update("\(name) \(rules.identity(of: task))".utf8)
    let digest = hash.finalize()
    guard Split(ofLayout: digest) == split else { return nil }
    // Of their own, so that a task with distractors has a twin without.
    var arrangement = CounterRandom(seed: seed, stream: .arrangement, UInt64(index))
    var search = CounterRandom(seed: seed, stream: .search, UInt64(index))
    return Exercise(
      index: index, split: split, prompt: rules.prompt(of: task, settings, using: &arrangement),
      trace: reference(on: task, using: &search), answer: answer(to: task),
      optimalCost: rules.steps(of: task), layoutDigest: SHA256.hexadecimal(digest))
  }

  func prompt(of text: String) throws(SearchError) -> [Token] {
    let prompt = try vocabulary.tokens(of: text)
    _ = try rules.task(from: prompt)
    return prompt
  }

  func split(_ response: [Token]) -> (trace: ArraySlice<Token>, answer: ArraySlice<Token>) {
    let end =
      switch (settings.layout, rules.answerLength) {
      case (.paper, let length?): max(0, response.count - length)
      default: response.firstIndex(of: rules.words.answer) ?? response.endIndex
      }
    return (response[..<end], response[end...])
  }

  /// The reference's chain and answer. An expansion is a step.
  func solve(_ prompt: [Token], using random: inout CounterRandom) throws(SearchError) -> Solution {
    let task = try rules.task(from: prompt)
    return Solution(
      trace: reference(on: task, using: &random), answer: answer(to: task),
      expansions: rules.steps(of: task))
  }

  func hints(for prompt: [Token]) -> [Token?]? { try? rules.hints(for: prompt) }

  func chanceLevel(of prompt: [Token]) -> Double? {
    (try? rules.task(from: prompt)).flatMap(rules.chanceLevel)
  }

  func diagram(of prompt: [Token]) -> Diagram? { (try? rules.task(from: prompt)).flatMap(rules.diagram) }

  /// What the reference writes before its answer.
  private func reference(on task: Rules.Task, using random: inout CounterRandom) -> [Token] {
    entries(of: task, stride: settings.stride).filter { _ in
      settings.skipPercent == 0 || random.uniform(below: 100) >= settings.skipPercent
    }.flatMap(\.self)
  }

  private func trace(of task: Rules.Task, stride: Int) -> [Token] {
    entries(of: task, stride: stride).flatMap(\.self)
  }

  private func entries(of task: Rules.Task, stride: Int) -> [[Token]] {
    rules.chain(of: task).enumerated().filter { ($0.offset + 1) % stride == 0 }.map(\.element)
  }

  private func answer(to task: Rules.Task) -> [Token] {
    (settings.layout == .marked ? [rules.words.answer] : []) + rules.answer(to: task)
  }
}

// MARK: - Traces left out

extension SerialDomain {
  /// An entry is a clause; it neither closes a state nor has costs, so the levels that leave out those leave it
  /// whole.
  func trace(_ trace: [Token], dropping level: DroppingLevel, using random: inout CounterRandom) -> [Token] {
    switch level {
    case .none, .closes, .costs: return trace
    case .all: return []
    case .clauses:
      var kept: [Token] = []
      var index = 0
      while index < trace.count {
        let first = index
        guard rules.entry(in: trace, &index, before: trace.count) != nil else { break }
        if random.unitDouble() >= DroppingLevel.dropProbability { kept += trace[first..<index] }
      }
      return kept
    }
  }

  /// nil also in layout `paper`, where nothing tells an entry from the answer, and for a task of one step.
  func opening(_ mode: ResponseMode, to prompt: [Token]) -> Token? {
    guard settings.layout == .marked, let task = try? rules.task(from: prompt) else { return nil }
    return switch mode {
    case .auto: nil
    case .slow: rules.chain(of: task).first?.first
    case .fast: rules.words.answer
    }
  }
}

// MARK: - Reference lines

extension SerialDomain {
  /// Every so many-th entry of a whole chain, whatever stride is trained on; of longer strides than the tasks there is nothing left.
  private var strides: [Int] { [2, 4, 8].filter { $0 / 2 < settings.wordsLength } }

  func referenceLines(_ settings: ReferenceSettings) -> [ReferenceLine] {
    [ReferenceLine(name: "reference", title: "the whole chain, an entry a step", phrase: "the whole chain")]
      + strides.map { ReferenceLine(name: "stride\($0)", title: "an entry every \($0) steps") } + rules.lines
  }

  func referenceLengths(of prompt: [Token], _ settings: ReferenceSettings, index: Int) throws -> [Double] {
    let task = try rules.task(from: prompt)
    return ([1] + strides).map { Double(trace(of: task, stride: $0).count) } + rules.lengths(on: task)
  }
}
