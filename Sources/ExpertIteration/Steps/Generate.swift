import Search
import Store

extension Run {
  /// Draws the round's fresh training exercises, and in round 0 the test exercises with A*'s mean length.
  /// Candidates are taken in index order; the store skips a prompt it has, so no exercise appears twice. They
  /// come in blocks, a commit each, which change nothing but the speed: a commit writes much of the indexes
  /// anew, so in a large set few large ones are quicker.
  func generate(round: Int) throws {
    let training = round == 0 ? configuration.base.exercises : configuration.rounds.exercises
    let testing = round == 0 ? configuration.evaluation.exercises : 0
    announce(.generate, round: round, total: training + testing, unit: "exercises")
    try draw(training, of: .train, round: round, offset: 0, total: training + testing)
    try draw(testing, of: .test, round: round, offset: training, total: training + testing)
    try store.setPhase(round: round, to: Phase.generate.next(inRound: round))
  }

  private func draw(_ wanted: Int, of split: Split, round: Int, offset: Int, total: Int) throws {
    let seed = configuration.seed
    let domain = domain
    let runs = configuration.evaluation.referenceRuns
    var have = try store.exerciseCount(split: split.rawValue, round: round)
    var next = try store.nextExerciseIndex(split: split.rawValue)
    var (block, barren) = (Self.smallestBlock, 0)
    while have < wanted {
      try checkForStop()
      let candidates = Array(next..<next + block)
      let found = parallelMap(candidates, threads: options.threads) { index -> ExerciseRecord? in
        guard let exercise = domain.exercise(seed: seed, index: index, split: split) else { return nil }
        let mean =
          split == .test
          ? try? domain.referenceTraceLength(of: exercise.prompt, runs: runs, seed: seed, index: index) : nil
        return ExerciseRecord(exercise, round: round, referenceLength: mean, vocabulary: domain.vocabulary)
      }
      let inserted = try store.appendExercises(
        found.compactMap { $0 }, split: split.rawValue, upTo: wanted - have,
        nextIndex: next + candidates.count)
      have += inserted
      next = try store.nextExerciseIndex(split: split.rawValue)
      barren = inserted == 0 ? barren + block : 0
      block = min(2 * block, Self.largestBlock)
      guard barren < Self.barrenCandidates else {
        throw RunError.tooFewExercises(split: split.rawValue, wanted: wanted, found: have)
      }
      surroundings.observe(
        .phaseAdvanced(
          round: round, phase: .generate, done: offset + have, total: total, tokens: 0,
          values: [("split", split.rawValue)]))
    }
  }

  private static var smallestBlock: Int { 8192 }
  private static var largestBlock: Int { 65_536 }
  /// Candidates without a new exercise after which the space counts as used up.
  private static var barrenCandidates: Int { 524_288 }
}

extension ExerciseRecord {
  init(_ exercise: Exercise, round: Int, referenceLength: Double?, vocabulary: Vocabulary) {
    self.init(
      split: exercise.split.rawValue, candidateIndex: exercise.index, round: round,
      prompt: vocabulary.text(of: exercise.prompt), trace: vocabulary.text(of: exercise.trace),
      answer: vocabulary.text(of: exercise.answer), optimalCost: exercise.optimalCost,
      traceLength: exercise.trace.count, layoutSHA256: exercise.layoutDigest, referenceLength: referenceLength
    )
  }
}
