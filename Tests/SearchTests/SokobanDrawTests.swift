import Determinism
import Testing

@testable import Search

/// How levels are drawn, split, and written as text.
struct SokobanDrawTests {
  @Test func aLevelIsDrawnAsInThePaper() throws {
    let settings = SokobanSettings()
    let grid = Grid(width: 7, height: 7)
    let language = SokobanLanguage(grid, costWords: 64)
    var starts: [Int: Int] = [:]
    for index in 0..<3000 {
      let level = try #require(SokobanLevel(settings, grid: grid, seed: 1, index: index))
      #expect(language.prompt(level).count == 93)
      #expect(level.boxes.allSatisfy { (2...4).contains(grid.x($0)) && (2...4).contains(grid.y($0)) })
      let taken = level.boxes + level.docks + [level.worker]
      #expect(Set(taken).count == 5 && taken.allSatisfy { !level.isWall[$0] })
      #expect(level.isWall.count { $0 } == 26)
      for cell in 0..<49 where [0, 6].contains(grid.x(cell)) || [0, 6].contains(grid.y(cell)) {
        #expect(level.isWall[cell])
      }
      starts[level.worker, default: 0] += 1
    }
    #expect(starts.count == 25 && starts.values.allSatisfy { $0 > 50 })
  }

  @Test func thePaperHas40016WordsAndTheDefaultEighty() throws {
    #expect(try SokobanDomain(SokobanSettings(costWords: 40_000)).words.count == 40_016)
    #expect(try SokobanDomain(SokobanSettings()).words.count == 80)
  }

  @Test func aLevelIsReadAsItIsWritten() throws {
    let grid = Grid(width: 8, height: 7)
    for index in 0..<50 {
      let settings = SokobanSettings(width: 8, height: 7, boxes: 3)
      guard let level = SokobanLevel(settings, grid: grid, seed: 2, index: index) else { continue }
      #expect(try SokobanLevel(xsb: level.xsb) == level)
    }
    let text = "#####\n#+*$#\n#. .#\n#####"
    #expect(try SokobanLevel(xsb: text).xsb == text)
    #expect(try SokobanLevel(xsb: "\n  \n  ###\n###.###\r\n#@ $  #\n#######\n\n").xsb.hasPrefix("  ###  \n"))
    for (text, error) in [
      ("", SearchError.badLevel(line: 1, column: 1, reason: "the level is 0x0, not 3x3 to 10x10")),
      (
        "####\n#@x#\n####",
        .badLevel(line: 2, column: 3, reason: "\"x\" is none of # @ + $ * . and space")
      ),
      ("####\n#@@#\n####", .badLevel(line: 2, column: 3, reason: "a second worker")),
      ("####\n#$.#\n####", .badLevel(line: 1, column: 1, reason: "no worker")),
      ("####\n#@.#\n####", .badLevel(line: 1, column: 1, reason: "no box")),
      ("####\n#@$#\n####", .badLevel(line: 1, column: 1, reason: "1 box, but no dock")),
    ] {
      #expect(throws: error) { try SokobanLevel(xsb: text) }
    }
  }

  /// Turned, mirrored, or from another start: always the same side.
  @Test func theSplitKnowsNoDirectionAndNoStart() throws {
    for (width, height) in [(7, 7), (8, 6)] {
      let settings = SokobanSettings(width: width, height: height)
      let grid = Grid(width: width, height: height)
      var digests: Set<[UInt8]> = []
      for index in 0..<40 {
        guard let level = SokobanLevel(settings, grid: grid, seed: 3, index: index) else { continue }
        var rows = level.xsb.split(separator: "\n").map { Array($0) }
        for _ in 0..<2 {
          for _ in 0..<4 {
            rows = rows[0].indices.map { x in rows.reversed().map { $0[x] } }
            let image = try SokobanLevel(xsb: rows.map { String($0) }.joined(separator: "\n"))
            #expect(image.digest == level.digest)
          }
          rows.reverse()
        }
        let free = try #require(level.isWall.lastIndex(of: false))
        let moved = SokobanLevel(
          grid: grid, isWall: level.isWall, docks: level.docks, worker: free, boxes: level.boxes)
        #expect(moved.digest == level.digest)
        digests.insert(level.digest)
      }
      #expect(digests.count > 35)
    }
    let corridor = try SokobanLevel(xsb: "#####\n#@$.#\n#####")
    #expect(corridor.canonicalText == "3x5 ###/# #/#$#/#.#/###")
  }

  @Test func settingsThatCannotBeDrawnAreRefused() {
    func errors(_ change: (inout SokobanSettings) -> Void) -> [String] {
      var settings = SokobanSettings()
      change(&settings)
      return settings.errors.map(\.description)
    }
    #expect(errors { _ in }.isEmpty)
    #expect(errors { $0.width = 4 } == ["width: 4, but it must be 5...10"])
    #expect(errors { $0.height = 11 } == ["height: 11, but it must be 5...10"])
    #expect(
      errors { $0.boxes = 9 }
        == ["boxes: 9, but it must be 1...8: boxes start two cells away from the edge"])
    #expect(errors { $0.boxes = 8 }.isEmpty)
    #expect(
      errors { $0.innerWalls = 21 }
        == [
          "innerWalls: 21, but it must be 0...20: the worker, the boxes and the docks need a cell each"
        ])
    #expect(errors { $0.costWords = 2 } == ["costWords: 2, but it must be 16...40000"])
    #expect(errors { $0.maximumTraceTokens = 0 } == ["maximumTraceTokens: 0, but it must be 36...10000000"])
    #expect(throws: SearchError.self) { try SokobanDomain(SokobanSettings(width: 3)) }
  }

  @Test func tracesAndCostsThatAreTooLongAreLeftOut() throws {
    let long = try SokobanDomain(SokobanSettings(maximumTraceTokens: 1_000_000))
    let short = try SokobanDomain(SokobanSettings(maximumTraceTokens: 2000))
    let cheap = try SokobanDomain(SokobanSettings(maximumTraceTokens: 1_000_000, costWords: 16))
    var seen = (short: 0, cheap: 0)
    for index in 0..<200 {
      guard let exercise = long.drawn(seed: 4, index: index, split: .train) else { continue }
      let isShort = exercise.trace.count <= 2000
      #expect((short.drawn(seed: 4, index: index, split: .train) == exercise) == isShort)
      let other = cheap.drawn(seed: 4, index: index, split: .train)
      #expect((other == nil) || exercise.optimalCost < 16)
      seen.short += isShort ? 1 : 0
      seen.cheap += other == nil ? 0 : 1
    }
    #expect(seen.short > 10 && seen.cheap > 10)
  }

  @Test func promptsSayWhereAndWhyTheyAreRefused() throws {
    let domain = try SokobanDomain(SokobanSettings())
    let level = "worker 1 1 box 2 2 dock 3 3"
    func error(_ text: String) -> String? {
      do throws(SearchError) { _ = try domain.promptTokens(of: text) } catch { return "\(error)" }
      return nil
    }
    #expect(error(level) == nil)
    #expect(error("dock 2 2 dock 1 1 \(level)") == nil)
    #expect(error("\(level) worker 1 2") == "token 9: a second worker")
    #expect(error("\(level) box 2 2") == "token 9: a box at 2 2, where a box is")
    #expect(error("\(level) box 1 1") == "token 9: a box at 1 1, where a worker is")
    #expect(error("\(level) dock 3 3") == "token 9: a dock at 3 3, where a dock is")
    #expect(error("\(level) wall 3 3") == "token 9: a wall at 3 3, where a dock is")
    #expect(error("\(level) plan 1 2") == "token 9: \"plan\" belongs to a response, not to a prompt")
    #expect(error("\(level) wall 1") == "token 11: a coordinate was expected, not the end")
    #expect(
      error("\(level) 1")
        == "token 9: \"worker\", \"box\", \"dock\" or \"wall\" with its place was expected, not \"1\"")
    #expect(error("box 2 2 dock 3 3") == "token 6: no worker")
    #expect(error("worker 1 1 dock 3 3") == "token 6: no box")
    #expect(error("\(level) box 4 4") == "token 12: 2 boxes, but 1 dock")
    #expect(error("\(level) wall 7 0")?.hasPrefix("token 9: \"wall 7 0\" is outside the 7x7 board") == true)
    #expect(error("\(level) wal 0 0")?.contains("the nearest is \"wall\"") == true)
    #expect(error("#####\n#@$.#\n#####")?.contains("the level is 5x3, the board 7x7") == true)
  }
}
