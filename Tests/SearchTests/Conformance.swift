import Determinism
import Words

@testable import Search

/// What the engine relies on of every domain: a function from a domain to what it breaks, so that it can be
/// shown to find what is wrong with a faulty one.
///
/// Writings are changed by their symbols: tokens, or the scalars of a text.
struct Conformance {
  enum Rule: String, CaseIterable {
    /// An exercise is a function of seed, index and split, whatever was asked before.
    case purity
    /// Training, testing and validation share neither a prompt nor an identity.
    case splits
    /// Prompts, traces and answers are stored as text and read back, in words of the vocabulary if there is
    /// one.
    case words
    /// The reference is right, optimal and legal, and so is what it writes on the prompt alone.
    case reference
    /// No response that stops early passes, unless its answer is right all the same, and none that was cut.
    case endings
    /// A token more, less or other in the answer is judged as a second look judges it, and never as cheaper
    /// than the optimum.
    case answers
    /// No response traps, whatever it is, and faults are within the response.
    case noise
    /// Trace and answer are the response.
    case halves
    /// Reference lines have names and lengths that can be compared; the first is the reference's own, and
    /// none of its traces is shorter than a bound.
    case lines
    /// Drawings, frames, replays, entries and diagrams show all of a response.
    case pictures
    /// Traces with parts left out keep the order of what stays, the clauses of a trace are the trace, and a
    /// mode is the first token of a response.
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

  func judge(_ response: Writing, isTerminated: Bool = true, _ exercise: Exercise) -> Judgement? {
    try? domain.judge(response, isTerminated: isTerminated, to: exercise.prompt)
  }

  func text(_ writing: Writing) -> String { domain.text(of: writing) }

  // MARK: Symbols

  /// How many symbols there are, from 0 on.
  var symbolCount: Int { domain.vocabulary?.count ?? 128 }

  func symbols(of writing: Writing) -> [Token] {
    switch writing {
    case .words(let words): words
    case .text(let text): text.unicodeScalars.map { Token($0.value) }
    }
  }

  func writing(_ symbols: some Sequence<Token>) -> Writing {
    guard domain.vocabulary == nil else { return .words(Array(symbols)) }
    var text = String.UnicodeScalarView()
    for symbol in symbols {
      text.append(Unicode.Scalar(UInt32(bitPattern: symbol)) ?? "\u{FFFD}")
    }
    return .text(String(text))
  }

  /// Mostly words of the vocabulary, or plain letters.
  func randomSymbols(upTo length: Int, using random: inout CounterRandom) -> [Token] {
    (0..<random.uniform(below: length)).map { _ in
      random.happens(0.1)
        ? random.element(of: [-1, .min, .max, 0, 1, 0x301, Token(symbolCount)])
        : Token(random.uniform(below: symbolCount))
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
      if one.count(where: { $0 != nil }) > 1 { found.append("candidate \(index) is in two splits") }
    }
    if forwards == drawn(indices, domain, Self.seed + 1) { found.append("the seed changes nothing") }
    return found
  }

  private func splits() -> [String] {
    let train = exercises(300) + exercises(100, seed: Self.seed + 1)
    let (test, validation) = (exercises(50, .test), exercises(10, .validation))
    var found: [String] = []
    if train.isEmpty || test.isEmpty { found.append("\(train.count) to train, \(test.count) to test") }
    func share(_ some: [Exercise], _ others: [Exercise]) {
      let (prompts, identities) = (Set(some.map(\.prompt)), Set(some.map(\.identityDigest)))
      for exercise in others {
        if prompts.contains(exercise.prompt) {
          found.append("a prompt in both splits: \(text(exercise.prompt))")
        }
        if identities.contains(exercise.identityDigest) {
          found.append("an identity in both splits: \(exercise.identityDigest)")
        }
      }
    }
    share(train, test)
    share(train + test, validation)
    for exercise in train + test + validation
    where exercise.identityDigest.utf8.count != 64 || !exercise.identityDigest.allSatisfy(\.isHexDigit) {
      found.append("\(exercise.identityDigest) is no SHA-256")
    }
    return found
  }

  private func words() -> [String] {
    var found: [String] = []
    for exercise in exercises(40) {
      for writing in [exercise.prompt, exercise.trace, exercise.answer].compactMap(\.self) {
        let symbols = symbols(of: writing)
        let isFramed =
          domain.vocabulary != nil && (symbols.contains(Vocabulary.bos) || symbols.contains(Vocabulary.eos))
        if isFramed || (try? domain.writing(of: text(writing))) != writing {
          found.append("not the same after translation: \(text(writing))")
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
      func check(_ trace: Writing, _ answer: Writing, _ who: String) {
        guard let verdict = judge(trace + answer, exercise) else {
          found.append("\(who): no verdict")
          return
        }
        if verdict.answer != .optimal(cost: exercise.optimalCost) {
          found.append("\(who): \(verdict.answer), at the cost \(exercise.optimalCost ?? -1)")
        }
        if !verdict.trace.isLegal { found.append("\(who): \(verdict.trace)") }
        if !verdict.isTerminated { found.append("\(who): cut") }
      }
      if let trace = exercise.trace { check(trace, exercise.answer, "the exercise") }
      guard let reference = domain.reference else { continue }
      do {
        let solution = try reference.solve(exercise.prompt, using: &random)
        check(solution.trace, solution.answer ?? writing([]), "solving the prompt")
      } catch {
        found.append("solving the prompt: \(error)")
      }
    }
    return found
  }

  private func response(of exercise: Exercise) -> Writing {
    (exercise.trace ?? writing([])) + exercise.answer
  }
}

// MARK: - Responses

extension Conformance {
  private func endings() -> [String] {
    var found: [String] = []
    for exercise in exercises(10) {
      let response = response(of: exercise)
      let symbols = symbols(of: response)
      for length in 0..<symbols.count {
        let early = writing(symbols[..<length])
        if judge(early, exercise)?.answer.isCorrect != false, !isRight(early, exercise) {
          found.append("correct after \(length) of \(symbols.count) symbols: \(text(early))")
        }
      }
      if judge(response, isTerminated: false, exercise)?.answer.isCorrect != false {
        found.append("correct though it was cut: \(text(response))")
      }
    }
    return found
  }

  private func answers() -> [String] {
    var found: [String] = []
    for exercise in exercises(3, seed: Self.seed + 2) {
      for changed in changedAnswers(symbols(of: exercise.answer)) {
        let response = (exercise.trace ?? writing([])) + writing(changed)
        guard let answer = judge(response, exercise)?.answer else {
          found.append("no verdict: \(text(response))")
          continue
        }
        let isRight = isRight(response, exercise)
        if answer.isCorrect != isRight {
          found.append("\(answer), where a second look says \(isRight): \(text(writing(changed)))")
        }
        if let wrong = wrongCost(answer, exercise) { found.append(wrong) }
      }
    }
    return found
  }

  /// What a second look says of a response that was not cut.
  private func isRight(_ response: Writing, _ exercise: Exercise) -> Bool {
    let given = domain.parts(of: response).answer
    return isRight?(symbols(of: given), symbols(of: exercise.prompt)) ?? (given == exercise.answer)
  }

  /// What is wrong with the cost of an answer that was found right; nil: nothing.
  private func wrongCost(_ answer: AnswerVerdict, _ exercise: Exercise) -> String? {
    guard answer.isCorrect else { return nil }
    guard let least = exercise.optimalCost else {
      return answer.cost == nil ? nil : "\(answer), where answers have no cost"
    }
    let cost = answer.cost ?? .max
    return cost >= least && answer.isOptimal == (cost == least) ? nil : "\(answer), at the cost \(least)"
  }

  /// Each symbol left out, changed and another put before it; of the symbols all, or about 30 of many.
  private func changedAnswers(_ answer: [Token]) -> [[Token]] {
    let count = symbolCount
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
        var response = symbols(of: response(of: exercise))
        if random.coin() {
          response = randomSymbols(upTo: 30, using: &random)
        } else {
          for _ in 0...random.uniform(below: 3) where !response.isEmpty {
            let index = random.uniform(below: response.count)
            response.replaceSubrange(index...index, with: randomSymbols(upTo: 3, using: &random))
          }
        }
        let prompt =
          random.happens(0.7)
          ? exercise.prompt
          : writing(symbols(of: exercise.prompt).dropLast(2) + randomSymbols(upTo: 8, using: &random))
        found += broken(by: writing(response), to: prompt, exercise, isTerminated: random.coin())
        guard number < 3 else { continue }
        found += unseen(writing(response), to: prompt, isTerminated: random.coin())
        _ = ResponseMode.allCases.map { domain.variations?.opening($0, to: prompt) }
        guard prompt != exercise.prompt else { continue }
        _ = try? domain.reference?.solve(prompt, using: &random)
        _ = try? domain.reference?.lengths(
          on: prompt, ReferenceSettings(seed: 1, runs: 1, samples: 1), index: 0)
      }
    }
    return found
  }

  /// What is wrong with the judgement of a response that may be anything.
  private func broken(
    by response: Writing, to prompt: Writing, _ exercise: Exercise, isTerminated: Bool
  ) -> [String] {
    var found: [String] = []
    guard let verdict = try? domain.judge(response, isTerminated: isTerminated, to: prompt) else {
      return ["no verdict"]
    }
    for fault in [verdict.answer.fault, verdict.trace.fault].compactMap(\.self) {
      let isWithin =
        switch fault.place {
        case .word(let index): (0...symbols(of: response).count).contains(index)
        case .character(let index): (0...text(response).count).contains(index)
        case .unknown: true
        }
      if !isWithin { found.append("\(fault), of \(symbols(of: response).count) symbols") }
    }
    if prompt == exercise.prompt, let wrong = wrongCost(verdict.answer, exercise) { found.append(wrong) }
    if verdict.answer.isCorrect, (try? domain.prompt(of: text(prompt))) == nil {
      found.append("correct, though the prompt cannot be read: \(text(prompt))")
    }
    // The same response as text, or as numbers where there are no words, is of the wrong kind and traps as
    // little.
    let other: Writing = domain.vocabulary == nil ? .words([-1, 3]) : .text(text(response) + " \n\u{301}")
    if (try? domain.judge(other, isTerminated: isTerminated, to: other)) == nil {
      found.append("no verdict on the other kind of writing")
    }
    return found
  }

  private func unseen(_ response: Writing, to prompt: Writing, isTerminated: Bool) -> [String] {
    guard let pictures = domain.pictures else { return [] }
    _ = pictures.replay(of: response, isTerminated: isTerminated, to: prompt)
    _ = (pictures.entries(of: response, to: prompt), pictures.diagram(of: prompt))
    return pictures.drawing(of: prompt).isEmpty || pictures.frames(of: response, to: prompt).isEmpty
      ? ["nothing is shown of \(text(response))"] : []
  }

  private func halves() -> [String] {
    var found: [String] = []
    var random = CounterRandom(seed: Self.seed, stream: .sampling, 1)
    for exercise in exercises(20) {
      let reference = response(of: exercise)
      let parts = domain.parts(of: reference)
      if parts.trace != exercise.trace ?? writing([]) || parts.answer != exercise.answer {
        found.append("the reference is cut elsewhere: \(text(parts.trace)) | \(text(parts.answer))")
      }
      let symbols = symbols(of: reference)
      let cut = writing(symbols.prefix(random.uniform(below: symbols.count)))
      for response in [writing([]), cut, exercise.answer, writing(randomSymbols(upTo: 30, using: &random))] {
        let parts = domain.parts(of: response)
        if parts.trace + parts.answer != response {
          found.append("\(text(response)) is not \(text(parts.trace)) and \(text(parts.answer))")
        }
      }
    }
    return found
  }
}

// MARK: - What is made of them

extension Conformance {
  private func lines() -> [String] {
    guard let reference = domain.reference, let again = twin.reference else { return [] }
    var found: [String] = []
    let settings = ReferenceSettings(seed: 1, runs: 4, samples: 8)
    let lines = reference.lines(settings)
    if lines.first?.isReference != true || Set(lines.map(\.name)).count != lines.count {
      found.append("the lines are \(lines.map(\.name))")
    }
    for exercise in exercises(12) {
      do {
        let lengths = try reference.lengths(on: exercise.prompt, settings, index: exercise.index)
        if lengths != (try again.lengths(on: exercise.prompt, settings, index: exercise.index)) {
          found.append("other lengths when asked again")
        }
        guard let lengths else {
          if domain.vocabulary != nil || lines.count > 1 { found.append("lines without lengths") }
          continue
        }
        if lengths.count != lines.count { found.append("\(lengths.count) lengths of \(lines.count) lines") }
        let length = exercise.trace.map { Double(symbols(of: $0).count) } ?? .infinity
        for (line, other) in zip(lines, lengths) {
          if !other.isFinite || other < 0 { found.append("\(line.name) has \(other) tokens") }
          let least = min(lengths[0], length)
          if line.isBound, other > least {
            found.append("\(line.name) has \(other), a trace \(least) tokens")
          }
        }
      } catch {
        found.append("\(error)")
      }
    }
    return found
  }

  private func pictures() -> [String] {
    guard let pictures = domain.pictures else { return [] }
    var found: [String] = []
    for exercise in exercises(5) {
      let response = response(of: exercise)
      if pictures.drawing(of: exercise.prompt).isEmpty
        || pictures.frames(of: response, to: exercise.prompt).isEmpty
      {
        found.append("nothing is drawn")
      }
      if let replay = pictures.replay(of: response, isTerminated: true, to: exercise.prompt) {
        if replay.steps.contains(where: { $0.flaw != nil }) { found.append("a replayed reference has flaws") }
        if replay.steps.map(\.text).joined(separator: " ") != text(response) {
          found.append("a replay leaves out something")
        }
        let cells = replay.steps.flatMap { ($0.pieces ?? []) + [$0.cell].compactMap(\.self) }
        if !cells.allSatisfy((0..<replay.board.width * replay.board.height).contains) {
          found.append("a replay leaves the board")
        }
      }
      if let entries = pictures.entries(of: response, to: exercise.prompt) {
        if let fault = entries.compactMap(\.fault).first {
          found.append("a reference's entry is untrue: \(fault)")
        }
        if entries.map(\.text).joined(separator: " ") != exercise.trace.map(text) {
          found.append("the entries are not the trace")
        }
      }
      guard let diagram = pictures.diagram(of: exercise.prompt) else { continue }
      var known: Set<String> = []
      for node in diagram.nodes {
        if !known.isSuperset(of: node.inputs) { found.append("node \(node.key) stands before its inputs") }
        if !known.insert(node.key).inserted { found.append("two nodes are \(node.key)") }
      }
      let named = [diagram.output] + (pictures.entries(of: response, to: exercise.prompt) ?? []).map(\.key)
      if !known.isSuperset(of: named) { found.append("no node is \(named.filter { !known.contains($0) })") }
    }
    return found
  }

  private func dropping() -> [String] {
    guard let variations = domain.variations, let again = twin.variations else { return [] }
    var found: [String] = []
    for exercise in exercises(20) {
      guard let trace = exercise.trace else { continue }
      let clauses = variations.clauses(of: trace)
      if !clauses.isEmpty, clauses.reduce(domain.parts(of: writing([])).trace, +) != trace {
        found.append("the clauses of \(text(trace)) are \(clauses.map(text))")
      }
      for level in DroppingLevel.allCases {
        var (one, other) = (CounterRandom(key: 5), CounterRandom(key: 5))
        let kept = variations.dropping(level, from: trace, using: &one)
        if kept != again.dropping(level, from: trace, using: &other) {
          found.append("\(level) leaves other parts out when asked again")
        }
        var rest = symbols(of: kept)[...]
        for symbol in symbols(of: trace) where symbol == rest.first { rest = rest.dropFirst() }
        if !rest.isEmpty { found.append("\(level) changes the order: \(text(kept))") }
        if level == .none && kept != trace || level == .all && !kept.isEmpty {
          found.append("\(level) leaves \(text(kept))")
        }
      }
      // A domain may have no such opening.
      for (mode, due) in [(ResponseMode.auto, writing([])), (.slow, trace), (.fast, exercise.answer)] {
        guard let opening = variations.opening(mode, to: exercise.prompt) else { continue }
        if opening.isEmpty || !symbols(of: due).starts(with: symbols(of: opening)) {
          found.append("a response opens with \(text(opening))")
        }
      }
    }
    return found
  }
}
