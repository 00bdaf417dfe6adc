import Determinism
import Words

/// A serial domain: the rules of one kind of task in the frame that all share.
///
///     PROMPT   := PREMISES =
///     RESPONSE := { ENTRY } ans ANSWER       layout marked
///     RESPONSE := { VALUE } ANSWER           layout paper
///
/// The trace is the chain of entries, and may be empty. A *sound* chain is true and in order; a *legal* one
/// is moreover stepwise: each entry, and the answer, is one elementary step away from the prompt and the
/// entries before it. Every task has one right answer, so a correct answer is optimal; its cost is the
/// task's number of steps. The split goes by the task without its distractors and whatever its order.
struct SerialDomain<Rules: SerialRules>: WordDomain {
  let settings: SerialSettings
  let rules: Rules

  init(_ settings: SerialSettings, _ rules: Rules) {
    self.settings = settings
    self.rules = rules
  }

  var name: String { settings.name }

  var words: Vocabulary { rules.words.vocabulary }

  var terms: DomainTerms { .chain }

  func exercise(seed: UInt64, index: Int, split: Split) -> Exercise? {
    precondition(index >= 0, "candidates are numbered from 0")
    var random = CounterRandom(seed: seed, stream: .layout, UInt64(index))
    let more = random.uniform(below: settings.maximumLength - settings.minimumLength + 1)
    guard let task = rules.draw(steps: settings.minimumLength + more, using: &random) else { return nil }
    var hash = SHA256()
    hash.update("\(name) \(rules.identity(of: task))".utf8)
    let digest = hash.finalize()
    guard Split(ofIdentity: digest) == split else { return nil }
    // Of their own, so that a task with distractors has a twin without.
    var arrangement = CounterRandom(seed: seed, stream: .arrangement, UInt64(index))
    var search = CounterRandom(seed: seed, stream: .search, UInt64(index))
    return Exercise(
      index: index, split: split,
      prompt: .words(rules.prompt(of: task, settings, using: &arrangement)),
      trace: .words(chain(of: task, using: &search)), answer: .words(answer(to: task)),
      optimalCost: rules.steps(of: task), identityDigest: SHA256.hexadecimal(digest))
  }

  func promptTokens(of text: String) throws(SearchError) -> [Token] {
    let prompt = try words.read(text)
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

  var reference: (any Reference)? { SerialReference(domain: self) }
  var variations: (any TraceVariations)? { SerialVariations(domain: self) }
  var pictures: (any TaskPictures)? { SerialPictures(domain: self) }
  var chains: (any ChainMeasures)? { rules.isMeasured ? SerialChains(domain: self) : nil }

  /// What the reference writes before its answer.
  func chain(of task: Rules.Task, using random: inout CounterRandom) -> [Token] {
    entries(of: task, stride: settings.stride).filter { _ in
      settings.skipPercent == 0 || random.uniform(below: 100) >= settings.skipPercent
    }.flatMap(\.self)
  }

  /// Every `stride`-th entry of the whole chain, written. Empty if the stride is longer than the task.
  func entries(of task: Rules.Task, stride: Int) -> [[Token]] {
    rules.chain(of: task).enumerated().filter { ($0.offset + 1) % stride == 0 }.map(\.element)
  }

  func answer(to task: Rules.Task) -> [Token] {
    (settings.layout == .marked ? [rules.words.answer] : []) + rules.answer(to: task)
  }
}
