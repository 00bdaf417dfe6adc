import Synchronization

/// Hands samples to threads: each works through requests of its own, so that a prompt is encoded by as few
/// threads as possible; when no request is left, a free thread takes half of what the busiest still has to
/// begin.
///
/// Who computes a sample does not change it.
final class SamplerQueue: Sendable {
  struct Ticket {
    let request: Int
    let sample: Int
  }

  private struct State {
    var nextRequest = 0
    /// Each thread's samples still to begin.
    var mine: [(request: Int, samples: Range<Int>)]
    /// Samples of each request still to end.
    var unfinished: [Int]
    var isStopped = false
  }

  private let sampleCounts: [Int]
  private let state: Mutex<State>

  /// `sampleCounts`: samples of each request.
  init(sampleCounts: [Int], threads: Int) {
    self.sampleCounts = sampleCounts
    let idle = (request: 0, samples: 0..<0)
    state = Mutex(State(mine: Array(repeating: idle, count: threads), unfinished: sampleCounts))
  }

  /// The next sample for a thread; nil when all have begun or the work was stopped.
  func take(thread: Int) -> Ticket? {
    state.withLock { state in
      if state.isStopped { return nil }
      while state.mine[thread].samples.isEmpty {
        if state.nextRequest < sampleCounts.count {
          state.mine[thread] = (state.nextRequest, 0..<sampleCounts[state.nextRequest])
          state.nextRequest += 1
        } else {
          let busiest = state.mine.indices.max {
            (state.mine[$0].samples.count, $1) < (state.mine[$1].samples.count, $0)
          }
          guard let busiest, !state.mine[busiest].samples.isEmpty else { return nil }
          let (request, samples) = state.mine[busiest]
          let middle = samples.lowerBound + samples.count / 2
          state.mine[busiest].samples = samples.lowerBound..<middle
          state.mine[thread] = (request, middle..<samples.upperBound)
        }
      }
      let (request, samples) = state.mine[thread]
      state.mine[thread].samples = samples.dropFirst()
      return Ticket(request: request, sample: samples.lowerBound)
    }
  }

  /// Counts a sample as ended; true for the last of its request.
  func finish(request: Int) -> Bool {
    state.withLock { state in
      state.unfinished[request] -= 1
      return state.unfinished[request] == 0
    }
  }

  func stop() { state.withLock { $0.isStopped = true } }

  var isStopped: Bool { state.withLock { $0.isStopped } }
}
