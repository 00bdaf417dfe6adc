import Determinism
import Testing
import Words

@testable import Search

/// What a prompt may say to no effect, and boards that are read in another board's words.
struct MazeDistractorTests {
  @Test func irrelevantWallsChangeNoTrace() throws {
    var settings = MazeSettings(width: 7, height: 6, tieBreak: .deterministic)
    settings.irrelevantWalls = 2
    let domain = try MazeDomain(settings)
    settings.irrelevantWalls = 0
    let plain = try MazeDomain(settings)
    for exercise in domain.exercises(seed: 1, split: .test, count: 30) {
      let maze = try domain.language.maze(from: exercise.prompt)
      // Each of the two is a cell that no way reached: without it the task is a larger one, its search the
      // same.
      let freed = maze.isWall.indices.filter { cell in
        guard maze.isWall[cell] else { return false }
        var isWall = maze.isWall
        isWall[cell] = false
        return Maze(grid: maze.grid, isWall: isWall, start: maze.start, goal: maze.goal).unreachable.contains(
          cell)
      }
      #expect(freed.count >= 2)
      var isWall = maze.isWall
      for cell in freed { isWall[cell] = false }
      let open = Maze(grid: maze.grid, isWall: isWall, start: maze.start, goal: maze.goal)
      var random = CounterRandom(seed: 1, stream: .search)
      let solution = try plain.solve(plain.language.prompt(open), using: &random)
      #expect(solution.trace == exercise.trace && solution.answer == exercise.answer)
    }
  }

  @Test func theFirstGoalCounts() throws {
    var settings = MazeSettings(width: 3, height: 3)
    settings.decoyGoals = 2
    let domain = try MazeDomain(settings)
    let text = "start 0 2 goal 1 0 goal 2 2 goal 0 0 wall 1 2"
    let prompt = try domain.promptTokens(of: text)
    #expect(domain.words.text(of: prompt) == "start 0 2 goal 1 0 goal 0 0 goal 2 2 wall 1 2")
    let maze = try domain.language.maze(from: prompt)
    #expect(maze.goal == 1 && maze.decoys == [0, 8])
    var random = CounterRandom(seed: 1, stream: .search)
    let solution = try domain.solve(prompt, using: &random)
    let response = solution.trace + (solution.answer ?? [])
    #expect(domain.judge(response, isTerminated: true, to: prompt).trace.isLegal)
    for (bad, reason) in [
      ("start 0 2 goal 1 0 goal 2 2 goal 0 0 goal 0 1", "more than 2 goals after the first"),
      ("start 0 2 goal 1 0 goal 2 2 wall 2 2", "the goal 2 2 is a wall"),
    ] {
      let error = #expect(throws: SearchError.self) { try domain.promptTokens(of: bad) }
      #expect(error?.description.contains(reason) == true)
    }
    let plain = try MazeDomain(MazeSettings(width: 3, height: 3))
    let error = #expect(throws: SearchError.self) { try plain.prompt(of: text) }
    #expect(error?.description.contains("a second goal") == true)
  }

  @Test(arguments: MazeGrammar.allCases)
  func oneVocabularyServesBoardsOfManySizes(grammar: MazeGrammar) throws {
    var settings = MazeSettings(width: 5, height: 4, grammar: grammar)
    (settings.vocabularyWidth, settings.vocabularyHeight) = (7, 6)
    let small = try MazeDomain(settings)
    (settings.width, settings.height) = (7, 6)
    let large = try MazeDomain(settings)
    #expect(small.words.digest == large.words.digest)
    #expect(
      small.words.digest
        != (try MazeDomain(.init(width: 5, height: 4, grammar: grammar))).words.digest)
    // A cell of the large board is a word of the small one too, and no place there.
    for exercise in large.exercises(seed: 1, count: 20) {
      let verdict = small.judge(exercise.trace + exercise.answer, isTerminated: true, to: exercise.prompt)
      let fits = exercise.prompt.indices.allSatisfy { _ in
        (try? small.language.maze(from: exercise.prompt)) != nil
      }
      if !fits { #expect(verdict.answer.fault?.kind == .badPrompt) }
    }
    settings.vocabularyWidth = 6
    #expect(throws: SearchError.self) { try MazeDomain(settings) }
  }

  /// Costs and places beyond the board are faults, never a crash.
  @Test(arguments: MazeGrammar.allCases) func wordsBeyondTheBoardAreJudged(grammar: MazeGrammar) throws {
    var settings = MazeSettings(width: 4, height: 4, grammar: grammar)
    (settings.vocabularyWidth, settings.vocabularyHeight) = (20, 20)
    let domain = try MazeDomain(settings)
    var random = CounterRandom(seed: 2, stream: .sampling)
    for exercise in domain.exercises(seed: 2, count: 20) {
      for _ in 0..<300 {
        var response = exercise.trace + exercise.answer
        response[random.uniform(below: response.count)] = Token(
          random.uniform(below: domain.words.count))
        let judgement = domain.judge(response, isTerminated: true, to: exercise.prompt)
        #expect(judgement.trace.isSound || judgement.trace.fault != nil)
        _ = domain.frames(of: response, to: exercise.prompt)
      }
    }
  }
}
