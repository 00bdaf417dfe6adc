import Determinism
import Words

/// The premises of a prompt: in their order, or each behind its tag in any order; between them notes, which
/// do not count.
///
///     PREMISES := { VALUE | note VALUE }  |  { TAG VALUE | note VALUE }
extension SerialWords {
  /// Draws the order where it is `shuffled`, and the places of the notes. `tags`: one a value.
  func premises(
    _ values: [[Token]], tags: [Token], notes: [[Token]], shuffled: Bool, separator: [Token] = [],
    using random: inout CounterRandom
  ) -> [Token] {
    var order = Array(values.indices)
    if shuffled { random.shuffle(&order) }
    var premises = order.map { shuffled ? [tags[$0]] + values[$0] : values[$0] }
    for note in notes {
      premises.insert([self.note] + note, at: random.uniform(below: premises.count + 1))
    }
    return Array(premises.joined(separator: separator))
  }

  struct Premise<Value> {
    let value: Value
    /// The tokens of the value in the prompt.
    let place: Range<Int>
  }

  /// The number of the tag `@k`, from 0.
  func tag(_ token: Token) -> Int? {
    if case .position(let k) = meaning(token) { k - 1 } else { nil }
  }

  /// Reads premises from the prompt's first token to one of `ends`, at which it leaves `index`; returns them
  /// in the order of their tags. `tag` gives the number of a tag, from 0; `value` moves behind the value it
  /// reads or, nil, to the token that does not fit.
  func readPremises<Value>(
    _ prompt: [Token], _ index: inout Int, before ends: (Token) -> Bool, separator: Token? = nil,
    tag: (Token) -> Int?, value: (inout Int) -> Value?
  ) throws(SearchError) -> [Premise<Value>] {
    var untagged: [Premise<Value>] = []
    var tagged: [Int: Premise<Value>] = [:]
    while index < prompt.count, !ends(prompt[index]) {
      let first = index
      let isNote = prompt[index] == note
      let tag = isNote ? nil : tag(prompt[index])
      if isNote || tag != nil { index += 1 }
      let begin = index
      guard let value = value(&index) else {
        throw .badPrompt(position: index, reason: "a value was expected, not \(quoted(prompt, at: index))")
      }
      let premise = Premise(value: value, place: begin..<index)
      if let tag {
        guard tagged.updateValue(premise, forKey: tag) == nil else {
          throw .badPrompt(position: first, reason: "\(quoted(prompt, at: first)) a second time")
        }
      } else if !isNote {
        untagged.append(premise)
      }
      guard untagged.isEmpty || tagged.isEmpty else {
        throw .badPrompt(position: first, reason: "some premises have tags and some have none")
      }
      guard let separator, index < prompt.count, !ends(prompt[index]) else { continue }
      guard prompt[index] == separator, index + 1 < prompt.count, !ends(prompt[index + 1]) else {
        let expected = "\"\(vocabulary.word(separator))\" and a word"
        throw .badPrompt(
          position: index, reason: "\(expected) were expected, not \(quoted(prompt, at: index))")
      }
      index += 1
    }
    if let gap = (0..<tagged.count).first(where: { tagged[$0] == nil }) {
      throw .badPrompt(
        position: index, reason: "\(tagged.count) premises have tags, but none the \(gap + 1).")
    }
    return untagged + tagged.sorted { $0.key < $1.key }.map(\.value)
  }
}
