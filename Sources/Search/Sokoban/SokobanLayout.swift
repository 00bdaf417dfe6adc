import Determinism

/// How levels are drawn, and the name of a layout up to its symmetries. (Lehnert et al., 2024.)
extension SokobanLevel {
  /// Level `index` of a seed, solvable or not: a ring of walls, then uniformly and each on cells of its own
  /// the inner walls, the boxes (two cells away from the edge), the worker and the docks.
  ///
  /// nil: the walls leave too few cells for the boxes.
  init?(_ settings: SokobanSettings, grid: Grid, seed: UInt64, index: Int) {
    var random = CounterRandom(seed: seed, stream: .layout, UInt64(index))
    func distance(_ cell: Int) -> Int {
      let (x, y) = (grid.x(cell), grid.y(cell))
      return min(min(x, y), min(grid.width - 1 - x, grid.height - 1 - y))
    }
    func draw(_ count: Int, from cells: inout [Int]) -> [Int] {
      (0..<count).map { _ in cells.remove(at: random.uniform(below: cells.count)) }
    }
    var isWall = (0..<grid.count).map { distance($0) == 0 }
    var free = (0..<grid.count).filter { distance($0) > 0 }
    for cell in draw(settings.innerWalls, from: &free) { isWall[cell] = true }
    var centre = free.filter { distance($0) >= 2 }
    guard centre.count >= settings.boxes else { return nil }
    let boxes = draw(settings.boxes, from: &centre)
    free.removeAll(where: boxes.contains)
    let worker = draw(1, from: &free)[0]
    let docks = draw(settings.boxes, from: &free)
    self.init(grid: grid, isWall: isWall, docks: docks, worker: worker, boxes: boxes)
  }

  /// SHA-256 of `canonicalText`.
  var digest: [UInt8] {
    var hash = SHA256()
    hash.update(canonicalBytes)
    return hash.finalize()
  }

  /// The smallest image of the level without its worker under the symmetries of the square, such as
  /// `3x5 ###/# #/#$#/#.#/###`: what the split goes by.
  var canonicalText: String { String(decoding: canonicalBytes, as: UTF8.self) }

  private var canonicalBytes: [UInt8] {
    let marks = marks(of: start, worker: nil)
    let images = grid.uprightImages
    let texts = images.map { image in
      (0..<image.height).map { y in
        (0..<image.width).map { x in marks[image.source(x, y)] }
      }
      .joined(separator: [UInt8(ascii: "/")])
    }
    let smallest = texts.map(Array.init).min { $0.lexicographicallyPrecedes($1) } ?? []
    return Array("\(images[0].width)x\(images[0].height) ".utf8) + smallest
  }
}
