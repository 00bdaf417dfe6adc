import Testing

@testable import Kernels
@testable import Model

@Suite struct ArenaTests {
  @Test func whatIsHandedOutDoesNotOverlap() {
    let arena = Arena()
    for _ in 0..<3 {
      arena.reset()
      let parts = (0..<40).map { arena.matrix(rows: 100 + $0, columns: 300) }
      for (index, part) in parts.enumerated() {
        for row in 0..<part.rows { for column in 0..<part.columns { part[row, column] = Float(index) } }
      }
      #expect(parts.enumerated().allSatisfy { index, part in Set(part.values) == [Float(index)] })
      #expect(parts.allSatisfy { Int(bitPattern: $0.base) % 64 == 0 })
    }
  }

  @Test func memoryIsUsedAgain() {
    let arena = Arena()
    func pass() { for _ in 0..<30 { _ = arena.vector(count: 50_000) } }
    pass()
    arena.reset()
    pass()
    let held = arena.capacity
    for _ in 0..<5 {
      arena.reset()
      pass()
    }
    #expect(arena.capacity == held)
    let mark = arena.mark
    let first = arena.vector(count: 1000)
    arena.rewind(to: mark)
    #expect(arena.vector(count: 1000).base == first.base)
  }
}
