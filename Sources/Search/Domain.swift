import Words

/// A kind of task: it draws tasks, writes them and judges responses.
///
/// A *trace* is the reasoning, an *answer* the plan or value, a *response* the trace followed by the answer.
/// No writing holds `bos` or `eos`. What only some domains have is a capability, nil by default:
/// `reference`, `variations`, `pictures`, `chains`. A domain that writes words conforms to `WordDomain`.
public protocol Domain: Sendable {
  /// The name that configurations use, such as `maze`.
  var name: String { get }

  /// What pages and tables call the domain's parts; by default, words that fit any domain.
  var terms: DomainTerms { get }

  /// The words of its prompts and responses. nil: any text may be written, as by a language model.
  var vocabulary: Vocabulary? { get }

  /// Candidate `index` of a split: a pure function of the arguments.
  ///
  /// nil: the candidate is of the other split, unsolvable, too short, or repeats another one.
  func exercise(seed: UInt64, index: Int, split: Split) -> Exercise?

  /// Reads a prompt from a person and brings it into the order that exercises are written in: two texts of
  /// one task give the same writing. Throws `SearchError` at the first word that does not fit.
  func prompt(of text: String) throws(SearchError) -> Writing

  /// Turns stored text back into a writing: by the vocabulary if there is one, else the text itself.
  func writing(of text: String) throws(SearchError) -> Writing

  /// The text to store of a writing, which `writing(of:)` turns back. A text stays as it is, byte for byte.
  func text(of writing: Writing) -> String

  /// Cuts a response before its answer; trace + answer is the response. Without an answer all of it is the
  /// trace.
  func parts(of response: Writing) -> (trace: Writing, answer: Writing)

  /// Judges a response from the prompt alone. A wrong response, whatever was written, is a verdict; throws
  /// only if the judge itself failed.
  func judge(_ response: Writing, isTerminated: Bool, to prompt: Writing) throws(JudgeFailure) -> Judgement

  /// What wrote the first traces. nil: tasks come without traces.
  var reference: (any Reference)? { get }

  /// How the baselines change what is trained on. nil: they cannot be applied.
  var variations: (any TraceVariations)? { get }

  /// How tasks and responses are drawn. nil: they are shown as text.
  var pictures: (any TaskPictures)? { get }

  /// What can be measured of a chain of steps. nil: traces are no such chains.
  var chains: (any ChainMeasures)? { get }
}

extension Domain {
  public var terms: DomainTerms { DomainTerms() }
  public var reference: (any Reference)? { nil }
  public var variations: (any TraceVariations)? { nil }
  public var pictures: (any TaskPictures)? { nil }
  public var chains: (any ChainMeasures)? { nil }

  public func writing(of text: String) throws(SearchError) -> Writing {
    guard let vocabulary else { return .text(text) }
    return .words(try vocabulary.read(text))
  }

  public func text(of writing: Writing) -> String {
    switch writing {
    case .text(let text): text
    // Numbers that no vocabulary spells are shown as they are.
    case .words(let words): (vocabulary ?? Vocabulary(words: [])).text(of: words)
    }
  }
}

extension Vocabulary {
  /// As `tokens(of:)`, with the error of this module.
  func read(_ text: some StringProtocol) throws(SearchError) -> [Token] {
    do throws(UnknownWord) { return try tokens(of: text) } catch { throw SearchError(error) }
  }
}
