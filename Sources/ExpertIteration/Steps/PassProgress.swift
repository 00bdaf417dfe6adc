import Store
import Synchronization

/// Counts what a pass has done and reports it to the run's observer; several threads call it.
package final class PassProgress: Sendable {
  private struct State {
    /// Drawn, in the learner's unit.
    var length = 0
    /// Exercises of finished chunks, and of the chunk at work.
    var finished: Int
    var answered = 0
    /// Counts that are shown, such as `improved`, summed over the chunks.
    var shown: [(name: String, value: Int)] = []
  }

  private let pass: AnsweringPass
  private let observe: @Sendable (RunEvent) -> Void
  private let state: Mutex<State>

  package init(of pass: AnsweringPass, done: Int, observe: @escaping @Sendable (RunEvent) -> Void) {
    self.pass = pass
    self.observe = observe
    state = Mutex(State(finished: done))
  }

  package func advance(length: Int, exercises: Int) {
    observe(
      state.withLock { state in
        state.length += length
        state.answered += exercises
        return event(state, done: state.finished + state.answered)
      })
  }

  /// A chunk is committed; `counts` are added to those shown.
  func finish(_ exercises: Int, showing counts: [(name: String, value: Int)]) {
    observe(
      state.withLock { state in
        for (name, value) in counts {
          if let index = state.shown.firstIndex(where: { $0.name == name }) {
            state.shown[index].value += value
          } else {
            state.shown.append((name, value))
          }
        }
        state.finished += exercises
        state.answered = 0
        return event(state, done: state.finished)
      })
  }

  private func event(_ state: State, done: Int) -> RunEvent {
    .phaseAdvanced(
      round: pass.round, phase: pass.phase, done: done, total: pass.exercises.count, tokens: state.length,
      values: state.shown.map { ($0.name, String($0.value)) })
  }
}
