/// Divides a batch among lanes of about equal work. Each lane sums its own gradients, and the lanes are added
/// in order: how many threads share the lanes changes no bit of the result.
struct Lanes {
  static let count = 8
  /// Tokens that go through the network together, unless one sequence alone has more: bounds the memory.
  static let tokensPerPass = 1024

  /// Examples (by their place in the batch) of each lane that has any; the longest work first.
  let members: [[Int]]

  /// Longest first, each to the lane with the least work so far; ties go to the lower place, then lane.
  init(_ batch: [Example], configuration: TransformerConfiguration) {
    let costs = batch.map { Lanes.cost(of: $0, configuration) }
    let order = batch.indices.sorted { (costs[$1], $0) < (costs[$0], $1) }
    var lanes = (0..<Lanes.count).map { _ in (load: 0, members: [Int]()) }
    for index in order {
      var lightest = 0
      for lane in 1..<lanes.count where lanes[lane].load < lanes[lightest].load { lightest = lane }
      lanes[lightest].load += costs[index]
      lanes[lightest].members.append(index)
    }
    members = lanes.filter { !$0.members.isEmpty }.sorted { $0.load > $1.load }.map(\.members)
  }

  /// The examples of a lane in passes of at most `tokensPerPass` tokens.
  static func passes(of members: [Int], in batch: [Example]) -> [[Example]] {
    var passes: [[Example]] = []
    var tokens = 0
    for index in members {
      let count = batch[index].tokenCount
      if passes.isEmpty || tokens + count > tokensPerPass {
        passes.append([])
        tokens = 0
      }
      passes[passes.count - 1].append(batch[index])
      tokens += count
    }
    return passes
  }

  /// Multiplications of a forward pass, in units of the width.
  private static func cost(of example: Example, _ configuration: TransformerConfiguration) -> Int {
    let (width, hidden) = (configuration.width, configuration.hiddenWidth)
    let (prompt, response) = (example.prompt.count, example.response.count - 1)
    switch configuration.architecture {
    case .encoderDecoder:
      let encoder = prompt * (4 * width + 3 * hidden) + 2 * prompt * prompt
      let decoder = response * (6 * width + 3 * hidden) + prompt * 2 * width
      let attention = response * response + 2 * response * prompt
      return configuration.encoderLayers * encoder + configuration.decoderLayers * (decoder + attention)
        + response * configuration.vocabularySize
    case .decoderOnly:
      let tokens = prompt + response
      return configuration.decoderLayers * (tokens * (4 * width + 3 * hidden) + tokens * tokens)
        + response * configuration.vocabularySize
    }
  }
}

extension Example {
  /// Tokens the network reads: all but the last of the response.
  var tokenCount: Int { prompt.count + response.count - 1 }
}
