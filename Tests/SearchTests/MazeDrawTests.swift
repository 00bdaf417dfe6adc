import Determinism
import Testing
import Words

@testable import Search

struct MazeDrawTests {
  private func layouts(_ settings: MazeSettings, seed: UInt64 = 1, count: Int) -> [MazeLayout] {
    let grid = Grid(width: settings.width, height: settings.height)
    return (0..<count).map { MazeLayout(settings, grid: grid, seed: seed, number: $0) }
  }

  @Test(
    arguments: [
      (3, 3, 0, 0), (4, 4, 3, 5), (5, 5, 6, 10), (6, 6, 9, 15), (7, 7, 12, 20), (8, 8, 18, 30),
      (10, 10, 30, 50),
      (20, 20, 120, 200), (30, 30, 270, 450), (9, 5, 12, 20),
    ])
  func theNumberOfWallsFollowsTheReference(width: Int, height: Int, least: Int, most: Int) {
    let settings = MazeSettings(width: width, height: height)
    #expect(settings.walls == least...most)
    let counts = layouts(settings, count: 40 * (most - least + 1)).map { layout in
      layout.isWall.count { $0 }
    }
    #expect(Set(counts).isSubset(of: Set(least...most)))
    #expect(most > 50 || Set(counts).count == most - least + 1)
  }

  /// 20,000 layouts of 5x5 with 6 to 10 walls: each cell is a wall in 32 %, within 5 standard errors.
  @Test func wallsAndEndpointsFallOnEveryCellAlike() {
    let settings = MazeSettings(width: 5, height: 5)
    var (walls, starts, goals) = ([Int](repeating: 0, count: 25), [Int](repeating: 0, count: 25), [0])
    goals = starts
    for (number, layout) in layouts(settings, count: 20_000).enumerated() {
      for cell in layout.isWall.indices where layout.isWall[cell] { walls[cell] += 1 }
      let (start, goal) = layout.endpoints(seed: 1, number: number, draw: 0)
      #expect(start != goal && !layout.isWall[start] && !layout.isWall[goal])
      starts[start] += 1
      goals[goal] += 1
    }
    for count in walls { #expect(abs(count - 6400) < 330) }
    for count in starts + goals { #expect(abs(count - 800) < 139) }
  }

  @Test func anExerciseIsPinned() throws {
    let domain = try MazeDomain(MazeSettings(width: 5, height: 5))
    let exercise = try #require(domain.exercises(seed: 1, count: 1).first)
    #expect(exercise.index == 0)
    #expect(
      domain.words.text(of: exercise.prompt) == """
        start 4 0 goal 2 2 wall 1 0 wall 2 0 wall 3 0 wall 2 1 wall 4 2 wall 0 4 wall 1 4 wall 2 4 wall 3 4
        """)
    #expect(
      domain.words.text(of: exercise.trace) == """
        create 4 0 c0 c4 close 4 0 c0 c4 create 4 1 c1 c3 close 4 1 c1 c3 create 3 1 c2 c2 close 3 1 c2 c2 \
        create 3 2 c3 c1 close 3 2 c3 c1 create 3 3 c4 c2 create 2 2 c4 c0 close 2 2 c4 c0
        """)
    #expect(domain.words.text(of: exercise.answer) == "plan 4 0 plan 4 1 plan 3 1 plan 3 2 plan 2 2")
    #expect(exercise.identityDigest == "3199bd397bed4935e51454345f985345180a89aabfbf9fce368f73743444e72c")
  }

  @Test(arguments: [(4, 4), (6, 6), (5, 8), (9, 4), (10, 10), (100, 100), (3, 60)])
  func everyExerciseIsSolvableLongEnoughAndOfItsSplit(width: Int, height: Int) throws {
    let domain = try MazeDomain(MazeSettings(width: width, height: height))
    for split in Split.allCases {
      for exercise in domain.exercises(seed: 2, split: split, count: width * height > 500 ? 3 : 60) {
        let maze = OpenMaze(try domain.language.maze(from: exercise.prompt))
        #expect(maze.distances[maze.goal] == exercise.optimalCost)
        #expect(exercise.optimalCost + 1 >= max(width, height))
        #expect(exercise.split == split)
        let word = try #require(UInt64(exercise.identityDigest.prefix(16), radix: 16))
        #expect(word % 10 == 0 ? split == (word % 50 == 0 ? .validation : .test) : split == .train)
      }
    }
  }

  @Test func theWallPercentagesAndTheShortestPlanAreFollowed() throws {
    let open = try MazeDomain(
      MazeSettings(
        width: 8, height: 8, minimumWallPercent: 0, maximumWallPercent: 10, drawsPerLayout: 1,
        minimumPlanCells: 12))
    for exercise in open.exercises(seed: 1, count: 50) {
      #expect(exercise.optimalCost >= 11)
      #expect(exercise.prompt.count <= 6 + 3 * 6)
    }
  }

  @Test func aLayoutServesItsDrawsAndNoTaskComesTwice() throws {
    let domain = try MazeDomain(MazeSettings(width: 4, height: 4, drawsPerLayout: 100))
    let exercises = (0..<2_000).compactMap { domain.drawn(seed: 1, index: $0, split: .train) }
    for group in Dictionary(grouping: exercises, by: { $0.index / 100 }).values {
      #expect(Set(group.map(\.identityDigest)).count == 1)
      #expect(Set(group.map(\.prompt)).count == group.count)
    }
    #expect(exercises.count > 200)
  }

  @Test func theTestMazesAreNoImagesOfTrainingMazes() throws {
    for (width, height) in [(4, 4), (5, 3), (6, 6)] {
      let domain = try MazeDomain(MazeSettings(width: width, height: height))
      let turned = try MazeDomain(MazeSettings(width: height, height: width))
      func walls(_ domain: MazeDomain, _ split: Split) throws -> [OpenMaze] {
        try domain.exercises(seed: 1, split: split, count: 300).map {
          OpenMaze(try domain.language.maze(from: $0.prompt))
        }
      }
      let tested = Set(try walls(domain, .test).map(\.walls))
      for maze in try walls(domain, .train) + walls(turned, .train) {
        for image in symmetries(maze.width, maze.height)
        where (maze.width == width) != image.isTransposed || width == height {
          let isTested = tested.contains(Set(maze.walls.map { image.map($0) }))
          #expect(!isTested)
        }
      }
      let share =
        Double((0..<8_000).count { domain.drawn(seed: 5, index: $0, split: .test) != nil })
        / Double((0..<8_000).count { domain.drawn(seed: 5, index: $0, split: .train) != nil })
      #expect(abs(share - 1 / 9) < 0.07)
    }
  }

  @Test func theEightImagesOfALayoutHaveOneDigestAndOthersHaveAnother() {
    for (width, height) in [(3, 3), (6, 6), (5, 3), (3, 5), (7, 12)] {
      var digests: Set<[UInt8]> = []
      let settings = MazeSettings(width: width, height: height, minimumWallPercent: 50)
      for layout in layouts(settings, count: 20) {
        let texts = symmetries(width, height).map { image -> String in
          let isSwapped = image.isTransposed && width != height
          let grid = Grid(width: isSwapped ? height : width, height: isSwapped ? width : height)
          var isWall = [Bool](repeating: false, count: grid.count)
          for cell in layout.isWall.indices where layout.isWall[cell] {
            let to = image.map(Cell(x: cell % width, y: cell / width))
            isWall[to.y * grid.width + to.x] = true
          }
          return MazeLayout(grid: grid, isWall: isWall).canonicalText
        }
        #expect(Set(texts) == [layout.canonicalText])
        digests.insert(layout.digest)
      }
      #expect(width * height < 10 || digests.count > 10)
    }
    let corner = MazeLayout(grid: Grid(width: 4, height: 3), isWall: (0..<12).map { $0 == 4 })
    #expect(corner.canonicalText == "3x4 .../.../.../.#.")
  }
}

/// One of the eight symmetries of a board, on cells.
struct Symmetry {
  let isTransposed: Bool
  let map: @Sendable (Cell) -> Cell
}

func symmetries(_ width: Int, _ height: Int) -> [Symmetry] {
  [false, true].flatMap { isTransposed in
    [false, true].flatMap { mirrorsX in
      [false, true].map { mirrorsY in
        Symmetry(isTransposed: isTransposed) { cell in
          let x = mirrorsX ? width - 1 - cell.x : cell.x
          let y = mirrorsY ? height - 1 - cell.y : cell.y
          return isTransposed ? Cell(x: y, y: x) : Cell(x: x, y: y)
        }
      }
    }
  }
}
