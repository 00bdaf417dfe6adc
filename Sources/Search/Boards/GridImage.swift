extension Grid {
  /// A board turned or mirrored: cell (x, y) of the image is cell `source(x, y)` of the board.
  struct Image: Sendable {
    let width: Int
    let height: Int
    private let origin: Int
    private let perColumn: Int
    private let perRow: Int

    @inline(__always)
    func source(_ x: Int, _ y: Int) -> Int { origin + x * perColumn + y * perRow }

    /// The eight symmetries of the square; the last four exchange the sides.
    static func all(width: Int, height: Int) -> [Image] {
      var images: [Image] = []
      for isTransposed in [false, true] {
        for isMirroredX in [false, true] {
          for isMirroredY in [false, true] {
            let (dx, dy) = (isMirroredX ? -1 : 1, isMirroredY ? -width : width)
            images.append(
              Image(
                width: isTransposed ? height : width, height: isTransposed ? width : height,
                origin: (isMirroredX ? width - 1 : 0) + (isMirroredY ? (height - 1) * width : 0),
                perColumn: isTransposed ? dy : dx, perRow: isTransposed ? dx : dy))
          }
        }
      }
      return images
    }
  }

  /// The symmetries under which the board is at least as high as wide: what the smallest image is among.
  var uprightImages: [Image] { Image.all(width: width, height: height).filter { $0.width <= $0.height } }
}
