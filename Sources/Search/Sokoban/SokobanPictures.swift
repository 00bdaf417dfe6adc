import Words

/// Levels and responses in plain text, y downwards, in the characters of `.xsb`: `#` wall, `@` worker, `$`
/// box, `.` dock, `+` and `*` worker and box on a dock.
struct SokobanPictures: WordPictures {
  let judge: SokobanJudge

  var language: SokobanLanguage { judge.language }
  var words: Vocabulary { language.vocabulary }

  /// The level of a prompt, or what is wrong with the prompt.
  func drawing(of prompt: [Token]) -> String {
    do throws(SearchError) { return try language.level(from: prompt).xsb } catch { return "prompt, \(error)" }
  }

  /// The level, a picture a clause, and a picture a step of the plan as far as it can be played; under each
  /// what was written and the first fault in it. A clause shows the boxes it names, which are those off the
  /// docks. An unreadable clause ends the replay of the trace.
  func frames(of response: [Token], to prompt: [Token]) -> [String] {
    let level: SokobanLevel
    do throws(SearchError) { level = try language.level(from: prompt) } catch { return ["prompt, \(error)"] }
    let verdict = judge.judge(response, isTerminated: true, to: prompt)
    var faults = [verdict.trace.fault.map { ("trace", $0) }, verdict.answer.fault.map { ("answer", $0) }]
      .compactMap(\.self)
    func caption(_ tokens: Range<Int>) -> String {
      let found = faults.filter { $0.1.isAt(tokens) }
      faults.removeAll { $0.1.isAt(tokens) }
      let lines = [language.vocabulary.text(of: response[tokens])] + found.map { "\($0.0): \($0.1)" }
      return lines.joined(separator: "\n")
    }
    var frames = [level.xsb]
    let end = language.split(response).trace.endIndex
    var index = 0
    while index < end {
      let first = index
      var picture = level.xsb
      if let clause = language.clause(in: response, &index, before: end) {
        picture = level.rows(level.marks(worker: clause.worker, boxes: clause.boxes.compactMap(\.self)))
      } else {
        index = end
      }
      frames.append(picture + "\n" + caption(first..<index))
    }
    var state = level.start
    while index < response.count {
      let first = index
      let placed = language.place(in: response, &index, before: response.count)
      if placed?.word != .plan { index = response.count }
      state = level.following(state, to: placed?.cell)
      frames.append(level.text(of: state) + "\n" + caption(first..<index))
    }
    for (part, fault) in faults { frames.append("\(level.text(of: state))\n\(part): \(fault)") }
    return frames
  }
}
