/// Tasks and responses in plain text: a line a step with its premise and what comes out of it.
extension SerialDomain {
  func drawing(of prompt: [Token]) -> String {
    do throws(SearchError) {
      return picture(of: try rules.task(from: prompt))
    } catch {
      return "prompt, \(error)"
    }
  }

  /// The task, a picture an entry with all that was written of each step so far, and one for the answer; under
  /// each what was written and the first fault in it. An unreadable entry ends the replay of the trace.
  func frames(of response: [Token], to prompt: [Token]) -> [String] {
    let task: Rules.Task
    do throws(SearchError) { task = try rules.task(from: prompt) } catch { return ["prompt, \(error)"] }
    let verdict = judge(response, isTerminated: true, to: prompt)
    var faults = [verdict.trace.fault.map { ("trace", $0) }, verdict.answer.fault.map { ("answer", $0) }]
      .compactMap(\.self)
    func caption(_ tokens: Range<Int>) -> String {
      let isLast = tokens.upperBound == response.count
      let found = faults.filter { tokens.contains($0.1.position) || isLast }
      faults.removeAll { tokens.contains($0.1.position) || isLast }
      let lines = [vocabulary.text(of: response[tokens])] + found.map { "\($0.0): \($0.1)" }
      return lines.joined(separator: "\n")
    }
    var frames = [picture(of: task)]
    var written: [Int: String] = [:]
    let end = verdict.traceLength
    let chain = read(response, before: end)
    for (entry, place) in chain.entries {
      if let step = rules.step(of: entry, in: task) { written[step] = vocabulary.text(of: response[place]) }
      frames.append(picture(of: task, written) + "\n" + caption(place))
    }
    let read = chain.entries.last?.place.upperBound ?? 0
    if read < end { frames.append(picture(of: task, written) + "\n" + caption(read..<end)) }
    if end < response.count { written[rules.steps(of: task)] = vocabulary.text(of: response[end...]) }
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
