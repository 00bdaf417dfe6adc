import Configuration
import ExpertIteration
import Reading
import Text

/// The progress of a phase, and the line that shows it. It is pure: times are passed in.
///
///     round 3/5  sample     71 % ▕███████   ▏ 5,680/8,000 exercises  41 k tok/s  ETA 02:14
struct PhaseLine {
  let round: Int
  let rounds: Int
  let phase: Phase
  let total: Int
  let unit: String
  /// Monotonic seconds.
  let startedAt: Double
  /// Units done before this process took up the phase, which do not count for its speed. nil before the first
  /// event.
  private var doneBefore: Int?
  private var done = 0
  private var tokens = 0
  private var values: [(name: String, value: String)] = []

  init(round: Int, rounds: Int, phase: Phase, total: Int, unit: String, startedAt: Double) {
    self.round = round
    self.rounds = rounds
    self.phase = phase
    self.total = total
    self.unit = unit
    self.startedAt = startedAt
  }

  /// Takes in an event. Events come from several threads, so an older one may come later; counts never fall.
  mutating func advance(done: Int, tokens: Int, values: [(name: String, value: String)]) {
    if doneBefore == nil { doneBefore = max(0, done - 1) }
    self.done = max(self.done, done)
    self.tokens = max(self.tokens, tokens)
    self.values = values
  }

  /// The line while the phase runs, with a bar on wide terminals.
  func text(now: Double, hasBar: Bool) -> String {
    let share = total > 0 ? Double(done) / Double(total) : 0
    var parts = ["\(heading) \(String(Int(100 * share)).padded(to: 3, .right)) %"]
    if hasBar { parts[0] += " " + Self.bar(share) }
    parts[0] += " \(done.grouped)/\(total.grouped) \(unit)"
    let elapsed = now - startedAt
    if let speed = speed(after: elapsed) { parts.append(speed) }
    let fresh = done - (doneBefore ?? 0)
    if fresh > 0, elapsed > 1, done < total {
      parts.append("ETA " + clockTime(elapsed * Double(total - done) / Double(fresh)))
    }
    return (parts + shownValues).joined(separator: "  ")
  }

  /// The line when the phase is over.
  func finishedText(seconds: Double) -> String {
    let amount = total > 1 ? "\(total.grouped) \(unit) in" : "done in"
    var parts = ["\(heading) \(amount) \(clockTime(seconds))"]
    if let speed = speed(after: seconds) { parts.append(speed) }
    return (parts + shownValues).joined(separator: "  ")
  }

  private var heading: String {
    "round \(round)/\(rounds)  \(phase.rawValue.padded(to: 9, .left))"
  }

  /// The values as text. One named `of` is the whole of the one before it: `improved 93 of 400`.
  private var shownValues: [String] {
    values.reduce(into: []) { texts, value in
      if value.name == "of", let last = texts.popLast() {
        texts.append("\(last) of \(value.value)")
      } else {
        texts.append("\(value.name) \(value.value)")
      }
    }
  }

  private func speed(after seconds: Double) -> String? {
    guard tokens > 0, seconds > 0.2 else { return nil }
    return (Double(tokens) / seconds).abbreviated + " tok/s"
  }

  /// A bar of ten cells, filled in steps of an eighth of a cell.
  static func bar(_ share: Double) -> String {
    let eighths = Int((min(1, max(0, share)) * 80).rounded(.down))
    let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    let filled = String(repeating: "█", count: eighths / 8) + partial
    return "▕\(filled.padded(to: 10, .left))▏"
  }
}
