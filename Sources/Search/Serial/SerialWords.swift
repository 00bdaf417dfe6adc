import Words

/// The words that serial domains share, and those of one domain, which have numbers from 0.
///
///     ans    before the answer
///     =      after the prompt
///     note   before a premise that does not count
///     @1 @2  before the value after that step, and before a premise that is out of its order
struct SerialWords: Sendable {
  /// What one token says alone.
  enum Meaning: Sendable, Equatable {
    case answer, equals, note
    /// From 1.
    case position(Int)
    /// A word of the domain's own.
    case own(Int)
    /// `bos`, `eos`, or no token of this vocabulary.
    case nothing
  }

  let vocabulary: Vocabulary
  let answer: Token
  let equals: Token
  let note: Token
  /// How many steps have words.
  var length: Int { positions.count }
  private let positions: [Token]
  private let own: [Token]
  private let meanings: [Meaning]

  init(length: Int, own words: [String]) {
    let frame: [(text: String, meaning: Meaning)] = [("ans", .answer), ("=", .equals), ("note", .note)]
    let positionSpellings = (1..<length + 1).map { (text: "@\($0)", meaning: Meaning.position($0)) }
    let ownSpellings = words.enumerated().map { (text: $1, meaning: Meaning.own($0)) }
    let vocabulary = Vocabulary(words: (frame + positionSpellings + ownSpellings).map(\.text))
    var meanings = [Meaning](repeating: .nothing, count: vocabulary.count)
    func number(_ spelling: (text: String, meaning: Meaning)) -> Token {
      guard let token = vocabulary.token(spelling.text) else { preconditionFailure("a word got lost") }
      meanings[Int(token)] = spelling.meaning
      return token
    }
    (answer, equals, note) = (number(frame[0]), number(frame[1]), number(frame[2]))
    positions = positionSpellings.map(number)
    own = ownSpellings.map(number)
    self.meanings = meanings
    self.vocabulary = vocabulary
  }

  func meaning(_ token: Token) -> Meaning {
    meanings.indices.contains(Int(token)) ? meanings[Int(token)] : .nothing
  }

  /// The number of a word of the domain's own; nil: it is none, or `tokens` end before it.
  func own(in tokens: [Token], at index: Int, before end: Int) -> Int? {
    guard index < end, case .own(let number) = meaning(tokens[index]) else { return nil }
    return number
  }

  func own(_ number: Int) -> Token { own[number] }

  /// `@k`.
  func position(_ k: Int) -> Token { positions[k - 1] }

  /// `"@2"`, or `the end` if there is no such token.
  func quoted(_ tokens: [Token], at index: Int) -> String {
    index < tokens.count ? "\"\(vocabulary.word(tokens[index]))\"" : "the end"
  }
}
