import Configuration
import Learning
import Search
import Store

extension Run {
  /// Draws the round's fresh training exercises, and in round 0 those of the evaluation sets and their
  /// reference lines.
  ///
  /// Candidates are taken in index order; the store skips a prompt it has, so no exercise appears twice. They
  /// come in blocks, a commit each, which change nothing but the speed: a commit writes much of the indexes
  /// anew, so in a large set few large ones are quicker.
  func generate(round: Int) throws {
    let sets =
      [experiment.freshExercises(of: round)]
      + (round == 0 ? experiment.evaluationSets.filter { $0.mode == .auto } : [])
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

  private func draw(_ set: ExerciseSet, round: Int, offset: Int, total: Int) throws {
    var have = try store.exerciseCount(split: set.name, round: round)
    var next = try store.nextExerciseIndex(split: set.name)
    var (block, barren) = (Self.smallestBlock, 0)
    while have < set.count {
      try checkForStop()
      let candidates = Array(next..<next + block)
      let found = try experiment.exercises(
        candidates, of: set, round: round, threads: options.threads)
      let inserted = try store.appendExercises(
        found, split: set.name, upTo: set.count - have, nextIndex: next + candidates.count)
      have += inserted
      next = try store.nextExerciseIndex(split: set.name)
      barren = inserted == 0 ? barren + block : 0
      block = min(2 * block, Self.largestBlock)
      guard barren < Self.barrenCandidates else {
        throw RunError.tooFewExercises(split: set.name, wanted: set.count, found: have)
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
    let names = experiment.referenceLines.map(\.name)
    guard !names.isEmpty else { return }
    let missing = try store.exercisesWithoutReferences(names)
    for start in stride(from: 0, to: missing.count, by: Self.referenceBlock) {
      try checkForStop()
      let block = Array(missing[start...].prefix(Self.referenceBlock))
      let experiment = experiment
      let rows = try parallelMap(block, threads: options.threads) { exercise in
        zip(names, try experiment.referenceLengths(of: exercise)).map {
          ReferenceRecord(exerciseID: exercise.id, name: $0, tokens: $1)
        }
      }
      try store.insertReferences(rows.flatMap(\.self))
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

extension Experiment {
  /// The exercises among the candidates of a set, in their order, as they are stored. A trace is measured
  /// in the learner's unit.
  package func exercises(
    _ candidates: [Int], of set: ExerciseSet, round: Int, threads: Int
  ) throws -> [ExerciseRecord] {
    let (domain, seed) = (set.domain, configuration.seed)
    let found = parallelMap(candidates, threads: threads) { index -> (Exercise, ExerciseRecord)? in
      domain.exercise(seed: seed, index: index, split: set.split).map {
        ($0, ExerciseRecord($0, in: set.name, round: round, domain: domain))
      }
    }.compactMap(\.self)
    var lengths = try learner.measured(found.compactMap(\.0.trace)).makeIterator()
    return found.map { exercise, record in
      var record = record
      if exercise.trace != nil { record.traceLength = lengths.next() }
      return record
    }
  }

  /// The trace length of each reference line on a stored exercise, in the order of `referenceLines`.
  package func referenceLengths(of exercise: ExerciseRecord) throws -> [Double] {
    let domain = domain(ofSet: exercise.split)
    if learner.identity.countsWords,
      let lengths = try domain.reference?.lengths(
        on: try domain.writing(of: exercise.prompt), configuration.referenceSettings,
        index: exercise.candidateIndex)
    {
      return lengths
    }
    return exercise.traceLength.map { [Double($0)] } ?? []
  }
}

extension ExerciseRecord {
  /// Its trace is measured later.
  fileprivate init(_ exercise: Exercise, in set: String, round: Int, domain: any Domain) {
    self.init(
      split: set, candidateIndex: exercise.index, round: round, prompt: domain.text(of: exercise.prompt),
      trace: exercise.trace.map(domain.text), answer: domain.text(of: exercise.answer),
      optimalCost: exercise.optimalCost, traceLength: nil, identitySHA256: exercise.identityDigest)
  }
}
