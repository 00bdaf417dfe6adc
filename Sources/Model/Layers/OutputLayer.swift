import Kernels

/// Final normalisation, logits and loss of the rows that predict, a block of rows at a time: the logits of a
/// whole batch never exist at once, and rows that predict nothing cost nothing.
struct OutputLayer {
  let norm: ParameterLayout.Gain
  let place: ParameterLayout.Linear

  private static let blockRows = 96

  /// Sum of the weighted cross entropies. With `gradients`, adds to `d` [rows, D] the gradient of `x`.
  func loss(
    _ x: Matrix, _ batch: PackedBatch, _ pass: Pass, backward: (d: Matrix, gradients: Gradients)?
  ) -> Double {
    var loss = 0.0
    let rowWeights = zip(batch.targetRows, batch.weights).flatMap { rows, weight in
      repeatElement(weight, count: rows.count)
    }
    forEachBlock(x, batch, pass) { block in
      let first = block.firstTarget
      for row in 0..<block.logits.rows {
        let weight = rowWeights[first + row]
        let entropy = crossEntropyRow(
          logits(block, row), target: Int(batch.targets[first + row]), weight: weight)
        loss += Double(weight) * entropy
      }
      guard let (d, gradients) = backward else { return }
      let dNormed = pass.arena.matrix(rows: block.logits.rows, columns: x.columns)
      pass.applyBackward(place, dy: block.logits, x: block.normed, into: dNormed, gradients)
      for piece in block.pieces {
        normalizeRowsBackward(
          dNormed.rows(piece.places), x: x.rows(piece.rows), gain: pass.parameters.gain(norm),
          inverse: block.inverse.slice(piece.places), addingTo: d.rows(piece.rows),
          gainGradient: gradients.gain(norm))
      }
    }
    return loss
  }

  /// The logits of every predicting row, in order.
  func logits(_ x: Matrix, _ batch: PackedBatch, _ pass: Pass) -> [[Float]] {
    var result: [[Float]] = []
    forEachBlock(x, batch, pass) { block in
      for row in 0..<block.logits.rows { result.append(logits(block, row).values) }
    }
    return result
  }

  private struct Block {
    /// Number of its first row among all predicting rows.
    let firstTarget: Int
    let pieces: [(rows: Range<Int>, places: Range<Int>)]
    let normed: Matrix
    let inverse: Vector
    /// [block rows, V], with room for whole panels.
    let logits: Matrix
  }

  private func logits(_ block: Block, _ row: Int) -> Vector { block.logits.row(row) }

  private func forEachBlock(_ x: Matrix, _ batch: PackedBatch, _ pass: Pass, _ body: (Block) -> Void) {
    let vocabulary = place.outputs
    for start in stride(from: 0, to: batch.targets.count, by: Self.blockRows) {
      let range = start..<min(start + Self.blockRows, batch.targets.count)
      let mark = pass.arena.mark
      let normed = pass.arena.matrix(rows: range.count, columns: x.columns)
      let inverse = pass.arena.vector(count: range.count)
      let roomy = pass.arena.matrix(rows: range.count, columns: Panels.padded(vocabulary))
      let block = Block(
        firstTarget: start, pieces: pieces(of: range, batch.targetRows), normed: normed, inverse: inverse,
        logits: roomy.columns(0..<vocabulary))
      for piece in block.pieces {
        normalizeRows(
          x.rows(piece.rows), gain: pass.parameters.gain(norm), into: normed.rows(piece.places),
          keeping: inverse.slice(piece.places))
      }
      pass.apply(place, to: normed, into: block.logits)
      body(block)
      pass.arena.rewind(to: mark)
    }
  }

  /// Which rows the predicting rows number `range` are, and where each stretch lies in the block.
  private func pieces(
    of range: Range<Int>, _ stretches: [Range<Int>]
  ) -> [(rows: Range<Int>, places: Range<Int>)] {
    var pieces: [(rows: Range<Int>, places: Range<Int>)] = []
    var first = 0
    for rows in stretches {
      let common = range.clamped(to: first..<first + rows.count)
      if !common.isEmpty {
        let shift = rows.lowerBound - first
        pieces.append(
          (
            common.lowerBound + shift..<common.upperBound + shift,
            common.lowerBound - range.lowerBound..<common.upperBound - range.lowerBound
          ))
      }
      first += rows.count
    }
    return pieces
  }
}
