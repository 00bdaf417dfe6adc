import Dispatch
import Synchronization

/// Applies `transform` to every element on up to `threads` threads; the result keeps the order. Meant for
/// functions of tens of microseconds and more. Throws the error of the first element that has one.
package func parallelMap<Element: Sendable, Output: Sendable>(
  _ elements: [Element], threads: Int, _ transform: @Sendable (Element) throws -> Output
) throws -> [Output] {
  let results = parallelMap(elements, threads: threads) { element in Result { try transform(element) } }
  return try results.map { try $0.get() }
}

/// As above, for a `transform` that cannot fail.
package func parallelMap<Element: Sendable, Output: Sendable>(
  _ elements: [Element], threads: Int, _ transform: @Sendable (Element) -> Output
) -> [Output] {
  let workers = min(threads, elements.count)
  guard workers > 1 else { return elements.map(transform) }
  let chunk = max(1, elements.count / (8 * workers))
  let chunks = (elements.count + chunk - 1) / chunk
  let next = Atomic(0)
  let finished = Mutex<[[Output]]>(Array(repeating: [], count: chunks))
  DispatchQueue.concurrentPerform(iterations: workers) { _ in
    while true {
      let number = next.add(1, ordering: .relaxed).oldValue
      guard number < chunks else { return }
      let part = elements[(number * chunk)..<min(elements.count, (number + 1) * chunk)].map(transform)
      finished.withLock { $0[number] = part }
    }
  }
  return finished.withLock { $0.flatMap { $0 } }
}
