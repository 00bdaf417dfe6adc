import Configuration
import Determinism
import JSON
import Search
import Words

/// The reference and the judge on lines of text, for `shorten reference` and `shorten verify`: a line in, a
/// line out.
///
///     let lines = try TraceLines(domain: .maze(.init(width: 3, height: 3)), seed: 1)
///     lines.search("start 0 2 goal 1 0 wall 1 2 wall 2 0", line: 1).json
///     // {"answer":"plan 0 2 plan 0 1 ...","closedStates":4,...,"trace":"create 0 2 ..."}
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

  /// The reference's response to the prompt on line `line`, counted from 1; the draws follow from the seed
  /// and the line. A task without a solution has `"answer": null` and the trace until nothing was open; a
  /// prompt that cannot be read has an `error`. `plan` and `expanded` repeat `answer` and `closedStates`,
  /// under their names in earlier versions.
  public func search(_ prompt: String, line: Int) -> Answer {
    let words = domain.vocabulary == nil ? prompt : Vocabulary.pieces(of: prompt).joined(separator: " ")
    var members: [String: JSONTree] = ["prompt": .text(words), "trace": .null]
    func finish(_ answer: JSONTree, _ closed: JSONTree, error: String?) -> Answer {
      members["answer"] = answer
      members["plan"] = answer
      members["closedStates"] = closed
      members["expanded"] = closed
      if let error { members["error"] = .text(error) }
      return Answer(json: JSONTree.object(members).line(), error: error)
    }
    do {
      guard let reference = domain.reference else {
        throw SearchError.badPrompt(position: 0, reason: "these tasks have no reference")
      }
      var random = CounterRandom(seed: seed, stream: .search, UInt64(line - 1))
      let solution = try reference.solve(try domain.prompt(of: words), using: &random)
      members["trace"] = .text(domain.text(of: solution.trace))
      return finish(
        solution.answer.map { .text(domain.text(of: $0)) } ?? .null, .number(solution.closedStates),
        error: nil)
    } catch {
      return finish(.null, .null, error: "line \(line): \(error)")
    }
  }

  /// The judge's verdicts on line `line`: `{"prompt": ..., "response": ..., "terminated": true}`. Instead
  /// of `response` the line may have `trace` and `answer` (or `plan`), so that what `reference` and exports
  /// print can be verified as it is; an answer of null, that of a task without a solution, is an empty one.
  /// A line that cannot be read gets a verdict too, whose fault says why.
  public func verify(_ text: String, line: Int) -> Answer {
    do throws(Refusal) {
      let verdict = try verdict(on: try VerifiedLine(text))
      return Answer(json: JSONTree.object(verdict.members).line(), error: nil)
    } catch {
      let reason = "line \(line): \(error.reason)"
      return Answer(
        json: JSONTree.object(ShownVerdict(unreadable: reason).members).line(), error: reason)
    }
  }

  private func verdict(on task: VerifiedLine) throws(Refusal) -> ShownVerdict {
    let prompt: Writing
    do {
      prompt = try domain.prompt(of: task.prompt)
    } catch {
      throw Refusal(reason: "prompt, \(error)")
    }
    let text = domain.joined(task.trace, task.answer)
    let response = Writing.text(text)
    do {
      let judgement = try domain.judge(response, isTerminated: task.isTerminated, to: prompt)
      let trace = domain.parts(of: response).trace
      let length =
        if case .words(let words) = trace { words.count } else { domain.text(of: trace).utf8.count }
      return ShownVerdict(judgement, traceLength: length) { domain.vocabulary?.unknownWord(in: text, at: $0) }
    } catch {
      throw Refusal(reason: "\(error)")
    }
  }

  private struct Refusal: Error {
    let reason: String
  }

  /// A line of `shorten verify`'s input.
  private struct VerifiedLine {
    let prompt: String
    let trace: String
    let answer: String
    let isTerminated: Bool

    init(_ text: String) throws(Refusal) {
      let members = try Self.members(of: text)
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
        (trace, answer) = ("", response)
      } else if let key = ["plan", "answer"].first(where: { value($0) != nil }) {
        trace = try string("trace") ?? ""
        answer = value(key)?.value == .null ? "" : try string(key) ?? ""
      } else {
        throw Refusal(reason: "\"response\" is missing")
      }
      switch value("terminated")?.value {
      case nil: isTerminated = true
      case .boolean(let flag): isTerminated = flag
      default: throw Refusal(reason: "\"terminated\" must be true or false")
      }
    }

    private static func members(of text: String) throws(Refusal) -> [JSONNode.Member] {
      let document: JSONDocument
      do {
        document = try JSONDocument(bytes: Array(text.utf8))
      } catch {
        throw Refusal(reason: "column \(error.position.column): \(error.message)")
      }
      if let repeated = document.repeatedKeys.first {
        let reason = "the key \"\(repeated.key)\" is there already, at column \(repeated.first.column)"
        throw Refusal(reason: "column \(repeated.position.column): \(reason); remove one of the two")
      }
      guard case .object(let members) = document.root.value else {
        throw Refusal(reason: "expected an object, found \(document.root.summary)")
      }
      return members
    }
  }
}
