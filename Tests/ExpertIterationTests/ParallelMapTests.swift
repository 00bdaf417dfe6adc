import Configuration
import Reading
import Synchronization
import Testing

@testable import ExpertIteration

@Suite struct ParallelMapTests {
  /// Where there are more than `threads` processors; with fewer, one worker a processor is all there can be.
  @Test(arguments: [1, 2, 5], [0, 1, 3, 200, 203])
  func resultsKeepTheOrderAndNoMoreThreadsWorkThanAllowed(threads: Int, count: Int) {
    let active = Atomic(0)
    let most = Atomic(0)
    let elements = Array(0..<count)
    let results = parallelMap(elements, threads: threads) { element in
      most.max(active.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
      var mixed = element
      for _ in 0..<20_000 { mixed = mixed &* 31 &+ 7 }
      active.subtract(1, ordering: .relaxed)
      return [element, mixed]
    }
    #expect(results.map(\.first) == elements)
    #expect(most.load(ordering: .relaxed) <= threads)
  }

  @Test func everyElementIsTakenOnce() {
    let calls = Mutex([Int](repeating: 0, count: 1000))
    _ = parallelMap(Array(0..<1000), threads: 5) { element in calls.withLock { $0[element] += 1 } }
    #expect(calls.withLock { $0.allSatisfy { $0 == 1 } })
  }
}
