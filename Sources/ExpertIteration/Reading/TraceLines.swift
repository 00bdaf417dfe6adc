import Determinism
import Search

/// The reference and the judge on lines of text, for `shorten astar` and `shorten verify`: a line in, a line out.
///
///     let lines = try TraceLines(domain: .maze(.init(width: 3, height: 3)), seed: 1)
///     lines.search("start 0 2 goal 1 0 wall 1 2 wall 2 0", line: 1).json
///     // {"expanded":4,"plan":"plan 0 2 plan 0 1 ...","prompt":"start 0 2 ...","trace":"create 0 2 ..."}
public struct TraceLines: Sendable {
  /// A line of JSON with sorted keys; `error` says why the input line could not be read.
  public struct Answer: Sendable, Equatable {
    public let json: String
    public let error: String?
  }

  private let domain: any Domain
  private let seed: UInt64

  public init(domain: DomainConfiguration, seed: UInt64) throws {
    self.domain = try domain.makeDomain()
    self.seed = seed
  }

  /// The reference's response to the prompt on line `line`, counted from 1; the draws follow from the seed and the
  /// line. A task without a solution has `"plan": null` and the trace until nothing was open; a prompt that
  /// cannot be read has an `error`.
  public func search(_ prompt: String, line: Int) -> Answer {
    let words = prompt.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    var members: [String: JSONTree] = [
      "prompt": .text(words), "trace": .null, "plan": .null, "expanded": .null,
    ]
    do {
      var random = CounterRandom(seed: seed, stream: .search, UInt64(line - 1))
      let solution = try domain.solve(try domain.prompt(of: words), using: &random)
      members["trace"] = .text(domain.vocabulary.text(of: solution.trace))
      if let answer = solution.answer { members["plan"] = .text(domain.vocabulary.text(of: answer)) }
      members["expanded"] = .number(solution.expansions)
      return Answer(json: JSONTree.object(members).line(), error: nil)
    } catch {
      let reason = "line \(line): \(error)"
      members["error"] = .text(reason)
      return Answer(json: JSONTree.object(members).line(), error: reason)
    }
  }

  /// The judge's verdicts on line `line`: `{"prompt": ..., "response": ..., "terminated": true}`. In place of
  /// `response` the line may have `trace` and `plan` (or `answer`, as a verifier is asked), so that what `astar` and exports print can be verified
  /// as it is; a plan of null, that of a task without a solution, is an empty one. A line that cannot be read
  /// gets a verdict too, whose fault says why.
  public func verify(_ text: String, line: Int) -> Answer {
    do throws(Refusal) {
      let task = try VerifiedLine(text)
      let prompt: [Token]
      do {
        prompt = try domain.prompt(of: task.prompt)
      } catch {
        throw Refusal(reason: "prompt, \(error)")
      }
      let vocabulary = domain.vocabulary
      let response = vocabulary.tokens(of: task.response, replacingUnknownBy: -1)
      let judgement = domain.judge(response, isTerminated: task.isTerminated, to: prompt)
      if let failure = domain.verifier?.failure { throw Refusal(reason: "\(failure)") }
      let verdict = Verdict(judgement) { vocabulary.unknownWord(in: task.response, at: $0) }
      return Answer(json: JSONTree.object(verdict.members).line(), error: nil)
    } catch {
      let reason = "line \(line): \(error.reason)"
      return Answer(json: JSONTree.object(Verdict(unreadable: reason).members).line(), error: reason)
    }
  }
}

private struct Refusal: Error {
  let reason: String
}

/// A line of `shorten verify`'s input.
private struct VerifiedLine {
  let prompt: String
  let response: String
  let isTerminated: Bool

  init(_ text: String) throws(Refusal) {
    let document: JSONDocument
    do {
      document = try JSONDocument(bytes: Array(text.utf8))
    } catch {
      throw Refusal(reason: "column \(error.column): \(error.message)")
    }
    if let repeated = document.repeatedKeys.first {
      let reason = "the key \"\(repeated.key)\" is there already, at column \(repeated.first.column)"
      throw Refusal(reason: "column \(repeated.position.column): \(reason); remove one of the two")
    }
    guard case .object(let members) = document.root.value else {
      throw Refusal(reason: "expected an object, found \(document.root.summary)")
    }
    func value(_ key: String) -> JSONNode? { members.first { $0.key == key }?.value }
    func string(_ key: String) throws(Refusal) -> String? {
      guard let node = value(key) else { return nil }
      guard case .string(let text) = node.value else {
        throw Refusal(reason: "\"\(key)\" must be a text, found \(node.summary)")
      }
      return text
    }
    guard let prompt = try string("prompt") else { throw Refusal(reason: "\"prompt\" is missing") }
    self.prompt = prompt
    if let response = try string("response") {
      self.response = response
    } else if let key = ["plan", "answer"].first(where: { value($0) != nil }) {
      let plan = value(key)?.value == .null ? "" : try string(key) ?? ""
      response = (try string("trace") ?? "") + " " + plan
    } else {
      throw Refusal(reason: "\"response\" is missing")
    }
    switch value("terminated")?.value {
    case nil: isTerminated = true
    case .boolean(let flag): isTerminated = flag
    default: throw Refusal(reason: "\"terminated\" must be true or false")
    }
  }
}
