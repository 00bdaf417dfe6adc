import Determinism

@testable import Search

/// What the engine relies on of every domain: a function from a domain to what it breaks, so that it can be
/// shown to find what is wrong with a faulty one.
struct Conformance {
  enum Rule: String, CaseIterable {
    /// An exercise is a function of seed, index and split, whatever was asked before.
    case purity
    /// Training and testing share neither a prompt nor a layout.
    case splits
    /// Prompts, traces and answers are words of the vocabulary, and translate both ways.
    case words
    /// The reference is right, optimal and legal, and so is what it writes on the prompt alone.
    case reference
    /// No response that stops early passes, unless what stands for its answer is right, and none that was cut.
    case endings
    /// A token more, less or other in the answer is judged as a second look judges it, and never as cheaper
    /// than the optimum.
    case answers
    /// No tokens trap, whatever they are, and faults stand within the response.
    case noise
    /// Trace and answer are the response.
    case halves
    /// Reference lines have names and lengths that can be compared; the first is the reference's own, and none
    /// of its traces is shorter than a bound.
    case lines
    /// Drawings, frames, replays, entries and diagrams show all of a response.
    case pictures
    /// Traces with parts left out keep the order of what stays, and a mode is the first token of a response.
    case dropping
  }

  let domain: any Domain
  /// The same once more, made apart.
  let twin: any Domain
  /// Whether an answer is right, by other code than the judge's; nil: only the reference's own answer is.
  var isRight: (@Sendable (_ answer: [Token], _ prompt: [Token]) -> Bool)?
  /// Of exercises and attempts, in tenths of the usual.
  var effort = 10

  private static let seed: UInt64 = 11

  /// What is broken, the first few of each rule.
  func violations() -> [String] { Rule.allCases.flatMap(violations) }

  func violations(of rule: Rule) -> [String] {
    var found: [String]
    switch rule {
    case .purity: found = purity()
    case .splits: found = splits()
    case .words: found = words()
    case .reference: found = reference()
    case .endings: found = endings()
    case .answers: found = answers()
    case .noise: found = noise()
    case .halves: found = halves()
    case .lines: found = lines()
    case .pictures: found = pictures()
    case .dropping: found = dropping()
    }
    if found.count > 4 { found = Array(found.prefix(4)) + ["\(found.count - 4) more"] }
    return found.map { "\(rule): \($0)" }
  }

  func exercises(_ count: Int, _ split: Split = .train, seed: UInt64 = seed) -> [Exercise] {
    domain.exercises(seed: seed, split: split, count: max(1, count * effort / 10))
  }

  func text(_ tokens: some Sequence<Token>) -> String { domain.vocabulary.text(of: tokens) }

  func judge(_ response: [Token], isTerminated: Bool = true, _ exercise: Exercise) -> Judgement {
    domain.judge(response, isTerminated: isTerminated, to: exercise.prompt)
  }

  /// Mostly words of the vocabulary.
  func randomTokens(upTo length: Int, using random: inout CounterRandom) -> [Token] {
    (0..<random.uniform(below: length)).map { _ in
      random.happens(0.1)
        ? random.element(of: [-1, .min, .max, 0, 1, Token(domain.vocabulary.count)])
        : Token(random.uniform(below: domain.vocabulary.count))
    }
  }
}

// MARK: - Exercises

extension Conformance {
  private func purity() -> [String] {
    let indices = 0..<max(20, 30 * effort)
    func drawn(_ indices: some Sequence<Int>, _ domain: any Domain, _ seed: UInt64) -> [[Exercise?]] {
      indices.map { index in
        Split.allCases.map { domain.exercise(seed: seed, index: index, split: $0) }
      }
    }
    let forwards = drawn(indices, domain, Self.seed)
    let backwards = Array(drawn(indices.reversed(), twin, Self.seed).reversed())
    var found: [String] = []
    for (index, (one, other)) in zip(forwards, backwards).enumerated() {
      if one != other { found.append("candidate \(index) is another exercise when drawn in another order") }
      for (split, exercise) in zip(Split.allCases, one) {
        guard let exercise else { continue }
        if exercise.index != index || exercise.split != split {
          found.append("candidate \(index) of \(split) says it is \(exercise.index) of \(exercise.split)")
        }
      }
      if one.allSatisfy({ $0 != nil }) { found.append("candidate \(index) is in both splits") }
    }
    if forwards == drawn(indices, domain, Self.seed + 1) { found.append("the seed changes nothing") }
    return found
  }

  private func splits() -> [String] {
    let train = exercises(300) + exercises(100, seed: Self.seed + 1)
    let test = exercises(50, .test)
    var found: [String] = []
    if train.isEmpty || test.isEmpty { found.append("\(train.count) to train, \(test.count) to test") }
    let (prompts, layouts) = (Set(train.map(\.prompt)), Set(train.map(\.layoutDigest)))
    for exercise in test {
      if prompts.contains(exercise.prompt) {
        found.append("a prompt in both splits: \(text(exercise.prompt))")
      }
      if layouts.contains(exercise.layoutDigest) {
        found.append("a layout in both splits: \(exercise.layoutDigest)")
      }
    }
    for exercise in train + test
    where exercise.layoutDigest.utf8.count != 64 || !exercise.layoutDigest.allSatisfy(\.isHexDigit) {
      found.append("\(exercise.layoutDigest) is no SHA-256")
    }
    return found
  }

  private func words() -> [String] {
    var found: [String] = []
    for exercise in exercises(40) {
      for tokens in [exercise.prompt, exercise.trace, exercise.answer] {
        let isFramed = tokens.contains(Vocabulary.bos) || tokens.contains(Vocabulary.eos)
        if isFramed || (try? domain.vocabulary.tokens(of: text(tokens))) != tokens {
          found.append("not the same after translation: \(text(tokens))")
        }
      }
      if (try? domain.prompt(of: text(exercise.prompt))) != exercise.prompt {
        found.append("a prompt is read as another: \(text(exercise.prompt))")
      }
    }
    return found
  }

  private func reference() -> [String] {
    var found: [String] = []
    var random = CounterRandom(seed: Self.seed, stream: .search)
    for exercise in exercises(60) {
      func check(_ trace: [Token], _ answer: [Token], _ who: String) {
        let verdict = judge(trace + answer, exercise)
        if verdict.answer != .optimal(cost: exercise.optimalCost) {
          found.append("\(who): \(verdict.answer), at the cost \(exercise.optimalCost)")
        }
        if !verdict.trace.isLegal { found.append("\(who): \(verdict.trace)") }
        if verdict.traceLength != trace.count || !verdict.isTerminated {
          found.append("\(who): \(verdict.traceLength) of \(trace.count) tokens")
        }
      }
      check(exercise.trace, exercise.answer, "the exercise")
      do {
        let solution = try domain.solve(exercise.prompt, using: &random)
        check(solution.trace, solution.answer ?? [], "solving the prompt")
      } catch {
        found.append("solving the prompt: \(error)")
      }
    }
    return found
  }
}

// MARK: - Responses

extension Conformance {
  private func endings() -> [String] {
    var found: [String] = []
    for exercise in exercises(10) {
      let response = exercise.trace + exercise.answer
      for length in 0..<response.count {
        let early = Array(response[..<length])
        if judge(early, exercise).answer.isCorrect, !isRight(early, exercise) {
          found.append("correct after \(length) of \(response.count) tokens: \(text(early))")
        }
      }
      if judge(response, isTerminated: false, exercise).answer.isCorrect {
        found.append("correct though it was cut: \(text(response))")
      }
    }
    return found
  }

  private func answers() -> [String] {
    var found: [String] = []
    for exercise in exercises(3, seed: Self.seed + 2) {
      for changed in changedAnswers(exercise.answer) {
        let response = exercise.trace + changed
        let answer = judge(response, exercise).answer
        let isRight = isRight(response, exercise)
        if answer.isCorrect != isRight {
          found.append("\(answer), where a second look says \(isRight): \(text(changed))")
        }
        if let wrong = wrongCost(answer, exercise) { found.append(wrong) }
      }
    }
    return found
  }

  /// What a second look says of a response that was not cut.
  private func isRight(_ response: [Token], _ exercise: Exercise) -> Bool {
    let given = Array(domain.split(response).answer)
    return isRight?(given, exercise.prompt) ?? (given == exercise.answer)
  }

  /// What is wrong with the cost of an answer that was found right; nil: nothing.
  private func wrongCost(_ answer: AnswerVerdict, _ exercise: Exercise) -> String? {
    let (cost, least) = (answer.cost ?? .max, exercise.optimalCost)
    let isKnown = cost >= least && answer.isOptimal == (cost == least)
    return answer.isCorrect && !isKnown ? "\(answer), at the cost \(least)" : nil
  }

  /// Each token left out, changed and another put before it; of the words all, or about 30 of many.
  private func changedAnswers(_ answer: [Token]) -> [[Token]] {
    let count = domain.vocabulary.count
    let words = stride(from: 0, to: count, by: max(1, count / 30)).map { Token($0) } + [-1, Token(count)]
    var all: [[Token]] = []
    for index in 0...answer.count {
      all += words.map { answer[..<index] + [$0] + answer[index...] }.map(Array.init)
      guard index < answer.count else { continue }
      all += (words + answer).filter { $0 != answer[index] }.map {
        answer[..<index] + [$0] + answer[(index + 1)...]
      }
      .map(Array.init)
      all.append(Array(answer[..<index] + answer[(index + 1)...]))
    }
    return all
  }

  private func noise() -> [String] {
    var found: [String] = []
    var random = CounterRandom(seed: Self.seed, stream: .sampling)
    for (number, exercise) in exercises(40).enumerated() {
      for _ in 0..<8 * effort {
        var response = exercise.trace + exercise.answer
        if random.coin() {
          response = randomTokens(upTo: 30, using: &random)
        } else {
          for _ in 0...random.uniform(below: 3) where !response.isEmpty {
            let index = random.uniform(below: response.count)
            response.replaceSubrange(index...index, with: randomTokens(upTo: 3, using: &random))
          }
        }
        let prompt =
          random.happens(0.7)
          ? exercise.prompt : exercise.prompt.dropLast(2) + randomTokens(upTo: 8, using: &random)
        let verdict = domain.judge(response, isTerminated: random.coin(), to: prompt)
        let faults = [verdict.answer.fault, verdict.trace.fault].compactMap(\.self)
        if let fault = faults.first(where: { !(0...response.count).contains($0.position) }) {
          found.append("\(fault), of \(response.count) tokens")
        }
        if !(0...response.count).contains(verdict.traceLength) {
          found.append("\(verdict.traceLength) tokens")
        }
        if prompt == exercise.prompt, let wrong = wrongCost(verdict.answer, exercise) { found.append(wrong) }
        if verdict.answer.isCorrect, (try? domain.prompt(of: text(prompt))) == nil {
          found.append("correct, though the prompt cannot be read: \(text(prompt))")
        }
        guard number < 3 else { continue }
        _ = domain.replay(of: response, isTerminated: random.coin(), to: prompt)
        _ = (domain.entries(of: response, to: prompt), domain.diagram(of: prompt))
        if domain.drawing(of: prompt).isEmpty || domain.frames(of: response, to: prompt).isEmpty {
          found.append("nothing is shown of \(text(response))")
        }
        _ = ResponseMode.allCases.map { domain.opening($0, to: prompt) }
        guard prompt != exercise.prompt else { continue }
        _ = try? domain.solve(prompt, using: &random)
        _ = try? domain.referenceLengths(
          of: prompt, ReferenceSettings(seed: 1, runs: 1, samples: 1), index: 0)
      }
    }
    return found
  }

  private func halves() -> [String] {
    var found: [String] = []
    var random = CounterRandom(seed: Self.seed, stream: .sampling, 1)
    for exercise in exercises(20) {
      let reference = exercise.trace + exercise.answer
      let parts = domain.split(reference)
      if Array(parts.trace) != exercise.trace || Array(parts.answer) != exercise.answer {
        found.append("the reference is cut elsewhere: \(text(parts.trace)) | \(text(parts.answer))")
      }
      let cut = Array(reference.prefix(random.uniform(below: reference.count)))
      for response in [[], cut, exercise.answer, randomTokens(upTo: 30, using: &random)] {
        let parts = domain.split(response)
        if parts.trace + parts.answer != response[...] {
          found.append("\(text(response)) is not \(text(parts.trace)) and \(text(parts.answer))")
        }
        if judge(response, exercise).traceLength != parts.trace.count {
          found.append("the judge cuts elsewhere: \(text(response))")
        }
      }
    }
    return found
  }
}

// MARK: - What is made of them

extension Conformance {
  private func lines() -> [String] {
    var found: [String] = []
    let settings = ReferenceSettings(seed: 1, runs: 4, samples: 8)
    let lines = domain.referenceLines(settings)
    if lines.first?.isReference != true || Set(lines.map(\.name)).count != lines.count {
      found.append("the lines are \(lines.map(\.name))")
    }
    for exercise in exercises(12) {
      do {
        let lengths = try domain.referenceLengths(of: exercise.prompt, settings, index: exercise.index)
        if lengths != (try twin.referenceLengths(of: exercise.prompt, settings, index: exercise.index)) {
          found.append("other lengths when asked again")
        }
        if lengths.count != lines.count { found.append("\(lengths.count) lengths of \(lines.count) lines") }
        for (line, length) in zip(lines, lengths) {
          if !length.isFinite || length < 0 { found.append("\(line.name) has \(length) tokens") }
          let least = min(lengths[0], Double(exercise.trace.count))
          if line.isBound, length > least {
            found.append("\(line.name) has \(length), a trace \(least) tokens")
          }
        }
      } catch {
        found.append("\(error)")
      }
    }
    return found
  }

  private func pictures() -> [String] {
    var found: [String] = []
    for exercise in exercises(5) {
      let response = exercise.trace + exercise.answer
      if domain.drawing(of: exercise.prompt).isEmpty
        || domain.frames(of: response, to: exercise.prompt).isEmpty
      {
        found.append("nothing is drawn")
      }
      if let replay = domain.replay(of: response, isTerminated: true, to: exercise.prompt) {
        if replay.steps.contains(where: { $0.flaw != nil }) { found.append("a replayed reference has flaws") }
        if replay.steps.map(\.text).joined(separator: " ") != text(response) {
          found.append("a replay leaves out something")
        }
        let cells = replay.steps.flatMap { ($0.pieces ?? []) + [$0.cell].compactMap(\.self) }
        if !cells.allSatisfy((0..<replay.board.width * replay.board.height).contains) {
          found.append("a replay leaves the board")
        }
      }
      if let entries = domain.entries(of: response, to: exercise.prompt) {
        if let fault = entries.compactMap(\.fault).first {
          found.append("a reference's entry is untrue: \(fault)")
        }
        if entries.map(\.text).joined(separator: " ") != text(exercise.trace) {
          found.append("the entries are not the trace")
        }
      }
      guard let diagram = domain.diagram(of: exercise.prompt) else { continue }
      var known: Set<String> = []
      for node in diagram.nodes {
        if !known.isSuperset(of: node.inputs) { found.append("node \(node.key) stands before its inputs") }
        if !known.insert(node.key).inserted { found.append("two nodes are \(node.key)") }
      }
      let named = [diagram.output] + (domain.entries(of: response, to: exercise.prompt) ?? []).map(\.key)
      if !known.isSuperset(of: named) { found.append("no node is \(named.filter { !known.contains($0) })") }
    }
    return found
  }

  private func dropping() -> [String] {
    var found: [String] = []
    for exercise in exercises(20) {
      for level in DroppingLevel.allCases {
        var (random, again) = (CounterRandom(key: 5), CounterRandom(key: 5))
        let kept = domain.trace(exercise.trace, dropping: level, using: &random)
        if kept != twin.trace(exercise.trace, dropping: level, using: &again) {
          found.append("\(level) leaves other parts out when asked again")
        }
        var rest = kept[...]
        for token in exercise.trace where token == rest.first { rest = rest.dropFirst() }
        if !rest.isEmpty { found.append("\(level) changes the order: \(text(kept))") }
        if level == .none && kept != exercise.trace || level == .all && !kept.isEmpty {
          found.append("\(level) leaves \(text(kept))")
        }
      }
      let openings = ResponseMode.allCases.map { domain.opening($0, to: exercise.prompt) }
      // A domain may have no such token.
      for (given, due) in zip(openings, [nil, exercise.trace.first, exercise.answer.first])
      where given != nil && given != due {
        found.append("a response opens with \(text([given].compactMap(\.self)))")
      }
    }
    return found
  }
}
