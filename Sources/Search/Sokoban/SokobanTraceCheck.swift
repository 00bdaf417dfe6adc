/// The state of a search as far as a trace shows it, and the rules that the next clause must keep.
///
/// *Sound*: the first clause creates the start with g 0. Every later create is of a state that one move leads
/// to from a state whose last close had a g one less, with the right h and a g below every g the state was
/// created with. Every close is of an open state with the g and h it was last created with. *Legal*: in
/// addition no open state had a smaller f when a state was closed, every child that a closed state could
/// improve was created before the next close (a closed child is opened again), and nothing follows the goal's
/// close.
///
/// A clause does not say which docks hold the boxes it leaves out, so it may mean any of several states. The
/// check follows every reading of the trace so far under which all of it is true, and merges those that have
/// come to the same; what holds under one of them holds of the trace. More than `mostReadings` are not
/// followed; the legal ones stay.
struct SokobanTraceCheck {
  static let mostReadings = 64

  private let level: SokobanLevel
  private let language: SokobanLanguage
  private var readings: [Reading]
  /// The most there have been after a clause.
  private(set) var widest = 1

  init(_ level: SokobanLevel, _ language: SokobanLanguage) {
    self.level = level
    self.language = language
    readings = [Reading(level)]
  }

  /// What keeps the trace so far from being legal, in the reading that stays legal longest; nil: nothing.
  var firstIllegality: Fault? { Self.best(of: readings)?.firstIllegality }

  /// Takes the next clause in, whose first token is `position` and whose costs start at `costs`; returns what
  /// makes it unsound, and then leaves it out.
  mutating func accept(_ clause: SokobanLanguage.Clause, at position: Int, costsAt costs: Int) -> Fault? {
    if let (kind, detail) = misplacement(of: clause) {
      return Fault(kind: clause.isClose ? .closesUnopened : kind, word: position, detail: detail)
    }
    let clause = PlacedClause(written: clause, position: position, costs: costs)
    let states = states(of: clause.written)
    var admitted: [(reading: Int, state: SokobanState)] = []
    var refusal: Refusal?
    for (reading, state) in readings.indices.flatMap({ reading in states.map { (reading, $0) } }) {
      if let reason = readings[reading].refusal(of: clause, state) {
        if reason.stage > refusal?.stage ?? -1 { refusal = reason }
      } else {
        admitted.append((reading, state))
      }
    }
    if admitted.isEmpty {
      let place = language.text(clause.written)
      return refusal.map { refusal in
        let position =
          switch refusal.kind {
          case .wrongCost, .noImprovement: costs
          case .wrongHeuristic: costs + 1
          default: position
          }
        return Fault(kind: refusal.kind, word: position, detail: "\(place): \(refusal.reason)")
      }
    }
    if readings.count == 1, admitted.count == 1 {
      readings[0].take(clause, admitted[0].state)
    } else {
      let before = readings
      readings = admitted.map { reading, state in
        var next = before[reading]
        next.take(clause, state)
        return next
      }
      merge()
      widest = max(widest, readings.count)
    }
    return nil
  }

  /// The verdict on a trace that ended before `end`: a solved state and all of the plan must have been
  /// closed. `plan`: its states, and where the words of each begin.
  func verdict(plan: [(state: SokobanState, position: Int)], end: Int) -> TraceVerdict {
    let finished = readings.filter(\.isGoalClosed)
    guard !finished.isEmpty else {
      return .unsound(Fault(kind: .goalNotClosed, word: end, detail: "no solved state was closed"))
    }
    var last = -1
    var fitting: [Reading] = []
    for reading in finished {
      if let missing = plan.firstIndex(where: { !reading.isClosed($0.state) }) {
        last = max(last, missing)
      } else {
        fitting.append(reading)
      }
    }
    guard let best = Self.best(of: fitting) else {
      let detail = "the plan passes \(language.text(plan[last].state, level)), which was never closed"
      return .unsound(Fault(kind: .planNotClosed, word: plan[last].position, detail: detail))
    }
    return best.firstIllegality.map { .sound(firstIllegality: $0) } ?? .legal
  }

  /// A legal reading, or the one that was legal longest; the first of equals.
  private static func best(of readings: [Reading]) -> Reading? {
    readings.max { $0.illegalFrom < $1.illegalFrom }
  }

  private mutating func merge() {
    var kept: [Reading] = []
    let sorted = readings.enumerated().sorted {
      ($1.element.illegalFrom, $0.offset) < ($0.element.illegalFrom, $1.offset)
    }
    for (_, reading) in sorted where kept.count < Self.mostReadings {
      if !kept.contains(where: { $0.hasTheFuture(of: reading) }) { kept.append(reading) }
    }
    readings = kept
  }
}

// MARK: - What a clause may mean

extension SokobanTraceCheck {
  /// Why no state of the level can be written so; nil: one can.
  private func misplacement(of clause: SokobanLanguage.Clause) -> (kind: Fault.Kind, detail: String)? {
    guard let worker = clause.worker, !clause.boxes.contains(nil) else {
      return (.createsOutside, "a cell outside the board is named")
    }
    let place = language.text(clause)
    if level.isWall[worker] { return (.createsWall, "\(place): the worker stands in a wall") }
    for box in clause.boxes.compactMap(\.self) {
      if level.isWall[box] { return (.createsWall, "\(place): a box stands in a wall") }
      if level.isDock[box] { return (.createsMisplaced, "\(place): a box on a dock is not named") }
      if box == worker { return (.createsMisplaced, "\(place): the worker stands on a box") }
    }
    let hidden = level.boxes.count - clause.boxes.count
    if hidden < 0 { return (.createsMisplaced, "\(place): the level has \(level.boxes.count) boxes") }
    let free = level.docks.count - (level.isDock[worker] ? 1 : 0)
    return hidden > free ? (.createsMisplaced, "\(place): not all other boxes have a dock") : nil
  }

  /// Every state that is written so, by the docks that hold the other boxes.
  private func states(of clause: SokobanLanguage.Clause) -> [SokobanState] {
    guard let worker = clause.worker else { return [] }
    let named = clause.boxes.compactMap(\.self)
    var choices: [[Int]] = [[]]
    for dock in level.docks where dock != worker { choices += choices.map { $0 + [dock] } }
    return choices.filter { $0.count == level.boxes.count - named.count }.map { docks in
      level.state(worker: worker, boxes: (named + docks).sorted())
    }
  }
}

extension SokobanLanguage {
  /// `worker X Y box X Y` as in a clause.
  func text(_ clause: Clause) -> String {
    text(worker: clause.worker ?? 0, boxes: clause.boxes.compactMap(\.self))
  }

  func text(_ state: SokobanState, _ level: SokobanLevel) -> String {
    let boxes = level.boxes(of: state).filter { !level.isDock[$0] }
    return text(worker: level.worker(of: state), boxes: boxes.sorted { order($0) < order($1) })
  }

  private func text(worker: Int, boxes: [Int]) -> String {
    (["worker \(grid.text(worker))"] + boxes.map { "box \(grid.text($0))" }).joined(separator: " ")
  }
}
