import Testing

@testable import Report

@Suite struct DifferenceTests {
  @Test func theLongestCommonSubsequenceStays() {
    let difference = Difference(from: ["a", "b", "c", "d"], to: ["b", "x", "d"])
    #expect(difference.pieces == [.removed("a"), .kept("b"), .removed("c"), .added("x"), .kept("d")])
    #expect((difference.keptCount, difference.removedCount, difference.addedCount) == (2, 2, 1))
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
