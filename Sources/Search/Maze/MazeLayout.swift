import Determinism

/// The walls of a maze without start and goal: what is drawn first, and what the split goes by.
struct MazeLayout: Sendable {
  let grid: Grid
  let isWall: [Bool]
  /// The cells without walls, in the order the draw left them.
  let free: [Int32]

  /// Layout `number` of a seed: a uniform number of walls on a uniform choice of cells.
  init(_ settings: MazeSettings, grid: Grid, seed: UInt64, number: Int) {
    var random = CounterRandom(seed: seed, stream: .layout, UInt64(number))
    let counts = settings.walls
    let wallCount = counts.lowerBound + random.uniform(below: counts.count)
    var cells = Array(0..<Int32(grid.count))
    var isWall = [Bool](repeating: false, count: grid.count)
    for index in 0..<wallCount {
      cells.swapAt(index, index + random.uniform(below: grid.count - index))
      isWall[Int(cells[index])] = true
    }
    cells.removeFirst(wallCount)
    self.grid = grid
    self.isWall = isWall
    free = cells
  }

  init(grid: Grid, isWall: [Bool]) {
    self.grid = grid
    self.isWall = isWall
    free = isWall.indices.filter { !isWall[$0] }.map { Int32($0) }
  }

  /// Two different free cells, each pair equally likely.
  func endpoints(seed: UInt64, number: Int, draw: Int) -> (start: Int, goal: Int) {
    var random = CounterRandom(seed: seed, stream: .endpoints, UInt64(number), UInt64(draw))
    let first = random.uniform(below: free.count)
    var second = random.uniform(below: free.count - 1)
    if second >= first { second += 1 }
    return (Int(free[first]), Int(free[second]))
  }

  /// SHA-256 of `canonicalText`: the name of the layout up to its symmetries.
  var digest: [UInt8] {
    var hash = SHA256()
    hash.update(canonicalBytes)
    return hash.finalize()
  }

  /// The smallest of the eight images (by width, height, then rows read left to right from row 0, `.` before
  /// `#`), such as `3x3 ..#/#../...`.
  var canonicalText: String { String(decoding: canonicalBytes, as: UTF8.self) }

  private var canonicalBytes: [UInt8] {
    let images = grid.uprightImages
    var best = images[0]
    for image in images.dropFirst() where isSmaller(image, than: best) { best = image }
    var text = Array("\(best.width)x\(best.height) ".utf8)
    text.reserveCapacity(text.count + (best.width + 1) * best.height)
    for y in 0..<best.height {
      if y > 0 { text.append(UInt8(ascii: "/")) }
      for x in 0..<best.width {
        text.append(isWall[best.source(x, y)] ? UInt8(ascii: "#") : UInt8(ascii: "."))
      }
    }
    return text
  }

  /// Both images have the same sides.
  private func isSmaller(_ image: Grid.Image, than other: Grid.Image) -> Bool {
    for y in 0..<image.height {
      for x in 0..<image.width {
        let (one, two) = (isWall[image.source(x, y)], isWall[other.source(x, y)])
        if one != two { return two }
      }
    }
    return false
  }
}
