import Configuration
import Foundation
import Search
import Testing

/// What a run can learn nothing from, and the first configurations, of both kinds from outside.
@Suite struct OutsideConfigurationTests {
  /// `parts` follow the prompt of each task.
  private static func tasks(_ kind: String, _ count: Int = 100, trace: String) -> [String] {
    (0..<count).map { number in
      #"{"prompt": "p\#(number)", \#(trace)"answer": "\#(kind == "text" ? "Answer:" : "answer") 8", "#
        + #""split": "\#(number * 20 / count < 19 ? "train" : "test")"}"#
    }
  }

  @Test(arguments: ["external", "text"]) func nothingIsShorterThanAnEmptyTrace(kind: String) throws {
    let text = TaskFolder.text(kind: kind)
    let empty = Self.tasks(kind, trace: #""trace": "", "#)
    try TaskFolder.with(empty) { folder in
      #expect(
        folder.complaint(text)?.hasSuffix(
          "\"tasks\" have no traces, so that the rounds could keep nothing that is shorter; give the tasks "
            + "traces, choose another method, or set rounds.count to 0") == true)
      #expect(folder.complaint(TaskFolder.text(kind: kind, #", "method": "continued""#)) == nil)
      // A run that is there already is read.
      #expect(folder.complaint(text, loading: .tasks) == nil)
    }
    let one = empty[0].replacingOccurrences(of: #""trace": """#, with: #""trace": "t""#)
    try TaskFolder.with([one] + empty.dropFirst()) { #expect($0.complaint(text) == nil) }
  }

  @Test(arguments: ["external", "text"]) func aTaskMayComeWithoutATrace(kind: String) throws {
    let text = TaskFolder.text(kind: kind)
    let bare = Self.tasks(kind, trace: "")
    try TaskFolder.with(bare) { folder in
      #expect(
        folder.complaint(text)?.hasSuffix(
          "\"tasks\" come without traces, so that round 0 has nothing to train on; give the tasks traces, or "
            + "start from weights that answer already: base.weights, with base.epochs 0") == true)
      #expect(folder.complaint(TaskFolder.text(kind: kind, #", "method": "solutionOnly""#)) == nil)
      let domain = try folder.configuration(text, loading: .tasks).domain.makeDomain()
      let exercises = (0..<100).compactMap { domain.exercise(seed: 1, index: $0, split: .train) }
      #expect(exercises.count == 95 && exercises.allSatisfy { $0.trace == nil } && domain.reference == nil)
    }
    let first = Self.tasks(kind, trace: #""trace": "t", "#)[0]
    try TaskFolder.with([first] + bare.dropFirst()) { folder in
      let domain = try folder.configuration(text).domain
      #expect(domain.longestUsualResponse == (kind == "text" ? 11 : 4))
      #expect(try domain.makeDomain().reference == nil)
    }
  }

  @Test(arguments: ["external", "text"]) func theFirstConfigurationIsOne(kind: String) throws {
    let starter = try #require(RunConfiguration.starter(kind: kind))
      .replacingOccurrences(of: "./check", with: "/bin/sh")
    try TaskFolder.with(Self.tasks(kind, 6000, trace: #""trace": "t", "#)) { folder in
      let configuration = try folder.configuration(starter)
      #expect(configuration.model.width == 64 && configuration.model.architecture == .decoderOnly)
      #expect(configuration.model.tokenShift == (kind == "text" ? 3 : 2))
      #expect(configuration.sampler.maximumLength == (kind == "text" ? 11 : 4))
    }
  }
}
