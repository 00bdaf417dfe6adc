import Determinism

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
public struct SokobanDomain: Domain {
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

  public var vocabulary: Vocabulary { language.vocabulary }

  public var terms: DomainTerms { .search }

  public func exercise(seed: UInt64, index: Int, split: Split) -> Exercise? {
    precondition(index >= 0, "candidates are numbered from 0")
    guard let level = SokobanLevel(settings, grid: grid, seed: seed, index: index) else { return nil }
    let digest = level.digest
    guard Split(ofLayout: digest) == split else { return nil }
    var random = CounterRandom(seed: seed, stream: .search, UInt64(index))
    var problem = SokobanProblem(level)
    var search = AStar()
    // No clause is shorter than one without boxes: what goes on beyond so many is too long.
    let maximumSteps = settings.maximumTraceTokens / language.clauseLength(freeBoxes: 0)
    guard search.run(&problem, settings.tieBreak, maximumSteps: maximumSteps, using: &random),
      let cost = search.cost,
      language.traceLength(search, problem) <= settings.maximumTraceTokens,
      let trace = language.trace(search, problem)
    else { return nil }
    return Exercise(
      index: index, split: split, prompt: language.prompt(level), trace: trace,
      answer: answer(search, problem), optimalCost: cost, layoutDigest: SHA256.hexadecimal(digest))
  }

  /// The words of a prompt, or a level as `.xsb`.
  public func prompt(of text: String) throws(SearchError) -> [Token] {
    try language.prompt(of: text)
  }

  public func judge(_ response: [Token], isTerminated: Bool, to prompt: [Token]) -> Judgement {
    judge.judge(response, isTerminated: isTerminated, to: prompt)
  }

  public func split(_ response: [Token]) -> (trace: ArraySlice<Token>, answer: ArraySlice<Token>) {
    let end = response.firstIndex(where: language.isPlan) ?? response.endIndex
    return (response[..<end], response[end...])
  }

  /// Throws also where a cost has no word.
  public func solve(_ prompt: [Token], using random: inout CounterRandom) throws(SearchError) -> Solution {
    var problem = SokobanProblem(try language.level(from: prompt))
    var search = AStar()
    let isSolved = search.run(&problem, settings.tieBreak, using: &random)
    guard let trace = language.trace(search, problem) else {
      let reason = "the search meets costs above c\(settings.costWords - 1), the last that has a word"
      throw .badPrompt(position: prompt.count, reason: reason)
    }
    return Solution(
      trace: trace, answer: isSolved ? answer(search, problem) : nil, expansions: search.expansions)
  }

  public func drawing(of prompt: [Token]) -> String {
    SokobanPicture.drawing(of: prompt, language)
  }

  public func frames(of response: [Token], to prompt: [Token]) -> [String] {
    SokobanPicture.frames(of: response, to: prompt, judge)
  }

  public func replay(of response: [Token], isTerminated: Bool, to prompt: [Token]) -> Replay? {
    SokobanReplay.replay(of: response, isTerminated: isTerminated, to: prompt, judge)
  }

  private func answer(_ search: AStar, _ problem: SokobanProblem) -> [Token] {
    language.answer(search.plan.map { problem.level.worker(of: problem.states[$0]) })
  }
}

/// Traces with clauses left out, and what makes a response begin with a trace or a plan.
extension SokobanDomain {
  public func trace(
    _ trace: [Token], dropping level: DroppingLevel, using random: inout CounterRandom
  ) -> [Token] {
    level.thinned(trace, using: &random) { index in
      language.clause(in: trace, &index, before: trace.count)?.isClose
    }
  }

  public func opening(_ mode: ResponseMode, to prompt: [Token]) -> Token? {
    guard mode != .auto, (try? language.level(from: prompt)) != nil else { return nil }
    return language.token(mode == .slow ? .create : .plan)
  }
}
