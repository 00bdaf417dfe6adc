import Kernels

/// Turns tokens into rows: each token's own embedding, plus, with token shift, one table's row for each of
/// the tokens just before it. Tokens before the start of the sequence contribute nothing.
///
/// Token shift lets a single layer see what follows what. Source: the time-mixing of RWKV (Peng et al. 2023,
/// arXiv:2305.13048), here as tables added at the input.
struct EmbeddingLayer {
  let place: ParameterLayout.Embedding

  /// x: [tokens, D]
  func forward(_ input: PackedTokens, _ pass: Pass) -> Matrix {
    let x = pass.arena.matrix(rows: input.tokens.count, columns: place.columns)
    for bounds in input.bounds {
      for row in bounds {
        embed(input.tokens, at: row, start: bounds.lowerBound, into: row, of: x, pass.parameters)
      }
    }
    return x
  }

  /// Writes to row `row` of `x` the embedding of `tokens[index]`, of a sequence that begins at `start`.
  func embed(
    _ tokens: [Int32], at index: Int, start: Int, into row: Int, of x: Matrix, _ parameters: Parameters
  ) {
    copyRow(Int(tokens[index]), of: parameters.table(place, shift: 0), to: row, of: x)
    for shift in 1..<place.offsets.count where index - shift >= start {
      addRow(Int(tokens[index - shift]), of: parameters.table(place, shift: shift), to: row, of: x)
    }
  }

  /// dx: [tokens, D]
  func backward(_ dx: Matrix, _ input: PackedTokens, _ gradients: Gradients) {
    for shift in place.offsets.indices {
      let table = gradients.sums.table(place, shift: shift)
      for bounds in input.bounds {
        for row in bounds where row - shift >= bounds.lowerBound {
          addRow(row, of: dx, to: Int(input.tokens[row - shift]), of: table)
        }
      }
    }
  }
}
