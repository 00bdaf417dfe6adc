import Determinism
import Words

/// The value of a Boolean circuit: P-complete, where a chain gives the value of gate after gate.
///
///     PROMPT := { TYPE IN IN ID } [ out ID ] =     NA for an input that a gate does not have
///     ENTRY  := ID VALUE                           in layout paper the value alone
///
///     TRUE NA NA 1 FALSE NA NA 2 AND 1 2 3 NOT 3 NA 4 =      1 TRUE 2 FALSE 3 FALSE ans TRUE
///
/// The output is the last gate unless `out` names it. An elementary step gives a constant, or follows by its
/// gate's rule from constants and earlier entries; one input that decides is enough. Gates numbered above
/// the output are distractors, which nothing depends on.
struct CircuitRules: SerialRules {
  let shape: CircuitShape
  let words: SerialWords
  let hasIDs: Bool
  let ids: Int

  init(_ shape: CircuitShape, _ settings: SerialSettings) {
    self.shape = shape
    hasIDs = settings.layout == .marked
    ids = settings.wordsLength
    words = SerialWords(
      length: 0, own: (1..<ids + 1).map(String.init) + Word.allCases.map(\.rawValue))
  }

  /// The words behind the ids.
  enum Word: String, CaseIterable {
    case yes = "TRUE"
    case no = "FALSE"
    case and = "AND"
    case or = "OR"
    case not = "NOT"
    case none = "NA"
    case out
  }

  struct Entry {
    /// nil in layout `paper`.
    let id: Int?
    let value: Bool
  }

  func token(_ word: Word) -> Token {
    words.own(ids + (Word.allCases.firstIndex(of: word) ?? 0))
  }

  func id(_ number: Int) -> Token { words.own(number - 1) }

  func token(_ value: Bool) -> Token { token(value ? .yes : .no) }

  func word(in tokens: [Token], at index: Int, before end: Int) -> Word? {
    words.own(in: tokens, at: index, before: end).flatMap { $0 < ids ? nil : Word.allCases[$0 - ids] }
  }

  func id(in tokens: [Token], at index: Int, before end: Int) -> Int? {
    words.own(in: tokens, at: index, before: end).flatMap { $0 < ids ? $0 + 1 : nil }
  }

  func value(in tokens: [Token], at index: Int, before end: Int) -> Bool? {
    switch word(in: tokens, at: index, before: end) {
    case .yes: true
    case .no: false
    default: nil
    }
  }

  // MARK: Tasks

  func draw(steps: Int, using random: inout CounterRandom) -> Circuit? {
    var gates: [Circuit.Gate?] = [nil]
    for id in 1..<steps + 1 { gates.append(shape.gate(reading: Array(1..<id), using: &random)) }
    return Circuit(gates, output: steps)
  }

  func identity(of task: Circuit) -> String {
    words.vocabulary.text(of: task.order.flatMap { written($0, task.gates[$0]) })
  }

  func steps(of task: Circuit) -> Int { task.order.count }

  // MARK: Responses

  func chain(of task: Circuit) -> [[Token]] {
    task.order.dropLast().map { (hasIDs ? [id($0)] : []) + [token(task.values[$0])] }
  }

  func answer(to task: Circuit) -> [Token] { [token(task.values[task.output])] }

  var answerLength: Int? { 1 }

  func misfit(inAnswer response: [Token], from first: Int) -> Int? {
    guard value(in: response, at: first, before: response.count) != nil else { return first }
    return first + 1 == response.count ? nil : first + 1
  }

  func entry(in response: [Token], _ index: inout Int, before end: Int) -> Entry? {
    var number: Int?
    if hasIDs {
      number = id(in: response, at: index, before: end)
      guard number != nil else { return nil }
      index += 1
    }
    guard let value = value(in: response, at: index, before: end) else { return nil }
    index += 1
    return Entry(id: number, value: value)
  }

  // MARK: For people and reference lines

  var lines: [ReferenceLine] {
    [
      ReferenceLine(name: "cone", title: "the gates that the output depends on"),
      ReferenceLine(name: "certificate", title: "the fewest gates that prove the output"),
      ReferenceLine(
        name: "stepwiseFloor", title: "the same without constants: the shortest stepwise chain",
        phrase: "the shortest stepwise chain", isBound: true),
    ]
  }

  func lengths(on task: Circuit) -> [Double] {
    let gates = [
      task.cone(of: task.output).count - 1, CircuitFloor.size(of: task, withConstants: true),
      CircuitFloor.size(of: task, withConstants: false),
    ]
    return gates.map { Double($0 * (hasIDs ? 2 : 1)) }
  }

  func title(of task: Circuit) -> String {
    "a circuit of \(task.order.count) gates, asked for gate \(task.output)"
  }

  func rows(of task: Circuit) -> [SerialRow] {
    task.order.map { number in
      let gate = written(number, task.gates[number])
      let inputs = gate[1..<3].filter { $0 != token(.none) }
      let text = words.vocabulary.text(of: [gate[3], gate[0]] + inputs)
      return SerialRow(premise: text, value: words.vocabulary.text(of: [token(task.values[number])]))
    }
  }

  func step(of entry: Entry, in task: Circuit) -> Int? {
    entry.id.flatMap(task.order.firstIndex).map { $0 + 1 }
  }

  var isMeasured: Bool { !hasIDs }

  /// Of the two values, those that a gate before the output has.
  func chanceLevel(of task: Circuit) -> Double? {
    hasIDs ? nil : Double(Set(task.order.dropLast().map { task.values[$0] }).count) / 2
  }

  /// nil in layout `paper`, where no entry says which gate it is about.
  func diagram(of task: Circuit) -> Diagram? {
    guard hasIDs else { return nil }
    func key(_ id: Int) -> String { String((task.order.firstIndex(of: id) ?? 0) + 1) }
    let nodes = task.order.map { id in
      let type = vocabularyWord(of: task.gates[id])
      return Diagram.Node(
        key: key(id), label: "\(id) \(type)", inputs: Set(task.gates[id]?.inputs ?? []).sorted().map(key))
    }
    return Diagram(nodes: nodes, output: key(task.output))
  }

  private func vocabularyWord(of gate: Circuit.Gate?) -> String {
    switch gate {
    case .constant(let value): value ? Word.yes.rawValue : Word.no.rawValue
    case .not: Word.not.rawValue
    case .and: Word.and.rawValue
    case .or: Word.or.rawValue
    case nil: Word.none.rawValue
    }
  }

  /// A gate's value where its id stands, NA at its other tokens, as in the code of the paper's followers.
  func hints(for prompt: [Token]) throws(SearchError) -> [Token?]? {
    let circuit = try task(from: prompt)
    let gates = circuit.gates.count { $0 != nil }
    return prompt.indices.map { index in
      guard index < 4 * gates else { return nil }
      guard index % 4 == 3 else { return token(.none) }
      return id(in: prompt, at: index, before: prompt.count).map { token(circuit.values[$0]) }
    }
  }
}
