import Determinism
import Words

/// The last letters of words, one after the other: parallel, for each is one step away from the prompt, so
/// that the answer alone is stepwise. What a chain buys here is learning from fewer examples.
///
///     b i l l _ g a t e s =      b i l l : l ; g a t e s : s ; ans l s       form letters
///     bill gates =               bill : l ; gates : s ; ans l s              form words
///     bill gates =               @1 l @2 s ans l s                           entries short
public struct LastLetters: Sendable, Equatable {
  public enum Words: String, Sendable, CaseIterable {
    /// Names from a fixed list.
    case list
    /// Two to eight letters.
    case random
  }

  public enum Form: String, Sendable, CaseIterable {
    /// A token a letter, and `_` between words.
    case letters
    /// A token a word, whose last letter must be learnt; of the list only.
    case words
  }

  public enum Entries: String, Sendable, CaseIterable {
    /// The word, a colon and its last letter.
    case spelled
    /// The word's place and its last letter.
    case short
  }

  public var words: Words
  public var form: Form
  public var entries: Entries

  public init(words: Words = .list, form: Form = .letters, entries: Entries = .spelled) {
    self.words = words
    self.form = form
    self.entries = entries
  }

  static let lengths = 2...8

  /// Tokens of the longest entry.
  var entryLength: Int {
    entries == .short ? 2 : (form == .letters ? Self.lengths.upperBound : 1) + 3
  }

  /// Different words that can be drawn.
  var count: Double {
    words == .list
      ? Double(Self.names.count)
      : Self.lengths.reduce(0) { sum, length in sum + (0..<length).reduce(1) { power, _ in 26 * power } }
  }

  /// Of two to eight letters, each once, none a word of the frame.
  static let names = """
    ada adam agnes alan albert alice amos anna anton arthur barbara ben bert bill boris carl carla cecil \
    clara conrad cora daniel david dora edgar edith edwin elias ella elon emil emma erik ernest esther \
    eva felix fiona flora frank fred gates george grace greta hanna harold heidi henry hugo ida igor \
    ines iris isaac ivan jack jacob jane john josef judith julia karl kate kurt lara laura leo linda \
    lisa louis lucy ludwig magnus maria mark martin max mia milo mona musk nadia nils nina noah nora \
    olga oliver oscar otto paul peter quentin ralf rita robert rosa ruth samuel sara simon sofia steve \
    tanja theo thomas tina toni ulrich ursula vera viktor walter wanda xaver yvonne zoe
    """.split(separator: " ").map(String.init)
}

struct LastLetterRules: SerialRules {
  let problem: LastLetters
  let words: SerialWords
  private let names: [String: Int]

  init(_ problem: LastLetters, _ settings: SerialSettings) {
    self.problem = problem
    let names = problem.form == .words ? LastLetters.names : []
    self.names = Dictionary(uniqueKeysWithValues: zip(names, 0...))
    words = SerialWords(
      length: settings.wordsLength, own: names + Self.letters.map(String.init) + ["_", ":", ";"])
  }

  struct Entry {
    /// From 1; nil in a spelled chain.
    let step: Int?
    /// nil in a short chain.
    let word: String?
    let letter: Character
  }

  private static let letters = Array("abcdefghijklmnopqrstuvwxyz")

  private func token(_ letter: Character) -> Token {
    words.own(names.count + (Self.letters.firstIndex(of: letter) ?? 0))
  }

  private var separator: Token { words.own(names.count + Self.letters.count) }
  private var colon: Token { words.own(names.count + Self.letters.count + 1) }
  private var semicolon: Token { words.own(names.count + Self.letters.count + 2) }

  private func spelled(_ word: String) -> [Token] {
    names[word].map { [words.own($0)] } ?? word.map(token)
  }

  // MARK: Tasks

  func draw(steps: Int, using random: inout CounterRandom) -> [String]? {
    (0..<steps).map { _ in word(using: &random) }
  }

  private func word(using random: inout CounterRandom) -> String {
    guard problem.words == .random else {
      return LastLetters.names[random.uniform(below: LastLetters.names.count)]
    }
    let length = LastLetters.lengths.lowerBound + random.uniform(below: LastLetters.lengths.count)
    return String((0..<length).map { _ in Self.letters[random.uniform(below: Self.letters.count)] })
  }

  func identity(of task: [String]) -> String { task.joined(separator: " ") }

  func prompt(of task: [String], _ settings: SerialSettings, using random: inout CounterRandom) -> [Token] {
    let notes = (0..<settings.distractors).map { _ in spelled(word(using: &random)) }
    return words.premises(
      task.map(spelled), tags: (1..<task.count + 1).map(words.position), notes: notes,
      shuffled: settings.shufflePremises, separator: problem.form == .letters ? [separator] : [],
      using: &random)
      + [words.equals]
  }

  func task(from prompt: [Token]) throws(SearchError) -> [String] {
    var index = 0
    let premises = try words.readPremises(
      prompt, &index, before: { $0 == words.equals },
      separator: problem.form == .letters ? separator : nil, tag: words.tag,
      value: { word(in: prompt, &$0, before: prompt.count) })
    guard index + 1 == prompt.count else {
      let reason =
        index < prompt.count
        ? "a prompt ends in \"=\"" : "\"=\" was expected, not \(words.quoted(prompt, at: index))"
      throw .badPrompt(position: min(index + 1, prompt.count), reason: reason)
    }
    guard (1...words.length).contains(premises.count) else {
      throw .badPrompt(
        position: index,
        reason: "\(premises.count) words are given; there are places for 1 to \(words.length)")
    }
    return premises.map(\.value)
  }

  func steps(of task: [String]) -> Int { task.count }

  // MARK: Responses

  func chain(of task: [String]) -> [[Token]] {
    zip(1..., task).map { step, word in
      let last = lastLetter(of: word)
      return problem.entries == .short
        ? [words.position(step), last] : spelled(word) + [colon, last, semicolon]
    }
  }

  func answer(to task: [String]) -> [Token] { task.map(lastLetter) }

  private func lastLetter(of word: String) -> Token { token(word.last ?? "a") }

  var answerLength: Int? { nil }

  func misfit(inAnswer response: [Token], from first: Int) -> Int? {
    guard first < response.count else { return first }
    return response[first...].indices.first { letter(in: response, at: $0, before: response.count) == nil }
  }

  func entry(in response: [Token], _ index: inout Int, before end: Int) -> Entry? {
    if problem.entries == .short {
      guard index < end, case .position(let step) = words.meaning(response[index]) else { return nil }
      index += 1
      guard let letter = letter(in: response, at: index, before: end) else { return nil }
      index += 1
      return Entry(step: step, word: nil, letter: letter)
    }
    guard let word = word(in: response, &index, before: end) else { return nil }
    guard index < end, response[index] == colon else { return nil }
    index += 1
    guard let letter = letter(in: response, at: index, before: end) else { return nil }
    index += 1
    guard index < end, response[index] == semicolon else { return nil }
    index += 1
    return Entry(step: nil, word: word, letter: letter)
  }

  private func letter(in tokens: [Token], at index: Int, before end: Int) -> Character? {
    guard let number = words.own(in: tokens, at: index, before: end),
      Self.letters.indices.contains(number - names.count)
    else { return nil }
    return Self.letters[number - names.count]
  }

  private func word(in tokens: [Token], _ index: inout Int, before end: Int) -> String? {
    guard problem.form == .letters else {
      guard let number = words.own(in: tokens, at: index, before: end), number < names.count else {
        return nil
      }
      index += 1
      return LastLetters.names[number]
    }
    var word = ""
    while let letter = letter(in: tokens, at: index, before: end) {
      word.append(letter)
      index += 1
    }
    return word.isEmpty ? nil : word
  }

  /// An entry is never more than a step away.
  func flaws(of entries: [Entry], in task: [String]) -> [SerialFlaw?] {
    var last = 0
    return entries.map { entry -> SerialFlaw? in
      let fitting = task.indices.filter { entry.word == task[$0] }.map { $0 + 1 }
      guard let step = entry.step ?? fitting.first(where: { $0 > last }) ?? fitting.last else {
        return .untrue("\"\(entry.word ?? "")\" is none of the words")
      }
      guard task.indices.contains(step - 1) else { return .untrue("there is no word \(step)") }
      let word = task[step - 1]
      guard word.last == entry.letter else {
        return .untrue("the last letter of \"\(word)\" is not \(entry.letter)")
      }
      defer { last = max(last, step) }
      return step > last ? nil : .disordered("word \(step) is stated after word \(last)")
    } + [nil]
  }

  // MARK: For people and reference lines

  /// The paper has no such labels for words.
  func hints(for prompt: [Token]) throws(SearchError) -> [Token?]? { nil }

  var lines: [ReferenceLine] { [ReferenceLine(name: "floor", title: "no chain")] }

  func lengths(on task: [String]) -> [Double] { [0] }

  func title(of task: [String]) -> String { "the last letters of \(task.count) words" }

  func rows(of task: [String]) -> [SerialRow] {
    task.map { SerialRow(premise: $0, value: words.vocabulary.text(of: [lastLetter(of: $0)])) }
  }

  func step(of entry: Entry, in task: [String]) -> Int? {
    entry.step ?? entry.word.flatMap(task.firstIndex).map { $0 + 1 }
  }
}
