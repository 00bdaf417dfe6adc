/// Checks a chain of values: is each entry true, in order, and one step after the last?
extension SequenceRules {
  func flaws(of entries: [Entry], in task: SequenceTask) -> [SerialFlaw?] {
    let values = problem.values(of: task)
    var flaws: [SerialFlaw?] = []
    var last = 0
    for (entry, step) in zip(entries, steps(of: entries, among: values)) {
      guard let step else {
        let isThere = values.contains(entry.value)
        let value = text(entry.value)
        flaws.append(
          isThere
            ? .disordered("the value \(value) comes after no step that is left")
            : .untrue("the value \(value) comes after none of the \(values.count) steps"))
        continue
      }
      if step > values.count {
        flaws.append(.untrue("the task has \(values.count) steps, none is step \(step)"))
      } else if values[step - 1] != entry.value {
        let (due, given) = (text(values[step - 1]), text(entry.value))
        flaws.append(.untrue("after step \(step) the value is \(due), not \(given)"))
      } else if step <= last {
        flaws.append(.disordered("step \(step) is stated after step \(last)"))
      } else if step == values.count {
        flaws.append(.disordered("step \(step), the last, is the answer's"))
      } else {
        flaws.append(step > last + 1 ? .skips(skip(from: last, to: step)) : nil)
      }
      last = max(last, step)
    }
    return flaws + [values.count > last + 1 ? .skips(skip(from: last, to: values.count)) : nil]
  }

  private func skip(from last: Int, to step: Int) -> String {
    "\(step - last) steps at once, from \(last) to \(step)"
  }

  /// The step each entry is about: as it says, or the one it can be about without positions.
  private func steps(of entries: [Entry], among values: [Int]) -> [Int?] {
    guard !hasPositions else { return entries.map(\.step) }
    let stated = entries.map(\.value)
    if let steps = Self.steps(of: stated, among: values) { return steps }
    // Each at the first step that is left, as long as there is one.
    var next = 0
    return stated.map { value in
      let found = values.indices.dropLast().first { $0 >= next && values[$0] == value }
      next = found.map { $0 + 1 } ?? next
      return found.map { $0 + 1 }
    }
  }

  /// Rising steps before the last at which `values` are the `stated` ones, chosen so that the largest stride
  /// between them is the smallest; nil: there are none.
  ///
  ///     steps(of: [3, 0], among: [3, 1, 0, 2])        // [1, 3]
  static func steps(of stated: [Int], among values: [Int]) -> [Int]? {
    let last = values.count
    // By the step of the newest entry: the largest stride so far, and where the entry before it stood.
    var strides: [Int: Int] = [0: 0]
    var origins: [[Int: Int]] = []
    for value in stated {
      var next: [Int: Int] = [:]
      var origin: [Int: Int] = [:]
      for step in 1..<max(last, 1) where values[step - 1] == value {
        for before in 0..<step {
          guard let stride = strides[before].map({ max($0, step - before) }), stride < next[step] ?? .max
          else { continue }
          (next[step], origin[step]) = (stride, before)
        }
      }
      strides = next
      origins.append(origin)
    }
    let ends = strides.map { (stride: max($0.value, last - $0.key), step: $0.key) }
    guard var step = ends.min(by: { ($0.stride, $0.step) < ($1.stride, $1.step) })?.step else { return nil }
    var steps: [Int] = []
    for origin in origins.reversed() {
      steps.append(step)
      step = origin[step] ?? 0
    }
    return steps.reversed()
  }
}
