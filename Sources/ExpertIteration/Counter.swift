import Synchronization

/// A number that several threads add to.
final class Counter: Sendable {
  private let total = Atomic<Int>(0)

  var value: Int { total.load(ordering: .relaxed) }

  /// Returns the new total.
  @discardableResult func add(_ amount: Int) -> Int {
    total.add(amount, ordering: .relaxed).newValue
  }
}
