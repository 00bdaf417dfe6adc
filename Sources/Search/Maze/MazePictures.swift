import Words

/// Mazes and responses in plain text (`MazePicture`).
struct MazePictures: WordPictures {
  let judge: MazeJudge

  var language: MazeLanguage { judge.language }
  var words: Vocabulary { language.vocabulary }

  /// The maze of a prompt, or what is wrong with the prompt.
  func drawing(of prompt: [Token]) -> String {
    do throws(SearchError) { return MazePicture(try language.maze(from: prompt)).text } catch {
      return "prompt, \(error)"
    }
  }

  /// The maze, a picture a clause, and the plan; under each what was written and the first fault in it. An
  /// unreadable clause ends the replay of the trace.
  func frames(of response: [Token], to prompt: [Token]) -> [String] {
    let maze: Maze
    do throws(SearchError) { maze = try language.maze(from: prompt) } catch { return ["prompt, \(error)"] }
    let verdict = judge.judge(response, isTerminated: true, to: prompt)
    let end = language.split(response).trace.endIndex
    var picture = MazePicture(maze)
    var frames = [picture.text]
    var index = 0
    while index < end {
      let first = index
      let clause = language.clause(in: response, &index, before: end)
      if let clause, let cell = clause.cell { picture.mark(cell, clause.isClose ? "x" : "o") }
      if clause == nil { index = end }
      var caption = language.vocabulary.text(of: response[first..<index])
      if let fault = verdict.trace.fault, fault.isAt(first..<index) {
        caption += "\n\(fault)"
      }
      frames.append(picture.text + "\n" + caption)
    }
    frames.append(planFrame(response, from: end, picture, verdict))
    return frames
  }

  private func planFrame(
    _ response: [Token], from end: Int, _ board: MazePicture, _ verdict: Judgement
  ) -> String {
    var picture = board
    var index = end
    while let placed = language.place(in: response, &index, before: response.count) {
      if placed.word == .plan, let cell = placed.cell { picture.mark(cell, "*") }
    }
    let captions = [
      end < response.count ? language.vocabulary.text(of: response[end...]) : nil,
      verdict.trace.fault.flatMap { $0.isAt(end...) ? "trace: \($0)" : nil },
      verdict.answer.fault.map { "answer: \($0)" },
    ]
    return ([picture.text] + captions.compactMap(\.self)).joined(separator: "\n")
  }
}
