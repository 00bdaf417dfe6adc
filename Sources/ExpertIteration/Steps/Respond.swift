import Determinism
import Model
import Search
import Store

/// A response of the model and what the judge says of it.
typealias JudgedSample = (response: [Token], judgement: Judgement)

extension Run {
  /// Samples `samples` responses to each exercise that is not `done`, judges them and commits them in chunks:
  /// what sampling a round and evaluating it have in common. A response depends on (seed, round, exercise,
  /// attempt) alone, whatever the chunks. `row` is called in order; `commit` stores a chunk and names figures
  /// to show.
  func respond<Row>(
    to exercises: [ExerciseRecord], in set: ExerciseSet, round: Int, phase: Phase, with model: Transformer,
    samples: Int, temperature: Double, done: Set<Int64>, unit: String = "exercises",
    row: (ExerciseRecord, [JudgedSample]) throws -> Row,
    commit: ([Row], _ faults: [String: Int]) throws -> [(name: String, value: Int)]
  ) throws {
    announce(phase, round: round, total: exercises.count, unit: unit)
    let sampler = Sampler(
      model: model, settings: configuration.sampler.settings(temperature, options.threads))
    let pending = exercises.filter { !done.contains($0.id) }
    var finished = exercises.count - pending.count
    var shown: [(name: String, value: Int)] = []
    let tokens = Counter()
    var size = ChunkSize(samples: samples)
    var start = 0
    while start < pending.count {
      let chunk = Array(pending[start...].prefix(size.exercises))
      let began = surroundings.clock()
      let requests = try chunk.map { try request(for: $0, in: set, round: round, samples: samples) }
      let base = finished
      let values = shown.map { ($0.name, String($0.value)) }
      let answered = Counter()
      let (surroundings, heartbeat) = (surroundings, heartbeat)
      try checkForStop()
      guard
        let responses = sampler.sample(
          requests,
          isCancelled: {
            // A store that cannot be written is found out by the next commit.
            try? heartbeat.beat()
            return surroundings.shouldStop()
          },
          onProgress: { newTokens, newRequests in
            let total = tokens.add(newTokens)
            surroundings.observe(
              .phaseAdvanced(
                round: round, phase: phase, done: base + answered.add(newRequests), total: exercises.count,
                tokens: total, values: values))
          })
      else { throw Stopped() }
      let judged = try judge(responses, to: requests, in: set.domain)
      var faults: [String: Int] = [:]
      for reason in judged.joined().compactMap(\.judgement.shortfall) { faults[reason, default: 0] += 1 }
      let rows = try zip(chunk, judged).map { try row($0, $1) }
      for (name, value) in try commit(rows, faults) {
        if let index = shown.firstIndex(where: { $0.name == name }) {
          shown[index].value += value
        } else {
          shown.append((name, value))
        }
      }
      finished += chunk.count
      surroundings.observe(
        .phaseAdvanced(
          round: round, phase: phase, done: finished, total: exercises.count, tokens: tokens.value,
          values: shown.map { ($0.name, String($0.value)) }))
      start += chunk.count
      size.adapt(toSeconds: surroundings.clock() - began)
    }
  }

  /// A verifier from outside may take its time, so the run looks up in between.
  private func judge(
    _ responses: [[Sample]], to requests: [SampleRequest], in domain: any Domain
  ) throws -> [[JudgedSample]] {
    let pairs = Array(zip(requests, responses))
    guard let verifier = domain.verifier else {
      return parallelMap(pairs, threads: options.threads) { domain.judge($1, to: $0) }
    }
    var judged: [[JudgedSample]] = []
    for (request, samples) in pairs {
      try checkForStop()
      judged.append(domain.judge(samples, to: request))
      try verifier.check { surroundings.observe(.notice($0)) }
    }
    return judged
  }

  private func request(
    for exercise: ExerciseRecord, in set: ExerciseSet, round: Int, samples: Int
  ) throws -> SampleRequest {
    try set.request(for: exercise, keys: (0..<samples).map { key(of: exercise, round: round, attempt: $0) })
  }

  func key(of exercise: ExerciseRecord, round: Int, attempt: Int) -> UInt64 {
    sampleKey(of: exercise, seed: configuration.seed, round: round, attempt: attempt)
  }
}

extension ExerciseSet {
  func request(for exercise: ExerciseRecord, keys: [UInt64]) throws -> SampleRequest {
    let prompt = try domain.vocabulary.tokens(of: exercise.prompt)
    return SampleRequest(prompt: framed(prompt), keys: keys, opening: domain.opening(mode, to: prompt))
  }
}

/// What a sample's tokens are drawn from.
func sampleKey(of exercise: ExerciseRecord, seed: UInt64, round: Int, attempt: Int) -> UInt64 {
  CounterRandom.key(
    seed: seed, stream: .sampling, UInt64(round), setKey(exercise.split), UInt64(exercise.candidateIndex),
    UInt64(attempt))
}

extension Domain {
  /// The responses to one request, with the judge's verdicts.
  func judge(_ samples: [Sample], to request: SampleRequest) -> [JudgedSample] {
    let prompt = Array(request.prompt.dropFirst().dropLast())
    return samples.map { sample in
      (sample.tokens, judge(sample.tokens, isTerminated: sample.isTerminated, to: prompt))
    }
  }
}

/// Exercises per commit: as many as take a few seconds, the most that a kill or a stop can cost.
private struct ChunkSize {
  private(set) var exercises: Int
  private let largest: Int

  init(samples: Int) {
    exercises = max(1, 256 / samples)
    largest = max(1, 8192 / samples)
  }

  mutating func adapt(toSeconds seconds: Double) {
    if seconds < 3 { exercises = min(2 * exercises, largest) }
    if seconds > 9 { exercises = max(exercises / 2, 1) }
  }
}

extension Judgement {
  /// One word for the tally of reasons why an answer is not optimal; nil for one that is.
  var shortfall: String? {
    switch answer {
    case .optimal: nil
    case .correct: "longerThanOptimal"
    case .wrong(let fault): fault.kind.rawValue
    }
  }
}

extension Measures {
  init(of judged: [JudgedSample]) {
    self.init()
    var distinct: Set<[Token]> = []
    for (response, judgement) in judged {
      guard let cost = judgement.answer.cost else { continue }
      correctTraceTokens += judgement.traceLength
      leastCost = min(leastCost ?? .max, cost)
      distinct.insert(response)
      guard judgement.answer.isOptimal else { continue }
      optimalClauses += judgement.clauses
      optimalExpansions += judgement.expansions
    }
    distinctCorrect = distinct.count
  }
}

extension Tally {
  init(of judged: [JudgedSample]) {
    self.init()
    for (response, judgement) in judged {
      samples += 1
      terminated += judgement.isTerminated ? 1 : 0
      generatedTokens += response.count + (judgement.isTerminated ? 1 : 0)
      guard judgement.answer.isCorrect else { continue }
      correct += 1
      sound += judgement.trace.isSound ? 1 : 0
      legal += judgement.trace.isLegal ? 1 : 0
      guard judgement.answer.isOptimal else { continue }
      optimal += 1
      optimalTraceTokens += judgement.traceLength
      shortestOptimal = min(shortestOptimal ?? .max, judgement.traceLength)
    }
  }
}
