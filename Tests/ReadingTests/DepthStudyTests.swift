import Configuration
import ExpertIteration
import Search
import Testing

@testable import Reading

@Suite struct DepthStudyTests {
  private func run(
    layers: Int, method: TraceMethod = .expertIteration, seed: UInt64 = 1, wallPercent: Int? = nil,
    mostWalls: Int? = nil, tieBreak: TieBreak? = nil, tokens: Int = 90, optimal: Int = 2
  ) throws -> StoredRun {
    var configuration = StoredRun.configuration
    configuration.model.decoderLayers = layers
    configuration.method = method
    configuration.seed = seed
    if let wallPercent { configuration.domain.maze?.minimumWallPercent = wallPercent }
    if let tieBreak { configuration.domain.maze?.tieBreak = tieBreak }
    if let mostWalls { configuration.domain.maze?.maximumWallPercent = mostWalls }
    return try StoredRun(configuration, tokens: tokens, optimal: optimal, accepting: true)
  }

  @Test func runsOfADepthBecomeACell() throws {
    let runs = [
      try run(layers: 2), try run(layers: 1), try run(layers: 1, seed: 2),
      try run(layers: 1, method: .solutionOnly, optimal: 1),
    ]
    let study = try withExtendedLifetime(runs) { try DepthStudy(of: runs.map { try $0.reader() }) }
    #expect(study.cells.map(\.problem) == ["maze", "maze"])
    #expect(study.cells.map(\.depth) == [1, 2])
    #expect(study.cells.map(\.seeds) == [[1, 2], [1]])
    #expect(study.cells.map(\.base) == [25, nil])
    #expect(study.cells.map(\.hint) == [nil, nil])
    #expect(study.cells.map(\.chain) == [50, 50])
    let reached = try #require(study.cells[0].reached)
    #expect(reached.rounds == [1, 1])
    #expect(reached.tokens == 40)
    #expect(abs(reached.share.value - 100 * 40 / 61.25) < 0.05)
    #expect(study.cells[0].course.map(\.round) == [0, 1] && study.cells[0].course.last?.optimalPercent == 50)
    #expect(study.cells[0].course.last?.share == reached.share.value)
    #expect(study.cells[0].start == 45 && study.cells[0].taught == nil)
    #expect(study.lines.map(\.line.name) == ["reference", "shortestLegal"])
    #expect(study.cells[1].json.contains(#""depth":2"#))
  }

  @Test func whatWasTaughtStandsByItsStride() throws {
    var configuration = try RunConfiguration(
      parsing: #require(RunConfiguration.starter(kind: "modularAddition")), file: "sums.json")
    var runs: [StoredRun] = []
    for (stride, optimal) in [(1, 2), (4, 1), (2, 3)] {
      configuration.domain.serial?.stride = stride
      runs.append(try StoredRun(configuration, tokens: 150, optimal: optimal, accepting: true))
    }
    let study = try withExtendedLifetime(runs) { try DepthStudy(of: runs.map { try $0.reader() }) }
    #expect(study.cells.map(\.taught) == ["2: 75.0, 4: 25.0"])
    #expect(study.cells[0].chain == 50)
  }

  /// Round 1 answers half of the samples; round 0 answered more of them.
  @Test func aRoundThatAnswersWorseDoesNotCount() throws {
    let run = try run(layers: 1, tokens: 150, optimal: 3)
    let study = try withExtendedLifetime(run) { try DepthStudy(of: [run.reader()]) }
    #expect(study.cells[0].reached?.rounds == [0])
    #expect(study.cells[0].reached?.tokens == 50)
  }

  @Test func problemsOfAKindAreKeptApart() throws {
    let runs = [try run(layers: 1), try run(layers: 1, wallPercent: 35)]
    let study = try withExtendedLifetime(runs) { try DepthStudy(of: runs.map { try $0.reader() }) }
    #expect(study.cells.map(\.problem) == ["maze minimumWallPercent 30", "maze minimumWallPercent 35"])
  }

  @Test func oneSettingThatTellsThemApartIsEnough() throws {
    let runs = [
      try run(layers: 1), try run(layers: 1, wallPercent: 35, mostWalls: 40),
      try run(layers: 1, wallPercent: 36),
    ]
    func problems(_ runs: [StoredRun]) throws -> [String] {
      try withExtendedLifetime(runs) { try DepthStudy(of: runs.map { try $0.reader() }) }.cells.map(\.problem)
    }
    #expect(
      try problems(runs)
        == ["maze minimumWallPercent 30", "maze minimumWallPercent 35", "maze minimumWallPercent 36"])
    let more = runs + [try run(layers: 1, mostWalls: 40)]
    #expect(try problems(more).first == "maze maximumWallPercent 40 minimumWallPercent 30")
    let ties = [try run(layers: 1), try run(layers: 1, tieBreak: .lifo)]
    #expect(try problems(ties) == ["maze tieBreak coin", "maze tieBreak lifo"])
  }
}
