import Foundation
import Learning
import Search
import Text
import Words

/// An echo with rules, to drive the rounds without a network: it answers from the tasks' own solutions and
/// leaves out as many lines as its weights say, or one more. Training sets them to what its lessons left
/// out on average.
struct Parrot: Learner {
  /// By prompt: the lines of the whole reasoning, and the right answer.
  let solutions: [Writing: (lines: [String], answer: String)]
  var promise = Promise.reproducible
  /// What it gets wrong of the seam.
  var fault: Fault?

  enum Fault: CaseIterable, Sendable { case fewerRequests, fewerResponses, fewerLengths, nul }

  var identity: LearnerIdentity {
    LearnerIdentity(
      name: "parrot", digest: String(repeating: "ab", count: 32),
      unit: LengthUnit(name: "characters"), countsWords: false, promise: promise)
  }

  func lengths(of writings: [Writing]) -> [Int] {
    let lengths = writings.map(\.text.unicodeScalars.count)
    return fault == .fewerLengths ? lengths.dropLast() : lengths
  }

  func writer(of weights: Artifact) throws -> any Writer {
    let (total, lessons) = try Self.read(weights)
    return ParrotWriter(
      solutions: solutions, leftOut: lessons > 0 ? total / Double(lessons) : 0, fault: fault)
  }

  /// A step a lesson. Its weights are a folder with two numbers in a file: lines left out, and lessons.
  func train(_ job: TrainingJob, at desk: any TrainingDesk) throws -> Trained {
    let steps = job.epochs == 0 ? 0 : job.lessons.count
    desk.begins(steps: steps)
    var (total, done) = try job.resume.map(Self.read) ?? (0, 0)
    while done < steps {
      if desk.isStopping, done > 0 { _ = try keep(total, done, isFinal: false, at: desk) }
      try desk.checkForStop()
      let lesson = job.lessons[done]
      let whole = solutions[lesson.prompt]?.lines.count ?? 0
      total += Double(whole - (lesson.response.text.split(separator: "\n").count - 1))
      done += 1
      desk.advanced(to: done, of: steps, length: 1, loss: nil)
      if done.isMultiple(of: job.checkpointInterval), done < steps {
        _ = try keep(total, done, isFinal: false, at: desk)
      }
    }
    // Without lessons it stays as it began.
    if steps == 0 { (total, done) = try job.start.map(Self.read) ?? (0, 0) }
    return Trained(
      weights: try keep(total, done, isFinal: true, at: desk), sequences: steps, length: steps)
  }

  private func keep(
    _ total: Double, _ done: Int, isFinal: Bool, at desk: any TrainingDesk
  ) throws -> Artifact {
    let folder = URL(filePath: try desk.folder(step: done), directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("\(total) \(done)".utf8).write(to: folder.appending(path: "left-out.txt"))
    let metrics = isFinal ? [TrainingMetric(step: done, name: "left_out", value: total)] : []
    return try desk.keep(.folder(folder.path), step: done, isFinal: isFinal, metrics)
  }

  private static func read(_ weights: Artifact) throws -> (total: Double, done: Int) {
    let text = try String(contentsOfFile: weights.path + "/left-out.txt", encoding: .utf8)
    let numbers = text.split(separator: " ")
    return (Double(numbers[0]) ?? 0, Int(numbers[1]) ?? 0)
  }
}

private struct ParrotWriter: Writer {
  let solutions: [Writing: (lines: [String], answer: String)]
  let leftOut: Double
  let fault: Parrot.Fault?

  /// One answer of five is wrong; one of seven is cut. Behind an opening it goes on with the line after its
  /// last one.
  func respond(
    to requests: [Request], _ settings: WritingSettings, _ watch: WritingWatch
  ) -> [[Response]]? {
    if watch.isCancelled() { return nil }
    return requests.dropLast(fault == .fewerRequests ? 1 : 0).map { request in
      request.keys.dropLast(fault == .fewerResponses ? 1 : 0).map { key in
        let (lines, answer) = solutions[request.prompt] ?? ([], "")
        let kept = max(0, lines.count - Int(leftOut.rounded()) - Int(key >> 8 & 1))
        let opening = request.opening?.text ?? ""
        let given = opening.split(separator: "\n").last.flatMap { lines.firstIndex(of: String($0)) } ?? -1
        let reasoning = opening + lines.prefix(kept).dropFirst(given + 1).map { $0 + "\n" }.joined()
        let text = reasoning + (key.isMultiple(of: 5) ? "Answer: none" : answer) + (fault == .nul ? "\0" : "")
        return Response(
          writing: .text(text), isTerminated: !key.isMultiple(of: 7), length: text.unicodeScalars.count)
      }
    }
  }
}
