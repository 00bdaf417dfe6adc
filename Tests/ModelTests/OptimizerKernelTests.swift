import Foundation
import Testing

@testable import Kernels

@Suite struct OptimizerKernelTests {
  private func buffer(_ count: Int, seed: Int) -> FloatBuffer {
    var numbers = Numbers(seed: seed)
    let buffer = FloatBuffer(count: count)
    for i in 0..<count { buffer[i] = numbers.value() }
    return buffer
  }

  private func values(_ buffer: FloatBuffer) -> [Float] { buffer.vector(count: buffer.count).values }

  @Test func lanesAreAddedInOrder() {
    let lanes = (0..<3).map { buffer(3000, seed: $0) }
    let expected = (0..<3000).map { (lanes[0][$0] + lanes[1][$0]) + lanes[2][$0] }
    let total = FloatBuffer(count: 3000)
    let squares =
      sumLanes(lanes, into: total, range: 0..<1600) + sumLanes(lanes, into: total, range: 1600..<3000)
    #expect(values(total) == expected)
    let exact = expected.map { Double($0) * Double($0) }.reduce(0, +)
    #expect(abs(squares / exact - 1) < 1e-6)
    _ = sumLanes(lanes, into: lanes[0], range: 0..<3000)
    #expect(values(lanes[0]) == expected)
  }

  @Test func adamWFollowsItsFormula() {
    let (p, g, m, v) = (buffer(64, seed: 1), buffer(64, seed: 2), buffer(64, seed: 3), buffer(64, seed: 4))
    for i in 0..<64 { v[i] = abs(v[i]) }
    let before = (values(p), values(m), values(v))
    let step = AdamWStep(
      gradientScale: 0.5, beta1: 0.9, beta2: 0.99, retention: 0.999, stepSize: 0.01, secondCorrection: 1.7,
      epsilon: 1e-8)
    applyAdamW(step, gradient: g, parameters: p, moment1: m, moment2: v, range: 8..<64)
    for i in 0..<64 {
      guard i >= 8 else {
        #expect(p[i] == before.0[i] && m[i] == before.1[i] && v[i] == before.2[i])
        continue
      }
      let gradient = 0.5 * Double(g[i])
      let first = 0.9 * Double(before.1[i]) + 0.1 * gradient
      let second = 0.99 * Double(before.2[i]) + 0.01 * gradient * gradient
      let expected = Double(before.0[i]) * 0.999 - 0.01 * first / ((second * 1.7).squareRoot() + 1e-8)
      #expect(abs(Double(m[i]) - first) < 1e-7 && abs(Double(v[i]) - second) < 1e-7)
      #expect(abs(Double(p[i]) - expected) < 1e-6)
    }
  }

  @Test func momentsThatFadeAwayBecomeZero() {
    let (p, g, m, v) = (
      FloatBuffer(count: 8), FloatBuffer(count: 8), FloatBuffer(count: 8), FloatBuffer(count: 8)
    )
    (m[0], m[1], v[0], v[1]) = (1e-31, -1e-31, 1e-31, 1e-20)
    let step = AdamWStep(
      gradientScale: 1, beta1: 0.9, beta2: 0.99, retention: 1, stepSize: 0, secondCorrection: 1,
      epsilon: 1e-8)
    applyAdamW(step, gradient: g, parameters: p, moment1: m, moment2: v, range: 0..<8)
    #expect(m[0] == 0 && m[1] == 0 && v[0] == 0 && v[1] > 0)
  }

  @Test func elementaryFunctionsEqualTheCLibrarys() {
    for step in 1...20_000 {
      let x = Double(step) * 0.037
      #expect(abs(naturalLogarithm(x) - log(x)) <= 1e-14 * max(1, abs(log(x))))
      #expect(abs(naturalExponential(x / 20 - 18) / exp(x / 20 - 18) - 1) < 1e-14)
      let (sine, cosine) = sineAndCosine(x * 40 - 9000)
      #expect(abs(sine - sin(x * 40 - 9000)) < 1e-14 && abs(cosine - cos(x * 40 - 9000)) < 1e-14)
    }
    #expect(naturalLogarithm(0) == -.infinity && naturalLogarithm(-1).isNaN)
    #expect(naturalLogarithm(.infinity) == .infinity && naturalLogarithm(.nan).isNaN)
    #expect(naturalExponential(-.infinity) == 0 && naturalExponential(1000) == .infinity)
    #expect(naturalExponential(.nan).isNaN && naturalExponential(0) == 1)
  }
}
