import Search
import Store

extension Run {
  /// Draws the round's fresh training exercises, and in round 0 the test exercises and their reference lines.
  /// Candidates are taken in index order; the store skips a prompt it has, so no exercise appears twice. They
  /// come in blocks, a commit each, which change nothing but the speed: a commit writes much of the indexes
  /// anew, so in a large set few large ones are quicker.
  func generate(round: Int) throws {
    let training = round == 0 ? configuration.base.exercises : configuration.rounds.exercises
    let testing = round == 0 ? configuration.evaluation.exercises : 0
    announce(.generate, round: round, total: training + testing, unit: "exercises")
    try draw(training, of: .train, round: round, offset: 0, total: training + testing)
    try draw(testing, of: .test, round: round, offset: training, total: training + testing)
    try measureReferences(round: round, total: training + testing)
    try store.setPhase(round: round, to: Phase.generate.next(inRound: round))
  }

  private func draw(_ wanted: Int, of split: Split, round: Int, offset: Int, total: Int) throws {
    let seed = configuration.seed
    let domain = domain
    var have = try store.exerciseCount(split: split.rawValue, round: round)
    var next = try store.nextExerciseIndex(split: split.rawValue)
    var (block, barren) = (Self.smallestBlock, 0)
    while have < wanted {
      try checkForStop()
      let candidates = Array(next..<next + block)
      let found = parallelMap(candidates, threads: options.threads) { index -> ExerciseRecord? in
        domain.exercise(seed: seed, index: index, split: split).map {
          ExerciseRecord($0, round: round, vocabulary: domain.vocabulary)
        }
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

  /// Computes the reference lines of the test exercises that lack one: all in round 0, none later, unless an
  /// earlier version drew them.
  private func measureReferences(round: Int, total: Int) throws {
    let (domain, settings) = (domain, configuration.referenceSettings)
    let names = domain.referenceLines(settings).map(\.name)
    let missing = try store.exercisesWithoutReferences(names)
    for start in stride(from: 0, to: missing.count, by: Self.referenceBlock) {
      try checkForStop()
      let block = Array(missing[start...].prefix(Self.referenceBlock))
      let rows = parallelMap(block, threads: options.threads) { exercise in
        Result {
          let lengths = try domain.referenceLengths(
            of: try domain.vocabulary.tokens(of: exercise.prompt), settings, index: exercise.candidateIndex)
          return zip(names, lengths).map {
            ReferenceRecord(exerciseID: exercise.id, name: $0, tokens: $1)
          }
        }
      }
      try store.insertReferences(rows.flatMap { try $0.get() })
      surroundings.observe(
        .phaseAdvanced(
          round: round, phase: .generate, done: total, total: total, tokens: 0,
          values: [("references", "\(start + block.count) of \(missing.count)")]))
    }
  }

  /// A few seconds of A* on the largest mazes.
  private static var referenceBlock: Int { 32 }
  private static var smallestBlock: Int { 8192 }
  private static var largestBlock: Int { 65_536 }
  /// Candidates without a new exercise after which the space counts as used up.
  private static var barrenCandidates: Int { 524_288 }
}

extension ExerciseRecord {
  init(_ exercise: Exercise, round: Int, vocabulary: Vocabulary) {
    self.init(
      split: exercise.split.rawValue, candidateIndex: exercise.index, round: round,
      prompt: vocabulary.text(of: exercise.prompt), trace: vocabulary.text(of: exercise.trace),
      answer: vocabulary.text(of: exercise.answer), optimalCost: exercise.optimalCost,
      traceLength: exercise.trace.count, layoutSHA256: exercise.layoutDigest)
  }
}
