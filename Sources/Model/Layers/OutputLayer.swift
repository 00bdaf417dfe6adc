import Kernels

/// Final normalisation, logits and loss of the rows that predict, a block of rows at a time: the logits of a
/// whole batch never exist at once.
struct OutputLayer {
  let norm: ParameterLayout.Gain
  let place: ParameterLayout.Linear
  /// Head k predicts the token k after the next from the same normalised row, in training only (Gloeckle et
  /// al. 2024, arXiv:2404.19737, with one matrix a head).
  var headsAhead: [ParameterLayout.Linear] = []
  var aheadWeight: Float = 0

  private static let blockRows = 96

  /// Sum of the weighted cross entropies of all targets; row i of `x` predicts `batch.targets[i]`. Adds the
  /// gradient of `x`, that of heads ahead too, to `d`, where both are [targets, D].
  func loss(
    _ x: Matrix, _ batch: PackedBatch, _ pass: Pass, backward: (d: Matrix, gradients: Gradients)?
  ) -> Double {
    var loss = 0.0
    forEachBlock(x, pass) { rows, normed, logits in
      for row in rows {
        let weight = batch.weights[row]
        let entropy = crossEntropyRow(
          logits.row(row - rows.lowerBound), target: Int(batch.targets[row]), weight: weight)
        loss += Double(weight) * entropy
      }
      guard let (d, gradients) = backward else { return }
      let dNormed = pass.arena.matrix(rows: rows.count, columns: x.columns)
      pass.applyBackward(place, dy: logits, x: normed.output, into: dNormed, gradients)
      for (index, head) in headsAhead.enumerated() {
        look(index + 1, ahead: head, rows, normed.output, batch, addingTo: dNormed, pass, gradients)
      }
      NormLayer(place: norm).backward(dNormed, normed, addingTo: d.rows(rows), pass, gradients)
    }
    return loss
  }

  /// The gradient of a head: row i predicts target i + `distance`, if its sequence goes on so far.
  private func look(
    _ distance: Int, ahead head: ParameterLayout.Linear, _ rows: Range<Int>, _ x: Matrix,
    _ batch: PackedBatch,
    addingTo dx: Matrix, _ pass: Pass, _ gradients: Gradients
  ) {
    let roomy = pass.arena.matrix(rows: rows.count, columns: Panels.padded(head.outputs))
    let logits = roomy.columns(0..<head.outputs)
    pass.apply(head, to: x, into: logits)
    for row in rows {
      let target = row + distance
      let isInside = target < batch.ends[row]
      _ = crossEntropyRow(
        logits.row(row - rows.lowerBound), target: isInside ? Int(batch.targets[target]) : 0,
        weight: isInside ? batch.weights[target] * aheadWeight : 0)
    }
    pass.applyBackward(head, dy: logits, x: x, into: dx, adding: true, gradients)
  }

  /// The logits of every row: [V] each.
  func logits(_ x: Matrix, _ pass: Pass) -> [[Float]] {
    var result: [[Float]] = []
    forEachBlock(x, pass) { rows, _, logits in
      for row in 0..<rows.count { result.append(logits.row(row).values) }
    }
    return result
  }

  private func forEachBlock(_ x: Matrix, _ pass: Pass, _ body: (Range<Int>, NormLayer.Kept, Matrix) -> Void) {
    for start in stride(from: 0, to: x.rows, by: Self.blockRows) {
      let rows = start..<min(start + Self.blockRows, x.rows)
      let mark = pass.arena.mark
      let normed = NormLayer(place: norm).forward(x.rows(rows), pass)
      // Whole panels are written.
      let roomy = pass.arena.matrix(rows: rows.count, columns: Panels.padded(place.outputs))
      let logits = roomy.columns(0..<place.outputs)
      pass.apply(place, to: normed.output, into: logits)
      body(rows, normed, logits)
      pass.arena.rewind(to: mark)
    }
  }
}
