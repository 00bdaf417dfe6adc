import Configuration
import ExpertIteration
import Testing

@testable import Report

@Suite struct DifferenceTests {
  @Test func theLongestCommonSubsequenceStays() {
    let difference = Difference(from: ["a", "b", "c", "d"], to: ["b", "x", "d"])
    #expect(difference.pieces == [.removed("a"), .kept("b"), .removed("c"), .added("x"), .kept("d")])
    #expect((difference.keptCount, difference.removedCount, difference.addedCount) == (2, 2, 1))
  }

  /// As many pieces stay as the table of all prefixes says.
  @Test(arguments: 0..<20) func noLongerSubsequenceIsMissed(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func piece() -> String {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return String(state >> 60)
    }
    let (old, new) = ((0..<40).map { _ in piece() }, (0..<30).map { _ in piece() })
    var best = [[Int]](repeating: [Int](repeating: 0, count: new.count + 1), count: old.count + 1)
    for i in old.indices {
      for j in new.indices {
        best[i + 1][j + 1] = old[i] == new[j] ? best[i][j] + 1 : max(best[i][j + 1], best[i + 1][j])
      }
    }
    let difference = Difference(from: old, to: new)
    #expect(difference.keptCount == best[old.count][new.count])
    #expect(difference.keptCount + difference.removedCount == old.count)
    let written = difference.pieces.compactMap { piece -> String? in
      switch piece {
      case .kept(let text), .added(let text): text
      case .removed: nil
      }
    }
    #expect(written == new)
  }

  @Test func oneSideMayBeEmpty() {
    #expect(Difference(from: [], to: ["a"]).pieces == [.added("a")])
    #expect(Difference(from: ["a"], to: []).pieces == [.removed("a")])
    #expect(Difference(from: [], to: []).pieces == [])
  }

  @Test func longTextsKeepTheirEnds() {
    let middle = (0..<6000).map { "m\($0)" }
    let difference = Difference(from: ["a"] + middle + ["z"], to: ["a"] + middle.reversed() + ["z"])
    #expect((difference.keptCount, difference.removedCount, difference.addedCount) == (2, 6000, 6000))
  }

  @Test func piecesAreMarkedAndEscaped() {
    #expect(
      Difference(from: ["<a>"], to: ["b"]).markup.html
        == "<p class=\"difference\"><del>&lt;a&gt;</del> <ins>b</ins></p>")
  }
}
