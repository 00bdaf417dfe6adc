import Determinism

@testable import Search

/// A serial domain of the test's own settings.
func serial(
  _ problem: SerialSettings.Problem, _ lengths: ClosedRange<Int> = 4...8,
  _ change: (inout SerialSettings) -> Void = { _ in }
) throws -> any WordDomain {
  var settings = SerialSettings(problem)
  (settings.minimumLength, settings.maximumLength) = (lengths.lowerBound, lengths.upperBound)
  change(&settings)
  return try settings.makeDomain()
}

extension WordDomain {
  func judge(_ response: String, to prompt: String) throws -> Judgement {
    try judge(try words.tokens(of: response), isTerminated: true, to: try words.tokens(of: prompt))
  }

  /// `optimal legal`, `wrongAnswer skipsSteps 3`: each part's verdict, and of a fault where it is.
  func verdict(_ response: String, to prompt: String) throws -> String {
    let judgement = try judge(response, to: prompt)
    let answer = judgement.answer.fault.map { $0.kind.rawValue } ?? "optimal"
    let trace = judgement.trace.fault.map { "\($0.kind.rawValue) \($0.position ?? -1)" } ?? "legal"
    return "\(answer) \(trace)"
  }

  /// Trace, answer and reference lengths of a prompt, by its words.
  func solution(_ prompt: String) throws -> (trace: String, answer: String, lengths: [String: Double]) {
    var random = CounterRandom(key: 0)
    let tokens = try promptTokens(of: prompt)
    let solution = try solve(tokens, using: &random)
    let settings = ReferenceSettings(seed: 1, runs: 1, samples: 1)
    let lengths = try referenceLengths(of: tokens, settings, index: 0)
    let names = referenceLines(settings).map(\.name)
    return (
      words.text(of: solution.trace), words.text(of: solution.answer ?? []),
      Dictionary(uniqueKeysWithValues: zip(names, lengths))
    )
  }

  /// Tokens before the answer.
  func traceLength(_ response: String) throws -> Int { split(try words.tokens(of: response)).trace.count }

  /// The labels of a prompt, `.` where there is none.
  func labels(_ prompt: String) throws -> String? {
    hints(for: try words.tokens(of: prompt))?.map { $0.map { words.text(of: [$0]) } ?? "." }
      .joined(separator: " ")
  }
}

/// All permutations of 1 ... p in lexicographic order, by their images.
func permutations(_ degree: Int) -> [[Int]] {
  func extended(_ part: [Int]) -> [[Int]] {
    part.count == degree
      ? [part] : (1..<degree + 1).filter { !part.contains($0) }.flatMap { extended(part + [$0]) }
  }
  return extended([])
}

/// The values of a sequence task's steps, by other methods than the domains'.
enum SecondMethod {
  /// Of each prefix the residues are counted: sum of v * count(v) mod p.
  static func sums(_ numbers: [Int], modulus: Int) -> [Int] {
    numbers.indices.map { last in
      var counts = [Int](repeating: 0, count: modulus)
      for number in numbers[...last] { counts[number] += 1 }
      return counts.enumerated().reduce(0) { ($0 + $1.offset * $1.element) % modulus }
    }
  }

  /// Each prefix's permutation matrices are multiplied, the later from the left; images from 1.
  static func products(_ factors: [[Int]]) -> [[Int]] {
    let degree = factors[0].count
    func matrix(_ images: [Int]) -> [[Int]] {
      (0..<degree).map { row in (0..<degree).map { images[$0] == row + 1 ? 1 : 0 } }
    }
    var product = matrix(Array(1..<degree + 1))
    return factors.map { factor in
      let left = matrix(factor)
      product = (0..<degree).map { row in
        (0..<degree).map { column in (0..<degree).reduce(0) { $0 + left[row][$1] * product[$1][column] } }
      }
      return (0..<degree).map { column in 1 + (product.firstIndex { $0[column] == 1 } ?? -1) }
    }
  }

  /// r^(2^n) mod p: by the exponent modulo the order of r where r has one, else by 2^n - 1 multiplications.
  static func power(_ base: Int, squared times: Int, modulus: Int) -> Int {
    guard let order = order(of: base, modulus: modulus) else {
      return (0..<(1 << times)).reduce(1 % modulus) { value, _ in value * base % modulus }
    }
    var exponent = (0..<times).reduce(1 % order) { value, _ in 2 * value % order }
    var (result, factor) = (1 % modulus, base % modulus)
    while exponent > 0 {
      if exponent % 2 == 1 { result = result * factor % modulus }
      factor = factor * factor % modulus
      exponent /= 2
    }
    return result
  }

  static func order(of base: Int, modulus: Int) -> Int? {
    var (value, order) = (base % modulus, 1)
    while value != 1 % modulus, order <= modulus {
      value = value * base % modulus
      order += 1
    }
    return order <= modulus ? order : nil
  }
}

/// Judges chains with positions in layout `marked` by their words: a second judge.
struct SequenceWordJudge {
  /// What comes out of each step, written.
  let values: [String]
  /// Every value that can be written.
  let known: Set<String>
  let valueLength: Int

  func verdict(_ response: [String]) -> (answer: String, trace: String) {
    let parts = response.split(separator: "ans", maxSplits: 1, omittingEmptySubsequences: false)
    return (
      parts.count < 2 ? "missingAnswer" : answer(parts[1].joined(separator: " ")), trace(Array(parts[0]))
    )
  }

  private func answer(_ text: String) -> String {
    known.contains(text) ? text == values.last ? "optimal" : "wrongAnswer" : "malformedAnswer"
  }

  private func trace(_ words: [String]) -> String {
    guard words.count.isMultiple(of: valueLength + 1) else { return "malformedEntry" }
    var entries: [(step: Int, value: String)] = []
    for start in stride(from: 0, to: words.count, by: valueLength + 1) {
      let value = words[(start + 1)...].prefix(valueLength).joined(separator: " ")
      guard words[start].first == "@", let step = Int(words[start].dropFirst()), known.contains(value) else {
        return "malformedEntry"
      }
      entries.append((step, value))
    }
    if entries.contains(where: { $0.step > values.count || values[$0.step - 1] != $0.value }) {
      return "untrueEntry"
    }
    let steps = entries.map(\.step) + [values.count]
    if zip(steps, steps.dropFirst()).contains(where: { $0 >= $1 }) { return "disorderedEntry" }
    return steps == Array(1..<values.count + 1) ? "legal" : "skipsSteps"
  }
}
