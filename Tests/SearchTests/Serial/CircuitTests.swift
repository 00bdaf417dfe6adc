import Determinism
import Testing
import Words

@testable import Search

/// Circuits: the example worked out by hand, second methods, floors by trying every set of gates.
struct CircuitTests {
  private static let example =
    "TRUE NA NA 1 FALSE NA NA 2 NOT 1 NA 3 AND 2 3 4 OR 1 3 5 NOT 4 NA 6 ="

  private func domain(
    _ shape: CircuitShape = .deep, _ lengths: ClosedRange<Int> = 4...8,
    _ change: (inout SerialSettings) -> Void = { _ in }
  ) throws -> any WordDomain {
    try serial(.circuitValue(shape), lengths, change)
  }

  /// A gate may be a step away from any before it.
  @Test func circuitsHaveNoStrides() throws {
    let domain = try domain()
    let prompt = try domain.words.tokens(of: Self.example)
    #expect(domain.chains == nil)
    for response in ["4 FALSE ans TRUE", "ans TRUE"] {
      #expect(try domain.strides(of: domain.words.tokens(of: response), to: prompt) == nil)
    }
  }

  @Test func blindValuesOfACircuitAreMostlyTrue() throws {
    func level(_ layout: SerialSettings.Layout) throws -> Double? {
      let domain = try domain { $0.layout = layout }
      return domain.chanceLevel(of: try domain.words.tokens(of: Self.example))
    }
    #expect(try level(.paper) == 1 && level(.marked) == nil)
  }

  @Test func sixGatesAreEvaluatedInOrder() throws {
    let domain = try domain()
    let solution = try domain.solution(Self.example)
    #expect(solution.trace == "1 TRUE 2 FALSE 3 FALSE 4 FALSE 5 TRUE" && solution.answer == "ans TRUE")
    #expect(
      solution.lengths == [
        "reference": 10, "stride2": 4, "stride4": 2, "stride8": 0, "cone": 8, "certificate": 4,
        "stepwiseFloor": 2,
      ])
    for (response, verdict) in [
      ("1 TRUE 2 FALSE 3 FALSE 4 FALSE 5 TRUE ans TRUE", "optimal legal"),
      ("4 FALSE ans TRUE", "optimal legal"),
      ("3 FALSE ans TRUE", "optimal skipsSteps 2"), ("ans TRUE", "optimal skipsSteps 0"),
      ("4 FALSE 3 FALSE ans TRUE", "optimal disorderedEntry 2"),
      ("4 FALSE 5 TRUE ans TRUE", "optimal legal"), ("4 TRUE ans TRUE", "optimal untrueEntry 0"),
      ("7 TRUE ans TRUE", "optimal untrueEntry 0"), ("4 FALSE 4 FALSE ans TRUE", "optimal disorderedEntry 2"),
      ("4 FALSE 6 TRUE ans TRUE", "optimal disorderedEntry 2"), ("4 ans TRUE", "optimal malformedEntry 1"),
      ("4 FALSE ans FALSE", "wrongAnswer legal"), ("4 FALSE ans NA", "malformedAnswer legal"),
      ("4 FALSE ans TRUE TRUE", "malformedAnswer legal"), ("4 FALSE", "missingAnswer legal"),
    ] {
      #expect(try domain.verdict(response, to: Self.example) == verdict, "\(response)")
    }
    #expect(
      try domain.labels(Self.example)
        == "NA NA NA TRUE NA NA NA FALSE NA NA NA FALSE NA NA NA FALSE NA NA NA TRUE NA NA NA TRUE .")
    let shuffled =
      "NOT 4 NA 6 OR 1 3 5 TRUE NA NA 1 AND 2 3 4 NOT 1 NA 3 FALSE NA NA 2 out 6 ="
    #expect(try domain.solution(shuffled) == solution)
    #expect(
      domain.drawing(of: try domain.promptTokens(of: Self.example)).hasPrefix(
        "a circuit of 6 gates, asked for gate 6\nstep  premise    value\n1     1 TRUE     TRUE\n"))
  }

  @Test func inThePapersLayoutValuesStandAlone() throws {
    let domain = try domain { $0.layout = .paper }
    let solution = try domain.solution(Self.example)
    #expect(solution.trace == "TRUE FALSE FALSE FALSE TRUE" && solution.answer == "TRUE")
    #expect(try domain.verdict("TRUE FALSE FALSE FALSE TRUE TRUE", to: Self.example) == "optimal legal")
    #expect(try domain.verdict("TRUE TRUE TRUE", to: Self.example) == "optimal skipsSteps 2")
    #expect(try domain.verdict("TRUE TRUE FALSE TRUE", to: Self.example) == "optimal disorderedEntry 2")
  }

  @Test(
    arguments: [
      ("AND 1 NA 2 =", "token 2: a gate was expected, not \"NA\""),
      ("NOT 1 2 3 =", "token 2: \"NA\" was expected, not \"2\""),
      ("NA 1 2 3 =", "token 0: a gate's type was expected, not \"NA\""),
      ("TRUE NA NA 1 TRUE NA NA 1 =", "token 7: a second gate 1"),
      ("TRUE NA NA 1 NOT 3 NA 2 =", "token 8: there is no gate 3"),
      ("NOT 2 NA 1 NOT 1 NA 2 =", "token 8: a gate depends on itself"),
      ("TRUE NA NA 1 out 2 =", "token 6: there is no gate 2"),
      ("TRUE NA NA 1 out =", "token 5: a gate was expected, not \"=\""),
      ("=", "token 0: a circuit has a gate"),
      ("TRUE NA NA 1 = =", "token 5: a prompt ends in \"=\""),
      ("TRUE NA NA 1", "token 4: \"=\" was expected, not the end"),
    ])
  func aBadPromptIsRefusedAtItsToken(prompt: String, complaint: String) throws {
    let domain = try domain()
    do {
      _ = try domain.promptTokens(of: prompt)
      Issue.record("it is read")
    } catch { #expect("\(error)" == complaint) }
  }

  // MARK: Second methods

  /// The value of a gate by recursion from it, each once.
  private func value(of id: Int, _ gates: [Int: [String]], _ known: inout [Int: Bool]) -> Bool {
    if let result = known[id] { return result }
    let gate = gates[id] ?? []
    let inputs = gate[1..<3].compactMap { Int($0) }.map { value(of: $0, gates, &known) }
    let result =
      switch gate[0] {
      case "AND": inputs[0] && inputs[1]
      case "OR": inputs[0] || inputs[1]
      case "NOT": !inputs[0]
      default: gate[0] == "TRUE"
      }
    known[id] = result
    return result
  }

  private func gates(_ prompt: String) -> (gates: [Int: [String]], output: Int) {
    let words = prompt.split(separator: " ").map(String.init)
    let end = words.firstIndex { $0 == "out" || $0 == "=" } ?? 0
    var gates: [Int: [String]] = [:]
    for start in stride(from: 0, to: end, by: 4) {
      gates[Int(words[start + 3]) ?? 0] = Array(words[start..<start + 4])
    }
    return (gates, Int(words[words[end] == "out" ? end + 1 : end - 1]) ?? 0)
  }

  @Test func valuesAreThoseOfARecursionFromTheOutput() throws {
    for (shape, change) in [
      (CircuitShape.deep, { _ in }), (.reference, { $0.shufflePremises = true }),
      (.reference, { $0.distractors = 3 }),
    ] as [(CircuitShape, (inout SerialSettings) -> Void)] {
      let domain = try domain(shape, 3...20, change)
      var wrong = 0
      for exercise in domain.exercises(seed: 1, count: 30_000) {
        let (gates, output) = gates(domain.words.text(of: exercise.prompt))
        var known: [Int: Bool] = [:]
        let right = value(of: output, gates, &known) ? "ans TRUE" : "ans FALSE"
        if domain.words.text(of: exercise.answer) != right { wrong += 1 }
      }
      #expect(wrong == 0)
    }
  }

  /// Every circuit of up to four gates whose first two are constants, and of five with a window of two.
  @Test func allSmallCircuitsAreRight() throws {
    let domain = try domain(.reference, 1...5)
    var prompts: [[[String]]] = [[]]
    var count = 0
    for id in 1...5 {
      let near = id == 5 ? Array(3...4) : Array(1..<max(id, 1))
      var choices = [["TRUE", "NA", "NA"], ["FALSE", "NA", "NA"]]
      if id > 2 {
        choices += near.map { ["NOT", "\($0)", "NA"] }
        for one in near {
          for other in near { for type in ["AND", "OR"] { choices.append([type, "\(one)", "\(other)"]) } }
        }
      }
      prompts = prompts.flatMap { prompt in choices.map { prompt + [$0 + ["\(id)"]] } }
      for prompt in prompts {
        let text = prompt.joined().joined(separator: " ") + " ="
        let (gates, output) = gates(text)
        var known: [Int: Bool] = [:]
        let right = value(of: output, gates, &known) ? "ans TRUE" : "ans FALSE"
        let solution = try domain.solution(text)
        count += 1
        guard solution.answer == right, solution.trace.split(separator: " ").count == 2 * (id - 1) else {
          Issue.record("\(text) \(solution)")
          return
        }
      }
    }
    #expect(count > 10_000)
  }

  /// Whether every gate of a set is justified by others of it, by the words of the rule.
  private func isCertificate(_ set: Set<Int>, _ circuit: Circuit) -> Bool {
    set.contains(circuit.output)
      && set.allSatisfy { id in
        switch circuit.gates[id] {
        case .constant?: true
        case .not(let input)?: set.contains(input)
        case .and(let one, let other)?:
          circuit.values[id]
            ? set.contains(one) && set.contains(other)
            : [one, other].contains { set.contains($0) && !circuit.values[$0] }
        case .or(let one, let other)?:
          !circuit.values[id]
            ? set.contains(one) && set.contains(other)
            : [one, other].contains { set.contains($0) && circuit.values[$0] }
        case nil: false
        }
      }
  }

  private func draw(_ shape: CircuitShape, _ gates: Int, _ random: inout CounterRandom) -> Circuit? {
    var drawn: [Circuit.Gate?] = [nil]
    for id in 1..<gates + 1 { drawn.append(shape.gate(reading: Array(1..<id), using: &random)) }
    return Circuit(drawn, output: gates)
  }

  @Test func floorsAreThoseOfTheBestOfAllSets() throws {
    var random = CounterRandom(seed: 2, stream: .sampling)
    for number in 0..<400 {
      let shape = [CircuitShape.deep, .reference, CircuitShape(window: 4)][number % 3]
      let circuit = try #require(draw(shape, 3 + number % 9, &random))
      var (fewest, fewestGates) = (Int.max, Int.max)
      for subset in 0..<(1 << circuit.output) {
        let set = Set((1..<circuit.output + 1).filter { subset & 1 << ($0 - 1) != 0 })
        guard isCertificate(set, circuit) else { continue }
        fewest = min(fewest, set.count - 1)
        fewestGates = min(
          fewestGates, set.count { $0 != circuit.output && circuit.gates[$0]?.isConstant == false })
      }
      #expect(CircuitFloor.size(of: circuit, withConstants: true) == fewest)
      #expect(CircuitFloor.size(of: circuit, withConstants: false) == fewestGates)
    }
  }

  /// Means over many circuits, as measured elsewhere; the tolerances are of the number of circuits.
  @Test func circuitsAreAsDeepAsTheirWindow() throws {
    for (shape, gates, cone, floor) in [
      (CircuitShape.reference, 8, 3.7, 1.6), (.reference, 32, 6.5, 2.2),
      (CircuitShape(window: 0), 16, 6.9, 3.0),
      (CircuitShape(window: 4), 16, 12.1, 6.7), (.deep, 16, 13.8, 10.1), (.deep, 32, 28.0, 21.4),
    ] {
      var random = CounterRandom(seed: 3, stream: .sampling)
      var (cones, floors) = (0, 0)
      for _ in 0..<1000 {
        let circuit = try #require(draw(shape, gates, &random))
        cones += circuit.cone(of: gates).count
        var search = CircuitFloor(circuit) { $0.isConstant ? 0 : 1 }
        floors += search.search() + (circuit.gates[gates]?.isConstant == false ? 1 : 0)
        #expect(!search.isBound)
      }
      #expect(abs(Double(cones) / 1000 - cone) < 0.06 * cone, "\(shape) \(gates): \(cones)")
      #expect(abs(Double(floors) / 1000 - floor) < 0.08 * floor, "\(shape) \(gates): \(floors)")
    }
  }

  @Test func aSearchThatIsCutGivesABound() throws {
    var random = CounterRandom(seed: 4, stream: .sampling)
    var cut = 0
    for _ in 0..<200 {
      let circuit = try #require(draw(.deep, 24, &random))
      var short = CircuitFloor(circuit, maximumNodes: 30) { $0.isConstant ? 0 : 1 }
      let bound = short.search()
      let exact = CircuitFloor.size(of: circuit, withConstants: false)
      #expect(short.isBound ? bound >= exact : bound == exact)
      cut += short.isBound ? 1 : 0
    }
    #expect(cut > 0)
  }

  // MARK: What changes nothing

  @Test func relabelledGatesHaveTheSameValue() throws {
    let domain = try domain(.reference, 3...12)
    var random = CounterRandom(seed: 5, stream: .sampling)
    for exercise in domain.exercises(seed: 2, count: 300) {
      let (gates, output) = gates(domain.words.text(of: exercise.prompt))
      var labels = Array(1..<gates.count + 1)
      random.shuffle(&labels)
      let words = gates.sorted { $0.key < $1.key }.flatMap { _, gate in
        gate.map { word in Int(word).map { "\(labels[$0 - 1])" } ?? word }
      }
      let prompt = words.joined(separator: " ") + " out \(labels[output - 1]) ="
      let solution = try domain.solution(prompt)
      #expect(solution.answer == domain.words.text(of: exercise.answer))
      #expect(try domain.verdict("\(solution.trace) \(solution.answer)", to: prompt) == "optimal legal")
      let before = try domain.solution(domain.words.text(of: exercise.prompt)).lengths
      for line in ["cone", "certificate", "stepwiseFloor"] { #expect(solution.lengths[line] == before[line]) }
    }
  }

  @Test func aGateMayBeReplacedByDeMorgan() throws {
    let domain = try domain(.deep, 3...8) { $0.vocabularyLength = 12 }
    for exercise in domain.exercises(seed: 3, count: 300) {
      let (gates, output) = gates(domain.words.text(of: exercise.prompt))
      for (id, gate) in gates where gate[0] == "AND" || gate[0] == "OR" {
        let free = (1...3).map { "\(gates.count + $0)" }
        // a AND b = NOT (NOT a OR NOT b)
        let changed = gates.sorted { $0.key < $1.key }.flatMap { number, old in
          number != id
            ? old
            : ["NOT", gate[1], "NA", free[0], "NOT", gate[2], "NA", free[1]]
              + [gate[0] == "AND" ? "OR" : "AND", free[0], free[1], free[2]] + [
                "NOT", free[2], "NA", "\(id)",
              ]
        }
        let prompt = changed.joined(separator: " ") + " out \(output) ="
        #expect(try domain.solution(prompt).answer == domain.words.text(of: exercise.answer))
      }
    }
  }

  @Test func deadGatesAndOrderChangeNothingElse() throws {
    for shape in [CircuitShape.deep, .reference] {
      let plain = try domain(shape) { $0.vocabularyLength = 11 }
      let changes: [(inout SerialSettings) -> Void] = [
        { $0.distractors = 3 }, { $0.shufflePremises = true },
        { ($0.distractors, $0.shufflePremises) = (2, true) },
      ]
      for change in changes {
        let other = try domain(shape, 4...8) {
          $0.vocabularyLength = 11
          change(&$0)
        }
        #expect(other.words == plain.words)
        for index in 0..<300 {
          let (one, two) = (
            plain.drawn(seed: 3, index: index, split: .train),
            other.drawn(seed: 3, index: index, split: .train)
          )
          #expect((one == nil) == (two == nil))
          guard let one, let two else { continue }
          #expect(
            one.trace == two.trace && one.answer == two.answer && one.identityDigest == two.identityDigest)
          let (prompt, changed) = (
            plain.words.text(of: one.prompt), other.words.text(of: two.prompt)
          )
          #expect(try other.solution(changed) == plain.solution(prompt))
        }
      }
    }
  }

  /// Bounds are the 99.9 % points of chi-squared.
  @Test func gatesAreDrawnAtTheirRates() throws {
    let domain = try domain(.reference, 12...12)
    var counts = [String: Int]()
    var inputs = [Int](repeating: 0, count: 11)
    for exercise in domain.exercises(seed: 4, count: 5000) {
      let (gates, _) = gates(domain.words.text(of: exercise.prompt))
      for id in 3...12 { counts[gates[id]?[0] ?? "", default: 0] += 1 }
      for input in gates[12]?[1..<3].compactMap({ Int($0) }) ?? [] { inputs[input - 1] += 1 }
    }
    var chi = 0.0
    for (type, share) in [("TRUE", 0.1), ("FALSE", 0.1), ("NOT", 0.16), ("AND", 0.32), ("OR", 0.32)] {
      let expected = share * 50_000
      chi += (Double(counts[type] ?? 0) - expected) * (Double(counts[type] ?? 0) - expected) / expected
    }
    #expect(chi < 18.5, "\(counts)")
    let mean = Double(inputs.reduce(0, +)) / 11
    #expect(inputs.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) / mean } < 29.6, "\(inputs)")
  }

  @Test func theSameKeyGivesTheSameTask() throws {
    func task(_ shape: CircuitShape, _ change: (inout SerialSettings) -> Void = { _ in }) throws -> String {
      let domain = try domain(shape, 4...5, change)
      let exercise = try #require(domain.exercises(seed: 7, count: 1).first)
      return domain.words.text(of: exercise.prompt + exercise.trace + exercise.answer)
    }
    let found = [
      try task(.deep), try task(.reference) { ($0.distractors, $0.shufflePremises) = (1, true) },
    ]
    #expect(
      found == [
        "TRUE NA NA 1 TRUE NA NA 2 OR 1 1 3 OR 3 2 4 AND 3 4 5 = 1 TRUE 2 TRUE 3 TRUE 4 TRUE ans TRUE",
        "TRUE NA NA 1 OR 2 2 4 OR 1 1 3 AND 4 1 6 TRUE NA NA 2 AND 1 3 5 out 5 = 1 TRUE 2 TRUE 3 TRUE "
          + "4 TRUE ans TRUE",
      ])
  }

  @Test func noTokensTrap() throws {
    var random = CounterRandom(seed: 6, stream: .sampling)
    for layout in SerialSettings.Layout.allCases {
      let domain = try domain { $0.layout = layout }
      let exercise = try #require(domain.exercises(seed: 1, count: 1).first)
      for _ in 0..<3000 {
        var prompt = exercise.prompt
        for _ in 0..<random.uniform(below: 3) {
          prompt[random.uniform(below: prompt.count)] = Token(random.uniform(below: domain.words.count))
        }
        let response = (0..<random.uniform(below: 12)).map { _ in
          Token(random.uniform(below: domain.words.count + 2) - 1)
        }
        _ = domain.judged(response, isTerminated: true, to: prompt)
        _ = (domain.hints(for: prompt), domain.frames(of: response, to: prompt))
      }
    }
  }

  /// Every chain that a circuit's gates can make, of three of them, judged by the words of the rule.
  @Test func everyChainOfThreeGatesIsJudgedByTheRule() throws {
    let domain = try domain(.reference, 5...5) { $0.vocabularyLength = 6 }
    var seen: [String: Int] = [:]
    for exercise in domain.exercises(seed: 8, count: 12) {
      let prompt = domain.words.text(of: exercise.prompt)
      let (gates, output) = gates(prompt)
      var values: [Int: Bool] = [:]
      for id in gates.keys { values[id] = value(of: id, gates, &values) }
      func feeds(_ one: Int, _ other: Int) -> Bool {
        let inputs = gates[other]?[1..<3].compactMap { Int($0) } ?? []
        return inputs.contains { $0 == one || feeds(one, $0) }
      }
      func follows(_ id: Int, from known: [Int]) -> Bool {
        let inputs = gates[id]?[1..<3].compactMap { Int($0) } ?? []
        let isKnown = inputs.map { known.contains($0) || gates[$0]?[1] == "NA" }
        let decisive = gates[id]?[0] == "AND" ? false : gates[id]?[0] == "OR" ? true : nil
        return isKnown.allSatisfy(\.self) || zip(inputs, isKnown).contains { $1 && values[$0] == decisive }
      }
      for chain in chains(of: 3, over: Array(1...6)) {
        let expected: String
        if let flaw = chain.first(where: { gates[$0.id] == nil || values[$0.id] != $0.value }) {
          expected = "untrueEntry \(2 * (chain.firstIndex { $0 == flaw } ?? 0))"
        } else if let place = chain.indices.first(where: { place in
          let id = chain[place].id
          return id == output || chain[..<place].contains { $0.id == id || feeds(id, $0.id) }
        }) {
          expected = "disorderedEntry \(2 * place)"
        } else {
          let ids = chain.map(\.id) + [output]
          let place = ids.indices.first { !follows(ids[$0], from: Array(ids[..<$0])) }
          expected = place.map { "skipsSteps \(2 * $0)" } ?? "legal"
        }
        let text = chain.map { "\($0.id) \($0.value ? "TRUE" : "FALSE")" }.joined(separator: " ")
        let found = try domain.verdict("\(text) \(domain.words.text(of: exercise.answer))", to: prompt)
        seen[String(expected.prefix { $0 != " " }), default: 0] += 1
        #expect(found == "optimal \(expected)", "\(text) to \(prompt)")
      }
    }
    #expect(seen.count == 4 && seen.values.allSatisfy { $0 > 5 }, "\(seen)")
  }

  private struct Entry: Equatable {
    let id: Int
    let value: Bool
  }

  private func chains(of most: Int, over ids: [Int]) -> [[Entry]] {
    let entries = ids.flatMap { [Entry(id: $0, value: true), Entry(id: $0, value: false)] }
    var all: [[Entry]] = [[]]
    var newest = all
    for _ in 0..<most {
      newest = newest.flatMap { chain in entries.map { chain + [$0] } }
      all += newest
    }
    return all
  }
}
