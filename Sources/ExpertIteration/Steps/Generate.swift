import Search
import Store

extension Run {
  /// Draws the round's fresh training exercises, and in round 0 those of the evaluation sets and their
  /// reference lines.
  /// Candidates are taken in index order; the store skips a prompt it has, so no exercise appears twice. They
  /// come in blocks, a commit each, which change nothing but the speed: a commit writes much of the indexes
  /// anew, so in a large set few large ones are quicker.
  func generate(round: Int) throws {
    let training = freshExercises(of: round)
    let sets = [training] + (round == 0 ? evaluationSets.filter { $0.mode == .auto } : [])
    let total = sets.reduce(0) { $0 + $1.count }
    announce(.generate, round: round, total: total, unit: "exercises")
    var offset = 0
    for set in sets {
      try draw(set, round: round, offset: offset, total: total)
      offset += set.count
    }
    try measureReferences(round: round, total: total)
    try store.setPhase(round: round, to: Phase.generate.next(inRound: round))
  }

  /// The training exercises that the round draws.
  func freshExercises(of round: Int) -> ExerciseSet {
    let count = round == 0 ? configuration.base.exercises : configuration.rounds.exercises
    return ExerciseSet(name: Split.train.rawValue, split: .train, count: count, domain: domain)
  }

  private func draw(_ set: ExerciseSet, round: Int, offset: Int, total: Int) throws {
    let (seed, wanted) = (configuration.seed, set.count)
    let domain = set.domain
    var have = try store.exerciseCount(split: set.name, round: round)
    var next = try store.nextExerciseIndex(split: set.name)
    var (block, barren) = (Self.smallestBlock, 0)
    while have < wanted {
      try checkForStop()
      let candidates = Array(next..<next + block)
      let found = parallelMap(candidates, threads: options.threads) { index -> ExerciseRecord? in
        domain.exercise(seed: seed, index: index, split: set.split).map {
          ExerciseRecord($0, in: set.name, round: round, vocabulary: domain.vocabulary)
        }
      }
      let inserted = try store.appendExercises(
        found.compactMap { $0 }, split: set.name, upTo: wanted - have,
        nextIndex: next + candidates.count)
      have += inserted
      next = try store.nextExerciseIndex(split: set.name)
      barren = inserted == 0 ? barren + block : 0
      block = min(2 * block, Self.largestBlock)
      guard barren < Self.barrenCandidates else {
        throw RunError.tooFewExercises(split: set.name, wanted: wanted, found: have)
      }
      surroundings.observe(
        .phaseAdvanced(
          round: round, phase: .generate, done: offset + have, total: total, tokens: 0,
          values: [("split", set.name)]))
    }
  }

  /// Computes the reference lines of the evaluated exercises that lack one: all in round 0, none later,
  /// unless an earlier version drew them.
  private func measureReferences(round: Int, total: Int) throws {
    let settings = configuration.referenceSettings
    let domains = Dictionary(uniqueKeysWithValues: evaluationSets.map { ($0.name, $0.domain) })
    let names = domain.referenceLines(settings).map(\.name)
    let missing = try store.exercisesWithoutReferences(names)
    for start in stride(from: 0, to: missing.count, by: Self.referenceBlock) {
      try checkForStop()
      let block = Array(missing[start...].prefix(Self.referenceBlock))
      let rows = parallelMap(block, threads: options.threads) { exercise in
        Result {
          guard let domain = domains[exercise.split] else {
            preconditionFailure("an exercise of the set \(exercise.split), which the run does not have")
          }
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

  /// A few seconds of the reference on the largest tasks.
  private static var referenceBlock: Int { 32 }
  private static var smallestBlock: Int { 8192 }
  private static var largestBlock: Int { 65_536 }
  /// Candidates without a new exercise after which the space counts as used up.
  private static var barrenCandidates: Int { 524_288 }
}

extension ExerciseRecord {
  init(_ exercise: Exercise, in set: String, round: Int, vocabulary: Vocabulary) {
    self.init(
      split: set, candidateIndex: exercise.index, round: round,
      prompt: vocabulary.text(of: exercise.prompt), trace: vocabulary.text(of: exercise.trace),
      answer: vocabulary.text(of: exercise.answer), optimalCost: exercise.optimalCost,
      traceLength: exercise.trace.count, layoutSHA256: exercise.layoutDigest)
  }
}
