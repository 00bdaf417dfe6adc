import Kernels

/// Cosines and signed sines of rotary position encoding, as `Kernels.rotateRows` reads them.
///
/// Pair i of a head of width C turns by `position * 10000^(-2i / C)`. A row holds the cosine of each channel
/// (twice per pair), then -sine and sine of each pair. Source: Su et al. 2021, arXiv:2104.09864.
final class RotationTable: @unchecked Sendable {
  let positions: Int
  private let headWidth: Int
  private let buffer: FloatBuffer

  init(positions: Int, headWidth: Int) {
    self.positions = positions
    self.headWidth = headWidth
    buffer = FloatBuffer(count: positions * 2 * headWidth)
    let frequencies = (0..<headWidth / 2).map { pair in
      naturalExponential(-2 * Double(pair) / Double(headWidth) * naturalLogarithm(10_000))
    }
    for position in 0..<positions {
      let row = position * 2 * headWidth
      for (pair, frequency) in frequencies.enumerated() {
        let (sine, cosine) = sineAndCosine(Double(position) * frequency)
        buffer[row + 2 * pair] = Float(cosine)
        buffer[row + 2 * pair + 1] = Float(cosine)
        buffer[row + headWidth + 2 * pair] = Float(-sine)
        buffer[row + headWidth + 2 * pair + 1] = Float(sine)
      }
    }
  }

  /// [positions, 2C]
  var rows: Matrix { buffer.matrix(rows: positions, columns: 2 * headWidth) }
}
