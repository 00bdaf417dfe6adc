import Words

/// Tasks and responses in plain text: a line a step with its premise and what comes out of it.
struct SerialPictures<Rules: SerialRules>: WordPictures {
  let domain: SerialDomain<Rules>

  private var rules: Rules { domain.rules }
  var words: Vocabulary { domain.words }

  func drawing(of prompt: [Token]) -> String {
    do throws(SearchError) {
      return picture(of: try rules.task(from: prompt))
    } catch {
      return "prompt, \(error)"
    }
  }

  /// The task, a picture an entry with all that was written of each step so far, and one for the answer;
  /// under each what was written and the first fault in it. An unreadable entry ends the replay of the
  /// trace.
  func frames(of response: [Token], to prompt: [Token]) -> [String] {
    let task: Rules.Task
    do throws(SearchError) { task = try rules.task(from: prompt) } catch { return ["prompt, \(error)"] }
    let verdict = domain.judge(response, isTerminated: true, to: prompt)
    var faults = [verdict.trace.fault.map { ("trace", $0) }, verdict.answer.fault.map { ("answer", $0) }]
      .compactMap(\.self)
    func caption(_ tokens: Range<Int>) -> String {
      let isLast = tokens.upperBound == response.count
      let found = faults.filter { $0.1.isAt(tokens) || isLast }
      faults.removeAll { $0.1.isAt(tokens) || isLast }
      let lines = [words.text(of: response[tokens])] + found.map { "\($0.0): \($0.1)" }
      return lines.joined(separator: "\n")
    }
    var frames = [picture(of: task)]
    var written: [Int: String] = [:]
    let end = domain.split(response).trace.endIndex
    let chain = domain.read(response, before: end)
    for (entry, place) in chain.entries {
      if let step = rules.step(of: entry, in: task) { written[step] = words.text(of: response[place]) }
      frames.append(picture(of: task, written) + "\n" + caption(place))
    }
    let read = chain.entries.last?.place.upperBound ?? 0
    if read < end { frames.append(picture(of: task, written) + "\n" + caption(read..<end)) }
    if end < response.count { written[rules.steps(of: task)] = words.text(of: response[end...]) }
    frames.append(picture(of: task, written) + "\n" + caption(end..<response.count))
    return frames
  }

  /// `written`: by step.
  private func picture(of task: Rules.Task, _ written: [Int: String] = [:]) -> String {
    let rows = rules.rows(of: task).enumerated().map { index, row in
      [String(index + 1), row.premise, row.value, written[index + 1] ?? ""]
    }
    let table = [["step", "premise", "value", written.isEmpty ? "" : "written"]] + rows
    let widths = (0..<3).map { column in table.map { $0[column].count }.max() ?? 0 }
    let lines = table.map { row in
      let padded = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) } + [row[3]]
      let line = padded.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
    return ([rules.title(of: task)] + lines).joined(separator: "\n")
  }
}

// MARK: - Entries and diagrams

extension SerialPictures {
  /// Entries by their step's number, those without one by their text.
  func entries(of response: [Token], to prompt: [Token]) -> [TraceEntry]? {
    guard let task = try? rules.task(from: prompt) else { return nil }
    let end = domain.split(response).trace.endIndex
    let chain = domain.read(response, before: end)
    let flaws = rules.flaws(of: chain.entries.map(\.entry), in: task)
    var entries = zip(chain.entries, flaws).map { read, flaw in
      let text = words.text(of: response[read.place])
      let fault = flaw.flatMap { $0.isFault ? $0.detail : nil }
      return TraceEntry(
        key: rules.step(of: read.entry, in: task).map(String.init) ?? text, text: text, fault: fault)
    }
    if let malformed = chain.malformed {
      let start = chain.entries.last?.place.upperBound ?? 0
      let text = words.text(of: response[start..<end])
      entries.append(TraceEntry(key: text, text: text, fault: malformed.detail))
    }
    return entries
  }

  func diagram(of prompt: [Token]) -> Diagram? { (try? rules.task(from: prompt)).flatMap(rules.diagram) }
}
