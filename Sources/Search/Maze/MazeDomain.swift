import Determinism
import Words

/// Shortest ways through mazes: draws them, searches them with A*, writes both and judges responses.
///
///     let domain = try MazeDomain(MazeSettings(width: 10, height: 10))
///     domain.exercise(seed: 1, index: 8, split: .train)        // the same on every machine, or nil
///
/// A layout of walls serves `drawsPerLayout` candidates: layout = index / drawsPerLayout. Its smallest image
/// under the symmetries of the square decides the split (a tenth of the layouts is for testing), so no test
/// maze was trained on, turned or mirrored. Tasks are drawn as for the Searchformer paper (Lehnert et al.,
/// 2024).
public struct MazeDomain: WordDomain {
  let settings: MazeSettings
  let grid: Grid
  let language: MazeLanguage
  let judge: MazeJudge

  /// Throws the first of `settings.errors`.
  public init(_ settings: MazeSettings) throws {
    if let error = settings.errors.first { throw error }
    self.settings = settings
    grid = Grid(width: settings.width, height: settings.height)
    language = MazeLanguage(
      settings.grammar, grid, words: Grid(width: settings.wordsWidth, height: settings.wordsHeight),
      decoyGoals: settings.decoyGoals)
    judge = MazeJudge(language: language)
  }

  public var name: String { "maze" }

  public var words: Vocabulary { language.vocabulary }

  public var terms: DomainTerms { .search }

  public func exercise(seed: UInt64, index: Int, split: Split) -> Exercise? {
    precondition(index >= 0, "candidates are numbered from 0")
    let (number, draw) = index.quotientAndRemainder(dividingBy: settings.drawsPerLayout)
    let layout = MazeLayout(settings, grid: grid, seed: seed, number: number)
    let (start, goal) = layout.endpoints(seed: seed, number: number, draw: draw)
    var maze = Maze(grid: grid, isWall: layout.isWall, start: start, goal: goal)
    guard let cost = maze.optimalCost, cost + 1 >= settings.leastPlanCells else { return nil }
    for earlier in 0..<draw
    where layout.endpoints(seed: seed, number: number, draw: earlier) == (start, goal) { return nil }
    var finalLayout = layout
    if settings.irrelevantWalls + settings.decoyGoals > 0 {
      guard let distracted = maze.distracted(by: settings, seed: seed, index: index) else { return nil }
      maze = distracted
      finalLayout = MazeLayout(grid: grid, isWall: maze.isWall)
    }
    let digest = finalLayout.digest
    guard Split(ofIdentity: digest) == split else { return nil }
    var random = CounterRandom(seed: seed, stream: .search, UInt64(index))
    let solution = runs.solution(of: maze, using: &random)
    guard let answer = solution.answer else { return nil }
    return Exercise(
      index: index, split: split, prompt: .words(language.prompt(maze)), trace: solution.trace,
      answer: answer, optimalCost: cost, identityDigest: SHA256.hexadecimal(digest))
  }

  public func promptTokens(of text: String) throws(SearchError) -> [Token] {
    try language.prompt(of: text)
  }

  public func split(_ response: [Token]) -> (trace: ArraySlice<Token>, answer: ArraySlice<Token>) {
    language.split(response)
  }

  public func judge(_ response: [Token], isTerminated: Bool, to prompt: [Token]) -> Judgement {
    judge.judge(response, isTerminated: isTerminated, to: prompt)
  }

  public var reference: (any Reference)? { runs }
  public var variations: (any TraceVariations)? { MazeVariations(language: language) }
  public var pictures: (any TaskPictures)? { MazePictures(judge: judge) }

  private var runs: MazeReference { MazeReference(language: language, tieBreak: settings.tieBreak) }
}
