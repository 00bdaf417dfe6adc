import Testing

@testable import Store

@Suite struct CanonicalTests {
  @Test func theCanonicalRowsAreThese() throws {
    let scratch = try Scratch()
    let store = try scratch.store()
    try Scenario.zero(store)
    try Scenario.one(store)
    let rows = try store.canonicalDigestRows()
    #expect(rows.first == "run\tmaze\t\(sha("b"))\t18446744073709551615")
    #expect(
      rows.filter { $0.hasPrefix("round\t1") } == [
        "round\t1\taccepted\t0\t100\t\(sha("0"))\t100\t\(sha("1"))\t\(sha("c"))\t12345\t300\t2\t\\N"
      ])
    #expect(
      rows.filter { $0.hasPrefix("checkpoint\t1") } == ["checkpoint\t1\t100\t1000\t\(sha("1"))"])
    #expect(
      rows.filter { $0.hasPrefix("exercise\ttest\t40") } == [
        "exercise\ttest\t40\t0\tstart 4 goal\tcreate 4\tplan 4\t4\t100\t\(layout(4))"
      ])
    #expect(
      rows.filter { $0.hasPrefix("sampling\t1\ttrain\t30") } == [
        "sampling\t1\ttrain\t30\t4\t4\t4\t4\t3\t2\t500\t200\t50\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N"
      ])
    #expect(
      rows.filter { $0.hasPrefix("trace\t1\ttrain\t10") } == [
        "trace\t1\ttrain\t10\t0\t100\t\(sha("0"))\t2\t\\N\tclose 25\tplan 1\t25\t1\t0"
      ])
    #expect(
      rows.filter { $0.hasPrefix("evaluation\t1\ttest\ttest\t70") } == [
        "evaluation\t1\ttest\ttest\t70\t4\t4\t4\t2\t0\t0\t1000\t120\t55\t220\t7\t2\t24\t12\t"
          + #"{"optimal":[1,1],"correct":[2],"wrong":[]}"#
      ])
    #expect(
      rows.filter { $0.hasPrefix("interval\t1") } == [
        "interval\t1\ttest\t\toptimal_pct\t0x4044051eb851eb85\t0x4047800000000000",
        "interval\t1\ttest\t\tshorter_pct\t0xbff428f5c28f5c29\t0x4004000000000000",
        "interval\t1\ttest\treference\tshorter_pct\t0xbff4f5c28f5c28f6\t0x403e000000000000",
      ])
    #expect(rows.contains("measured\t1\ttest\trelative_length\t0x3fe0000000000000"))
    #expect(rows.contains("reference\ttest\t40\treference\t0x4059000000000000"))
    #expect(rows.filter { $0.hasPrefix("fault\t1\tsample") } == ["fault\t1\tsample\tplanEntersWall\t3"])
    #expect(rows.contains("metric\t0\ttrain\t100\tloss\t0x3fb999999999999a"))
    #expect(rows.count == 1 + 2 + 2 + 8 + 8 + 3 + 2 + 8 + 7 + 2 + 2 + 6)
  }

  @Test func nothingThatDependsOnInterruptionsIsInIt() throws {
    let plain = try Scratch()
    let store = try plain.store()
    try Scenario.all(store)

    let interrupted = try Scratch()
    let other = try interrupted.store()
    _ = try other.beginAttempt(pid: 1, bootID: "b", host: "h", at: noon)
    try Scenario.begin(other)
    try other.insertCheckpoint(Scenario.checkpoint(round: 0, step: 37, isFinal: false), metrics: [])
    _ = try other.beginAttempt(pid: 2, bootID: "b", host: "h", at: "2026-01-01T00:00:00Z")
    try Scenario.train(other, round: 0, kept: 0)
    try other.addSeconds(round: 0, phase: .train, seconds: 1000)
    try Scenario.evaluate(other, round: 0, Scenario.firstEvaluation)
    try Scenario.one(other)
    try Scenario.two(other)
    try other.setFinished(reason: "stopped early")
    #expect(try other.canonicalDigestRows() == store.canonicalDigestRows())
  }

  @Test func aChangedBitChangesARow() throws {
    let scratch = try Scratch()
    let store = try scratch.store()
    try Scenario.begin(store)
    let before = try store.canonicalDigestRows()
    try store.execute(
      "UPDATE reference_lines SET tokens = \(100.0.nextUp) WHERE exercise_id = 4 AND name = 'reference'")
    #expect(Set(try store.canonicalDigestRows()).subtracting(before).count == 1)
  }

  @Test func textIsEscaped() throws {
    let scratch = try Scratch()
    let store = try scratch.store()
    try store.insertRun(Scenario.run())
    try store.execute("UPDATE runs SET domain = 'a\\b' || char(9) || 'c' || char(10) || 'd'")
    #expect(try store.canonicalDigestRows() == ["run\ta\\\\b\\tc\\nd\t\(sha("b"))\t18446744073709551615"])
  }
}
