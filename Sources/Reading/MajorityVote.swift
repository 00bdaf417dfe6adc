import Store

extension Votes {
  /// The probability that the most frequent answer of `k` samples is optimal: maj@k, the self-consistency of
  /// Wang et al. 2022.
  ///
  /// The k are drawn without replacement from the task's `samples`, among them those without a vote. Of
  /// equally frequent answers each is chosen as often; without a vote nothing is. The value is exact, a sum
  /// over all draws. `k` is at most 64, so that the numbers of draws are finite.
  func majority(of k: Int, samples: Int) -> Double {
    precondition((1...min(samples, 64)).contains(k) && count <= samples)
    var wins = 0.0
    for (index, votes) in optimal.enumerated() {
      let others = Array(optimal[..<index] + optimal[(index + 1)...]) + correct + wrong
      for most in 1...k where most <= votes {
        let rest = Draws(of: others, silent: samples - count, drawn: k - most, atMost: most)
        wins += binomial(votes, most) * rest.shareOfTies
      }
    }
    return wins / binomial(samples, k)
  }
}

/// The ways to draw so many of the other samples that no answer has more than `atMost` of them.
private struct Draws {
  /// By the number of answers that have `atMost` of them and so tie.
  private let waysByTies: [Double]

  init(of answers: [Int], silent: Int, drawn: Int, atMost most: Int) {
    let ties = drawn / most
    // ways[taken][tied], over the answers looked at so far.
    var ways = [[Double]](repeating: [Double](repeating: 0, count: ties + 1), count: drawn + 1)
    ways[0][0] = 1
    for votes in answers {
      var next = ways
      for taken in 0..<ways.count {
        for tied in 0...ties where ways[taken][tied] > 0 {
          for more in stride(from: 1, through: min(votes, most, drawn - taken), by: 1) {
            let tiedNow = tied + (more == most ? 1 : 0)
            next[taken + more][tiedNow] += ways[taken][tied] * binomial(votes, more)
          }
        }
      }
      ways = next
    }
    waysByTies = (0...ties).map { tied in
      (0...drawn).reduce(0) { $0 + ways[$1][tied] * binomial(silent, drawn - $1) }
    }
  }

  /// The sum of the ways, each divided by the number of answers that share the first place.
  var shareOfTies: Double {
    waysByTies.enumerated().reduce(0) { $0 + $1.element / Double($1.offset + 1) }
  }
}

/// `n` over `k`; 0 where `k` is greater than `n`.
func binomial(_ n: Int, _ k: Int) -> Double {
  guard k <= n else { return 0 }
  return (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
}
