/// The rules of a search over states under one reading of its trace: see `SokobanTraceCheck`.
extension SokobanTraceCheck {
  /// A clause with its place in the response.
  struct PlacedClause {
    let written: SokobanLanguage.Clause
    let position: Int
    let costs: Int
  }

  /// Why a clause is not true of a state.
  struct Refusal {
    let kind: Fault.Kind
    let reason: String
    /// How far the clause was true. Of several refusals the furthest is reported.
    let stage: Int
  }

  /// One way to understand a trace: each clause with the state it is taken to mean.
  struct Reading {
    private struct Record: Equatable {
      /// g of the last create, which is the smallest, and of the last close.
      var created = Int32.max
      var closed = Int32.max
      var isOpen = false
    }

    private let level: SokobanLevel
    private var records: [SokobanState: Record] = [:]
    /// Sum of a number per record: readings with the same records have the same.
    private var fingerprint: UInt64 = 0
    /// Kept while no clause was illegal, as are the open states by their f and a lower bound of the smallest.
    private var lastClosed: SokobanState?
    private var openCounts: [Int32] = []
    private var smallest = 0
    private(set) var isGoalClosed = false
    private(set) var firstIllegality: Fault?

    init(_ level: SokobanLevel) { self.level = level }

    /// Position of the first illegal clause; past every position if there is none.
    private(set) var illegalFrom = Int.max

    /// The state was closed at some time.
    func isClosed(_ state: SokobanState) -> Bool { record(state).closed != .max }

    /// Whatever is true, or legal, after the other is so after this.
    func hasTheFuture(of other: Self) -> Bool {
      fingerprint == other.fingerprint && records == other.records
        && (other.firstIllegality != nil || firstIllegality == nil && lastClosed == other.lastClosed)
    }

    /// What keeps the clause from being true of this state; nil: nothing.
    func refusal(of clause: PlacedClause, _ state: SokobanState) -> Refusal? {
      let (record, g) = (record(state), Int32(clause.written.g))
      if clause.written.isClose {
        guard record.isOpen else {
          return Refusal(kind: .closesUnopened, reason: "it is closed, but is not open", stage: 0)
        }
        if g != record.created {
          return Refusal(
            kind: .wrongCost, reason: "it was created with g \(record.created), not \(g)", stage: 1)
        }
        return wrongHeuristic(clause, state)
      }
      if records.isEmpty {
        if state != level.start {
          return Refusal(kind: .startsElsewhere, reason: "it is not the start", stage: 0)
        }
        if g != 0 {
          return Refusal(kind: .wrongCost, reason: "the start is created with g \(g), not 0", stage: 1)
        }
      } else if g == 0 || !level.predecessors(of: state).contains(where: { self.record($0).closed == g - 1 })
      {
        return Refusal(
          kind: .wrongCost, reason: "no move leads there from a state closed with g \(g - 1)", stage: 1)
      }
      if let wrong = wrongHeuristic(clause, state) { return wrong }
      guard g >= record.created else { return nil }
      return Refusal(
        kind: .noImprovement, reason: "it was created with g \(record.created) before", stage: 3)
    }

    private func wrongHeuristic(_ clause: PlacedClause, _ state: SokobanState) -> Refusal? {
      let h = level.heuristic(of: state)
      if h == clause.written.h { return nil }
      let reason = h.map { "h is \($0), not \(clause.written.h)" } ?? "a box is stuck, no h is right"
      return Refusal(kind: .wrongHeuristic, reason: reason, stage: 2)
    }

    /// Takes in a clause that is true of this state.
    mutating func take(_ clause: PlacedClause, _ state: SokobanState) {
      if isGoalClosed {
        mark(.continuesAfterGoal, clause, "a solved state is closed, yet the trace goes on")
      }
      var record = record(state)
      let (g, f) = (Int32(clause.written.g), clause.written.g + clause.written.h)
      if clause.written.isClose {
        checkOrder(clause, f: f)
        record.closed = g
        record.isOpen = false
        if clause.written.h == 0 { isGoalClosed = true }
        if firstIllegality == nil { lastClosed = state }
      } else {
        if firstIllegality == nil {
          if record.isOpen { openCounts[Int(record.created) + clause.written.h] -= 1 }
          while openCounts.count <= f { openCounts.append(0) }
          openCounts[f] += 1
          smallest = min(smallest, f)
        }
        record.created = g
        record.isOpen = true
      }
      fingerprint &-= Self.number(state, self.record(state))
      fingerprint &+= Self.number(state, record)
      records[state] = record
    }

    /// The rules of A* at a close.
    private mutating func checkOrder(_ clause: PlacedClause, f: Int) {
      guard firstIllegality == nil else { return }
      if let lastClosed {
        let g = record(lastClosed).closed + 1
        for side in SokobanLevel.sides {
          guard let child = level.moved(lastClosed, to: side), level.heuristic(of: child) != nil,
            record(child).created > g
          else { continue }
          let place = level.grid.text(level.worker(of: child))
          mark(.childNotCreated, clause, "no create with g \(g) of the last closed state's move to \(place)")
          return
        }
      }
      while openCounts[smallest] == 0 { smallest += 1 }
      if smallest < f {
        mark(.smallerCostOpen, clause, "a state with f \(f) is closed while one with f \(smallest) is open")
        return
      }
      openCounts[f] -= 1
    }

    private mutating func mark(_ kind: Fault.Kind, _ clause: PlacedClause, _ detail: String) {
      guard firstIllegality == nil else { return }
      firstIllegality = Fault(kind: kind, word: clause.position, detail: detail)
      illegalFrom = clause.position
      lastClosed = nil
    }

    @inline(__always)
    private func record(_ state: SokobanState) -> Record { records[state] ?? Record() }

    private static func number(_ state: SokobanState, _ record: Record) -> UInt64 {
      guard record.created != .max else { return 0 }
      var z = state.code &* 0x9E37_79B9_7F4A_7C15
      z ^= UInt64(record.created) &<< 40 | UInt64(record.closed) &<< 1 | (record.isOpen ? 1 : 0)
      z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
      return z ^ (z &>> 27)
    }
  }
}
