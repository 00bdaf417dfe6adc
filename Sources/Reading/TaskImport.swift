import Configuration
import JSON
import Outside
import Search
import Words

/// Makes tasks for an external domain of records that others wrote: Searchformer's, with `prompt`,
/// `reasoning` and `plan` as lists of words, or any with `prompt`, `trace` and `answer`. A line in, a line
/// out.
///
///     var tasks = try TaskImport(answerWord: nil, domain: nil)
///     tasks.line(#"{"prompt": ["3", "5"], "reasoning": [], "plan": ["plan", "8"]}"#, number: 1)
///     // {"answer":"plan 8","prompt":"3 5","trace":""}
public struct TaskImport {
  /// Lines that were left out for one reason, and the first of them.
  public struct Skipped: Sendable, Equatable {
    public let reason: String
    public var count: Int
    public let firstLine: Int
    /// What the first of them said more exactly; nil: nothing.
    public let detail: String?
  }

  public private(set) var imported = 0
  /// In the order they were met.
  public private(set) var skipped: [Skipped] = []
  /// What every answer begins with; nil before the first.
  public private(set) var answerWord: String?
  private let domain: (any Domain)?
  private var lines: [String: Int] = [:]

  /// `answerWord` nil: `plan` where the first record has a plan, or else `answer`. With a `domain` only
  /// records that it judges optimal pass; they get its cost.
  public init(answerWord: String?, domain: DomainConfiguration?) throws {
    if let answerWord, let problem = ExternalTasks.problem(withWord: answerWord) {
      throw SearchError.invalidSetting(name: "--answer-word", value: answerWord, requirement: problem)
    }
    self.answerWord = answerWord
    self.domain = try domain?.makeDomain()
  }

  /// Lines that could not be read, as others than those that were left out.
  public static let unreadable = "unreadable"

  /// The task, as a line of JSON; nil: it is left out.
  public mutating func line(_ text: String, number: Int) -> String? {
    do {
      let task = try task(text, number: number)
      imported += 1
      lines[task.prompt.joined(separator: " ")] = number
      return task.json
    } catch {
      if let index = skipped.firstIndex(where: { $0.reason == error.reason }) {
        skipped[index].count += 1
      } else {
        skipped.append(Skipped(reason: error.reason, count: 1, firstLine: number, detail: error.detail))
      }
      return nil
    }
  }

  private struct Omission: Error {
    let reason: String
    var detail: String?
  }

  private mutating func task(_ text: String, number: Int) throws(Omission) -> ExternalTask {
    var task: ExternalTask
    do throws(Refusal) {
      let line = try TaskLine(Array(text.utf8))
      let answer = line["plan"] == nil ? "answer" : "plan"
      let word = answerWord ?? answer
      answerWord = word
      task = ExternalTask(
        prompt: try line.words("prompt"),
        trace: try line.words(line["reasoning"] == nil ? "trace" : "reasoning"),
        answer: try line.words(answer), line: number)
      if task.answer.first != word { task.answer.insert(word, at: 0) }
      (task.split, task.cost) = (try line.split, try line.cost)
    } catch {
      throw Omission(reason: Self.unreadable, detail: error.text)
    }
    let prompt = task.prompt.joined(separator: " ")
    if let earlier = lines[prompt] {
      throw Omission(reason: "a prompt that was there already", detail: "as on line \(earlier)")
    }
    do throws(ExternalTaskError) {
      _ = try ExternalTasks([task], answerWord: answerWord ?? "")
    } catch {
      throw Omission(reason: Self.unreadable, detail: error.reason)
    }
    if let domain { task.cost = try cost(of: task, domain) }
    return task
  }

  private func cost(of task: ExternalTask, _ domain: any Domain) throws(Omission) -> Int? {
    let prompt: Writing
    do throws(SearchError) {
      prompt = try domain.prompt(of: task.prompt.joined(separator: " "))
    } catch {
      throw Omission(reason: "no \(domain.name) of this size", detail: "prompt, \(error)")
    }
    let words = ((task.trace ?? []) + task.answer).joined(separator: " ")
    let judgement: Judgement
    do throws(JudgeFailure) {
      judgement = try domain.judge(.text(words), isTerminated: true, to: prompt)
    } catch {
      throw Omission(reason: "no verdict", detail: "\(error)")
    }
    let verdict = ShownVerdict(judgement, traceLength: 0) {
      domain.vocabulary?.unknownWord(in: words, at: $0)
    }
    switch judgement.answer {
    case .wrong: throw Omission(reason: "a wrong answer", detail: verdict.fault)
    case .correct: throw Omission(reason: "an answer that is not optimal")
    case .optimal(let cost):
      guard judgement.trace.isSound else { throw Omission(reason: "an unsound trace", detail: verdict.fault) }
      return cost
    }
  }
}

extension ExternalTask {
  /// A line of a tasks file.
  fileprivate var json: String {
    var members: [String: JSONTree] = [:]
    for (key, words) in [("prompt", prompt), ("trace", trace ?? []), ("answer", answer)] {
      members[key] = .text(words.joined(separator: " "))
    }
    if let split { members["split"] = .text(split.rawValue) }
    if let cost { members["cost"] = .number(cost) }
    return JSONTree.object(members).line()
  }
}
