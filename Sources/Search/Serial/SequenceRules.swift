import Determinism
import Words

/// How a sequence problem is written and what of a chain is true.
///
///     PROMPT := PREMISES { REPEATED } =        3 5 6 2 =     23 5 ^2 ^2 ^2 ^2 =
///     ENTRY  := [ @k ] VALUE                   the value after step k
///
/// An elementary step is from the value after a step to the next.
struct SequenceRules<Problem: SequenceProblem>: SerialRules {
  let problem: Problem
  let words: SerialWords
  let hasPositions: Bool

  init(_ problem: Problem, _ settings: SerialSettings) {
    self.problem = problem
    hasPositions = settings.hasPositions
    words = SerialWords(length: settings.wordsLength, own: problem.words)
  }

  struct Entry {
    /// From 1; nil in a chain without positions.
    let step: Int?
    let value: Int
  }

  // MARK: Tasks

  func draw(steps: Int, using random: inout CounterRandom) -> SequenceTask? {
    problem.draw(steps: steps, using: &random)
  }

  /// Where a word is repeated the premises alone: a task with more steps holds the values of one with fewer.
  func identity(of task: SequenceTask) -> String {
    task.premises.map { words.vocabulary.text(of: spelled($0)) }.joined(separator: " ")
  }

  func prompt(
    of task: SequenceTask, _ settings: SerialSettings, using random: inout CounterRandom
  ) -> [Token] {
    let notes = (0..<settings.distractors).map { _ in
      spelled(problem.drawDistractor(for: task, using: &random))
    }
    let tags = problem.tags.map { $0.map(words.own) } ?? (1..<task.steps + 1).map(words.position)
    let premises = words.premises(
      task.premises.map(spelled), tags: tags, notes: notes, shuffled: settings.shufflePremises, using: &random
    )
    let repeated = problem.repeated.map { [Token](repeating: words.own($0), count: task.steps) } ?? []
    return premises + repeated + [words.equals]
  }

  func task(from prompt: [Token]) throws(SearchError) -> SequenceTask { try read(prompt).task }

  /// The task, and the tokens of each of its steps in the prompt.
  private func read(_ prompt: [Token]) throws(SearchError) -> (task: SequenceTask, places: [Range<Int>]) {
    var index = 0
    let repeated = problem.repeated.map { words.own($0) }
    let premises = try words.readPremises(
      prompt, &index, before: { $0 == words.equals || $0 == repeated }, tag: tag,
      value: { value(in: prompt, &$0, before: prompt.count) })
    var places = premises.map(\.place)
    if let repeated {
      places = []
      while index < prompt.count, prompt[index] == repeated {
        places.append(index..<index + 1)
        index += 1
      }
    }
    guard index < prompt.count, prompt[index] == words.equals else {
      throw .badPrompt(position: index, reason: "\"=\" was expected, not \(words.quoted(prompt, at: index))")
    }
    guard index + 1 == prompt.count else {
      throw .badPrompt(position: index + 1, reason: "a prompt ends in \"=\"")
    }
    let task = SequenceTask(premises: premises.map(\.value), steps: places.count)
    guard (1...words.length).contains(task.steps) else {
      throw .badPrompt(
        position: index, reason: "the task has \(task.steps) steps; there are words for 1 to \(words.length)")
    }
    if let reason = problem.problem(with: task) { throw .badPrompt(position: index, reason: reason) }
    return (task, places)
  }

  private func tag(_ token: Token) -> Int? {
    guard let tags = problem.tags else { return words.tag(token) }
    return tags.firstIndex { words.own($0) == token }
  }

  func steps(of task: SequenceTask) -> Int { task.steps }

  // MARK: Responses

  func chain(of task: SequenceTask) -> [[Token]] {
    problem.values(of: task).dropLast().enumerated().map { index, value in
      (hasPositions ? [words.position(index + 1)] : []) + spelled(value)
    }
  }

  func answer(to task: SequenceTask) -> [Token] {
    problem.values(of: task).last.map(spelled) ?? []
  }

  var answerLength: Int? { problem.valueLength }

  func misfit(inAnswer response: [Token], from first: Int) -> Int? {
    var index = first
    let isRead = value(in: response, &index, before: response.count) != nil
    return isRead && index == response.count ? nil : index
  }

  func entry(in response: [Token], _ index: inout Int, before end: Int) -> Entry? {
    var step: Int?
    if hasPositions {
      guard index < end, case .position(let k) = words.meaning(response[index]) else { return nil }
      step = k
      index += 1
    }
    return value(in: response, &index, before: end).map { Entry(step: step, value: $0) }
  }

  func step(of entry: Entry, in task: SequenceTask) -> Int? { entry.step }

  var isMeasured: Bool { true }

  func steps(of entries: [Entry], in task: SequenceTask) -> [Int]? {
    let steps = entries.compactMap(\.step)
    return steps.count == entries.count
      ? steps : Self.steps(of: entries.map(\.value), among: problem.values(of: task))
  }

  /// Of the values there are, those that stand in the chain.
  func chanceLevel(of task: SequenceTask) -> Double? {
    guard !hasPositions else { return nil }
    return Double(Set(problem.values(of: task).dropLast()).count) / Double(problem.valueCount)
  }

  private func value(in tokens: [Token], _ index: inout Int, before end: Int) -> Int? {
    var spelled: [Int] = []
    while spelled.count < problem.valueLength {
      guard let word = words.own(in: tokens, at: index, before: end), problem.allows(word, after: spelled)
      else { return nil }
      spelled.append(word)
      index += 1
    }
    return problem.value(of: spelled)
  }

  private func spelled(_ value: Int) -> [Token] { problem.spelling(of: value).map(words.own) }

  func text(_ value: Int) -> String { words.vocabulary.text(of: spelled(value)) }

  // MARK: For people and reference lines

  var lines: [ReferenceLine] { problem.lines }

  func lengths(on task: SequenceTask) -> [Double] {
    problem.lengths(on: task, entryLength: problem.valueLength + (hasPositions ? 1 : 0))
  }

  func title(of task: SequenceTask) -> String { problem.title(of: task) }

  func rows(of task: SequenceTask) -> [SerialRow] {
    zip(1..., problem.values(of: task)).map { step, value in
      let premise = problem.repeated.map { problem.words[$0] } ?? text(task.premises[step - 1])
      return SerialRow(premise: premise, value: text(value))
    }
  }

  /// The value after each step, where its premise stands; a value of several tokens is known only after them,
  /// so it is predicted over the next premise, token by token.
  func hints(for prompt: [Token]) throws(SearchError) -> [Token?]? {
    let (task, places) = try read(prompt)
    let values = problem.values(of: task)
    let isLate = problem.valueLength > 1
    var hints = [Token?](repeating: nil, count: prompt.count)
    for (place, value) in zip(isLate ? places.dropFirst() : places[...], values) {
      for (index, token) in zip(place, spelled(value)) { hints[index] = token }
    }
    return hints
  }
}
