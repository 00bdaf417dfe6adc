import Determinism
import Words

/// Sokoban: every box onto a dock in the fewest moves. Draws levels, searches them with A*, writes both and
/// judges responses.
///
///     let domain = try SokobanDomain(SokobanSettings())
///     domain.exercise(seed: 1, index: 8, split: .train)        // the same on every machine, or nil
///
/// The smallest image of a level without its worker under the symmetries of the square decides the split (a
/// tenth is for testing), so no test level was trained on, turned, mirrored, or from another start. Levels
/// are drawn and searched as for the Searchformer paper (Lehnert et al., 2024); its traces have 10,000 tokens
/// or more for half of the levels, which are left out there as here.
public struct SokobanDomain: WordDomain {
  let settings: SokobanSettings
  let grid: Grid
  let language: SokobanLanguage
  let judge: SokobanJudge

  /// Throws the first of `settings.errors`.
  public init(_ settings: SokobanSettings) throws {
    if let error = settings.errors.first { throw error }
    self.settings = settings
    grid = Grid(width: settings.width, height: settings.height)
    language = SokobanLanguage(grid, costWords: settings.costWords)
    judge = SokobanJudge(language: language)
  }

  public var name: String { "sokoban" }

  public var words: Vocabulary { language.vocabulary }

  public var terms: DomainTerms { .search }

  public func exercise(seed: UInt64, index: Int, split: Split) -> Exercise? {
    precondition(index >= 0, "candidates are numbered from 0")
    guard let level = SokobanLevel(settings, grid: grid, seed: seed, index: index) else { return nil }
    let digest = level.digest
    guard Split(ofIdentity: digest) == split else { return nil }
    var random = CounterRandom(seed: seed, stream: .search, UInt64(index))
    var problem = SokobanProblem(level)
    var search = AStar()
    // No clause is shorter than one without boxes, so a search of more steps is too long.
    let maximumSteps = settings.maximumTraceTokens / language.clauseLength(freeBoxes: 0)
    guard search.run(&problem, settings.tieBreak, maximumSteps: maximumSteps, using: &random),
      let cost = search.cost,
      language.traceLength(search, problem) <= settings.maximumTraceTokens,
      let trace = language.trace(search, problem)
    else { return nil }
    return Exercise(
      index: index, split: split, prompt: .words(language.prompt(level)), trace: .words(trace),
      answer: .words(language.answer(search, problem)), optimalCost: cost,
      identityDigest: SHA256.hexadecimal(digest))
  }

  /// Reads the words of a prompt, or a level as `.xsb`.
  public func promptTokens(of text: String) throws(SearchError) -> [Token] {
    try language.prompt(of: text)
  }

  public func split(_ response: [Token]) -> (trace: ArraySlice<Token>, answer: ArraySlice<Token>) {
    language.split(response)
  }

  public func judge(_ response: [Token], isTerminated: Bool, to prompt: [Token]) -> Judgement {
    judge.judge(response, isTerminated: isTerminated, to: prompt)
  }

  public var reference: (any Reference)? {
    SokobanReference(language: language, tieBreak: settings.tieBreak, costWords: settings.costWords)
  }

  public var variations: (any TraceVariations)? { SokobanVariations(language: language) }
  public var pictures: (any TaskPictures)? { SokobanPictures(judge: judge) }
}
