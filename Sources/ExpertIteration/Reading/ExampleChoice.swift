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
  func pick(_ samples: [JudgedResponse], isNewest: Bool) -> Int? {
    let wanted = isNewest ? self.wanted : .optimal
    let fitting = samples.firstIndex { sample in
      let judgement = sample.judgement
      return switch wanted {
      case .optimal: judgement.answer.isOptimal
      case .wrong: !judgement.answer.isCorrect
      case .unsound: judgement.answer.isCorrect && !judgement.trace.isSound
      }
    }
    let optimal = samples.firstIndex { $0.judgement.answer.isOptimal }
    return fitting ?? optimal ?? samples.indices.first
  }
}

/// Four tasks by what became of them between two evaluations of the same tasks: the median saving, the
/// largest, one that got worse, one with an unsound trace. Ties go to the smaller number; no task twice.
func choose(
  _ before: [EvaluationRecord], _ now: [EvaluationRecord], regressed: [Int64]
) -> [ExampleChoice] {
  let earlier = Dictionary(before.map { ($0.exerciseID, $0.tally) }) { first, _ in first }
  let tasks = now.compactMap { row in
    earlier[row.exerciseID].map { (id: row.exerciseID, before: $0, now: row.tally) }
  }
  var chosen: [ExampleChoice] = []
  func add(_ reason: String, _ id: Int64?, _ wanted: ExampleChoice.Wanted) {
    guard let id, !chosen.contains(where: { $0.exercise == id }) else { return }
    chosen.append(ExampleChoice(reason: reason, exercise: id, wanted: wanted))
  }
  let savings = tasks.compactMap { task -> (id: Int64, saving: Double)? in
    guard let then = task.before.meanOptimalLength, let length = task.now.meanOptimalLength, then > 0 else {
      return nil
    }
    return (task.id, 1 - length / then)
  }.sorted { ($0.saving, $0.id) < ($1.saving, $1.id) }
  add("the median saving", savings.isEmpty ? nil : savings[savings.count / 2].id, .optimal)
  add("the largest saving", savings.last?.id, .optimal)

  let lost = tasks.filter { $0.now.optimal < $0.before.optimal }
    .max { ($0.before.optimal - $0.now.optimal, -$0.id) < ($1.before.optimal - $1.now.optimal, -$1.id) }
  // Those that a newer round, not accepted, failed may be solved here.
  let unsolved = Set(tasks.filter { $0.now.optimal == 0 }.map(\.id))
  if let id = regressed.first(where: { id in unsolved.contains(id) && !chosen.contains { $0.exercise == id } }
  ) {
    add("a task that is no longer solved", id, .wrong)
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
