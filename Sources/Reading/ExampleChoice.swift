import ExpertIteration
import Search
import Store

/// A task to show and which of its samples.
struct ExampleChoice: Equatable {
  let reason: String
  let exercise: Int64
  /// What the newest round's sample should be.
  let wanted: Wanted

  enum Wanted {
    case optimal, wrong, unsound
  }

  /// The first sample that is as wanted (of round 0: optimal), or else the first optimal, or else the first;
  /// nil: there is none.
  func pick(_ samples: [ExampleSample], isNewest: Bool) -> ExampleSample? {
    let wanted = isNewest ? self.wanted : .optimal
    let fitting = samples.first { sample in
      switch wanted {
      case .optimal: sample.isOptimal
      case .wrong: !sample.isCorrect
      case .unsound: sample.isCorrect && !sample.isSound
      }
    }
    return fitting ?? samples.first(where: \.isOptimal) ?? samples.first
  }
}

extension ExampleChoice {
  /// Four tasks by what became of them between two evaluations of the same tasks: the median saving, the
  /// largest, one that got worse, one with an unsound trace. Ties go to the smaller number; no task twice.
  static func choices(
    _ before: [EvaluationRecord], _ now: [EvaluationRecord], regressed: [Int64]
  ) -> [Self] {
    let earlier = Dictionary(before.map { ($0.exerciseID, $0.tally) }) { first, _ in first }
    let tasks = now.compactMap { row in
      earlier[row.exerciseID].map { Course(id: row.exerciseID, before: $0, now: row.tally) }
    }
    var chosen: [Self] = []
    func add(_ reason: String, _ id: Int64?, _ wanted: Wanted) {
      guard let id, !chosen.contains(where: { $0.exercise == id }) else { return }
      chosen.append(Self(reason: reason, exercise: id, wanted: wanted))
    }
    let savings = savings(of: tasks)
    add("the median saving", savings.isEmpty ? nil : savings[savings.count / 2].id, .optimal)
    add("the largest saving", savings.last?.id, .optimal)

    let lost = tasks.filter { $0.now.optimal < $0.before.optimal }
      .max { ($0.before.optimal - $0.now.optimal, -$0.id) < ($1.before.optimal - $1.now.optimal, -$1.id) }
    // Those that a newer round, not accepted, failed may be solved here.
    let unsolved = Set(tasks.filter { $0.now.optimal == 0 }.map(\.id))
    let regression = regressed.first { id in
      unsolved.contains(id) && !chosen.contains { $0.exercise == id }
    }
    if let regression {
      add("a task that is no longer solved", regression, .wrong)
    } else {
      add("the largest loss of optimal answers", lost?.id, .wrong)
    }
    let unsound = tasks.filter { task in !chosen.contains { $0.exercise == task.id } }
      .max { ($0.now.correct - $0.now.sound, -$0.id) < ($1.now.correct - $1.now.sound, -$1.id) }
    if let unsound, unsound.now.correct > unsound.now.sound {
      add("right answers from untrue traces", unsound.id, .unsound)
    }
    if chosen.isEmpty { add("the first task, as none is solved", tasks.first?.id, .wrong) }
    return chosen
  }

  /// A task in two rounds.
  private struct Course {
    let id: Int64
    let before: Tally
    let now: Tally
  }

  /// The smallest first.
  private static func savings(of tasks: [Course]) -> [(id: Int64, saving: Double)] {
    tasks.compactMap { task -> (id: Int64, saving: Double)? in
      guard let then = task.before.meanOptimalLength, let length = task.now.meanOptimalLength, then > 0 else {
        return nil
      }
      return (task.id, 1 - length / then)
    }.sorted { ($0.saving, $0.id) < ($1.saving, $1.id) }
  }
}
