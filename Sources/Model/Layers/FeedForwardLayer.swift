import Kernels

/// `y = x + down(silu(gate(norm(x))) * up(norm(x)))`, a stretch of rows at a time so that what lies between
/// the products stays in the cache.
struct FeedForwardLayer {
  let place: ParameterLayout.FeedForward

  struct Kept {
    let norm: NormLayer.Kept
    /// [rows, 2H]
    let gateUp: Matrix
  }

  private static let forwardRows = 48
  private static let backwardRows = 96

  func forward(_ x: Matrix, _ pass: Pass) -> (y: Matrix, kept: Kept) {
    let (rows, width, hidden) = (x.rows, x.columns, place.down.inputs)
    let norm = NormLayer(place: place.norm).forward(x, pass)
    let kept = Kept(norm: norm, gateUp: pass.arena.matrix(rows: rows, columns: 2 * hidden))
    let y = pass.arena.matrix(rows: rows, columns: width)
    let mark = pass.arena.mark
    let gated = pass.arena.matrix(rows: Self.forwardRows, columns: hidden)
    for start in stride(from: 0, to: rows, by: Self.forwardRows) {
      let range = start..<min(start + Self.forwardRows, rows)
      let block = gated.rows(0..<range.count)
      pass.apply(place.gateUp, to: norm.output.rows(range), into: kept.gateUp.rows(range))
      gateRows(kept.gateUp.rows(range), into: block)
      y.rows(range).copy(from: x.rows(range))
      pass.apply(place.down, to: block, into: y.rows(range), adding: true)
    }
    pass.arena.rewind(to: mark)
    return (y, kept)
  }

  /// `d` comes as the gradient of y and leaves as that of x.
  func backward(_ d: Matrix, _ kept: Kept, _ pass: Pass, _ gradients: Gradients) {
    let (rows, width, hidden) = (d.rows, d.columns, place.down.inputs)
    let mark = pass.arena.mark
    let gated = pass.arena.matrix(rows: Self.backwardRows, columns: hidden)
    let dGated = pass.arena.matrix(rows: Self.backwardRows, columns: hidden)
    let dGateUp = pass.arena.matrix(rows: Self.backwardRows, columns: 2 * hidden)
    let dNormed = pass.arena.matrix(rows: Self.backwardRows, columns: width)
    for start in stride(from: 0, to: rows, by: Self.backwardRows) {
      let range = start..<min(start + Self.backwardRows, rows)
      let block = 0..<range.count
      multiply(d.rows(range), pass.weights.transposed(place.down), into: dGated.rows(block))
      gateRowsBackward(
        dGated.rows(block), gateUp: kept.gateUp.rows(range), into: dGateUp.rows(block),
        recomputing: gated.rows(block))
      pass.addGradient(place.down, dy: d.rows(range), x: gated.rows(block), gradients)
      pass.applyBackward(
        place.gateUp, dy: dGateUp.rows(block), x: kept.norm.output.rows(range), into: dNormed.rows(block),
        gradients)
      NormLayer(place: place.norm).backward(
        dNormed.rows(block), kept.norm, rows: range, addingTo: d.rows(range), pass, gradients)
    }
    pass.arena.rewind(to: mark)
  }
}
