import Foundation
import Testing

/// `shorten report` and `shorten plot` on a real run of a second or two.
@Suite(.serialized) struct ReportCommandTests {
  @Test func aRunLeavesAPageAndReportWritesTheSame() throws {
    try RunCommandTests.withConfig { folder in
      let run = try Shell.shorten("run", "--config", "maze.json", "--quiet", "--threads", "1", in: folder)
      #expect(run == Outcome(output: "", errors: "", status: 0))
      let page = try String(contentsOf: folder.appending(path: "runs/maze/report.html"), encoding: .utf8)
      #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("Optimal answers (pass@1): "))
      #expect(!page.contains(folder.path) && !page.contains(ProcessInfo.processInfo.hostName))
      let report = try Shell.shorten("report", "runs/maze", "-o", "page.html", in: folder)
      #expect(report == Outcome(output: "page.html\n", errors: "", status: 0))
      #expect(try String(contentsOf: folder.appending(path: "page.html"), encoding: .utf8) == page)
      let digest = try Shell.shorten("digest", "runs/maze", in: folder).output
      #expect(page.contains(digest.trimmingCharacters(in: .newlines)))

      let two = try Shell.shorten("report", "runs/maze", "runs/maze", "--threads", "2", in: folder)
      #expect(two.output == "runs/maze/report.html\n")
      let beside = try String(contentsOf: folder.appending(path: "runs/maze/report.html"), encoding: .utf8)
      #expect(beside.contains("Beside other runs"))

      let change = Process()
      change.executableURL = URL(filePath: "/usr/bin/env")
      change.arguments = [
        "sqlite3", folder.appending(path: "runs/maze/shorten.db").path,
        "UPDATE evaluations SET generated_tokens = generated_tokens + 1 WHERE round = 1",
      ]
      try change.run()
      change.waitUntilExit()
      _ = try Shell.shorten("report", "runs/maze", "-o", "other.html", in: folder)
      let other = try String(contentsOf: folder.appending(path: "other.html"), encoding: .utf8)
      #expect(other.contains("with the weights of round 1 does not give the evaluation&#39;s tally"))

      try FileManager.default.removeItem(at: folder.appending(path: "runs/maze/checkpoints"))
      _ = try Shell.shorten("report", "runs/maze", in: folder)
      let poor = try String(contentsOf: folder.appending(path: "runs/maze/report.html"), encoding: .utf8)
      #expect(poor.contains("No examples. The weights cannot be read: checkpoints/r00-"))
    }
  }

  @Test func figuresAreWrittenByName() throws {
    try RunCommandTests.withConfig { folder in
      _ = try Shell.shorten("run", "--config", "maze.json", "--quiet", in: folder)
      let list = try Shell.shorten("plot", "runs/maze", "--list", in: folder).output
      #expect(list.contains("accuracy             Right answers against round\n"))
      let figure = try Shell.shorten("plot", "runs/maze", "--figure", "accuracy", in: folder)
      #expect(figure.output.hasPrefix("<svg xmlns=") && figure.output.hasSuffix("</svg>\n"))
      let file = try Shell.shorten("plot", "runs/maze", "--figure", "accuracy", "-o", "a.svg", in: folder)
      #expect(file.output == "a.svg\n")
      #expect(
        try String(contentsOf: folder.appending(path: "a.svg"), encoding: .utf8) == figure.output)
      let unknown = try Shell.shorten("plot", "runs/maze", "--figure", "acuracy", in: folder)
      #expect(unknown.status == 2)
      #expect(
        unknown.errors.hasPrefix(
          "error: --figure acuracy is unknown (did you mean \"accuracy\"?); known: "))
    }
  }

  @Test func whatCannotBeReadOrWrittenIsSaid() throws {
    try RunCommandTests.withConfig { folder in
      let missing = try Shell.shorten("report", "runs/maze", in: folder)
      #expect(missing.status == 65 && missing.errors.contains("shorten.db: no such file."))
      #expect(try Shell.shorten("report", in: folder).status == 2)
      #expect(try Shell.shorten("plot", "runs/maze", in: folder).status == 2)
      _ = try Shell.shorten("run", "--config", "maze.json", "--quiet", in: folder)
      let place = try Shell.shorten("report", "runs/maze", "-o", "no/such/page.html", in: folder)
      #expect(place.status == 74)
      #expect(place.errors.hasPrefix("error: no/such/page.html cannot be written: "))
    }
  }

  /// The page of a run belongs to it; that it cannot be written is no failure of the run.
  @Test func aRunThatCannotWriteItsPageIsDoneAllTheSame() throws {
    try RunCommandTests.withConfig { folder in
      let place = folder.appending(path: "runs/maze/report.html/x")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      let run = try Shell.shorten("run", "--config", "maze.json", in: folder)
      #expect(run.status == 0)
      #expect(
        run.errors.contains("notice: the report was not written: runs/maze/report.html cannot be written: "))
      #expect(run.errors.contains("Finished: all 1 rounds are done."))
    }
  }
}
