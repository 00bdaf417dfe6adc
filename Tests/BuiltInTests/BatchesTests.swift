import Determinism
import Learning
import Testing
import Words

@testable import BuiltIn

/// The batches of a job: their order, their ends, and what is drawn anew in each epoch.
@Suite struct BatchesTests {
  private static let vocabulary = Vocabulary(words: (0..<20).map { "w\($0)" })

  private func job(
    lessons: Int, batchSize: Int, epochs: Double,
    vary: (@Sendable (_ index: Int, _ epoch: Int) -> Lesson)? = nil
  ) -> TrainingJob {
    TrainingJob(
      round: 3, seed: 1, start: nil,
      lessons: (0..<lessons).map { Lesson(prompt: .words([Token($0) + 2]), response: .words([4, 5])) },
      batchSize: batchSize, epochs: epochs, checkpointInterval: 10, vary: vary)
  }

  @Test func eachEpochTakesEachLessonOnceInAnOrderOfItsOwn() {
    let batches = Batches(of: job(lessons: 10, batchSize: 5, epochs: 2), .words(Self.vocabulary))
    let taken = Array(batches.batches(from: 0)).map { $0.map(\.prompt) }
    #expect(batches.steps == 4 && taken.count == 4)
    for epoch in [taken[0] + taken[1], taken[2] + taken[3]] { #expect(Set(epoch).count == 10) }
    #expect(taken[0] + taken[1] != taken[2] + taken[3])
    // A resumed job continues with the batch it would have seen.
    #expect(Array(batches.batches(from: 3)).map { $0.map(\.prompt) } == [taken[3]])
    // Prompt and response with their ends: 3 + 4 tokens.
    #expect(batches.tokens == 4 * 5 * 7)
  }

  @Test func aJobWithoutPassesOrLessonsHasNoSteps() {
    #expect(Batches(of: job(lessons: 4, batchSize: 2, epochs: 0), .words(Self.vocabulary)).steps == 0)
    #expect(Batches(of: job(lessons: 0, batchSize: 2, epochs: 1), .words(Self.vocabulary)).steps == 0)
    #expect(Batches(of: job(lessons: 1, batchSize: 8, epochs: 0.1), .words(Self.vocabulary)).steps == 1)
  }

  @Test func whatVariesIsAFunctionOfLessonAndEpoch() {
    let vary: @Sendable (Int, Int) -> Lesson = { index, epoch in
      var random = CounterRandom(seed: 1, stream: .mixture, UInt64(index), UInt64(epoch))
      let words = (0..<random.uniform(below: 6)).map { Token($0) + 2 }
      return Lesson(prompt: .words([2]), response: .words(words))
    }
    let batches = Batches(
      of: job(lessons: 1, batchSize: 1, epochs: 60, vary: vary), .words(Self.vocabulary))
    let all = Array(batches.batches(from: 0)).map { $0[0] }
    #expect(all.count == 60 && Set(all.map(\.response.count)).count > 4)
    #expect(Array(batches.batches(from: 41)).map { $0[0] } == Array(all[41...]))
    #expect(batches.tokens == all.reduce(0) { $0 + $1.prompt.count + $1.response.count })
  }
}
