/// Random numbers that are a pure function of a key: the same seed, stream and key words give the same draws
/// on every machine, in every process, whatever was drawn elsewhere.
///
/// Number `n` of a generator is `mix(key + n * golden)`, the finaliser of SplitMix64 over a counter
/// (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). Two units of work share no
/// state, so neither threads nor restarts can change what either of them draws.
///
///     var random = CounterRandom(seed: 1, stream: .layout, 7)
///     random.uniform(below: 6)      // always the same face of the die
@frozen
public struct CounterRandom: RandomNumberGenerator, Sendable {
  /// What the numbers are for: equal key words in two streams give unrelated draws.
  public enum Stream: UInt64, Sendable {
    case layout = 1
    case endpoints, search, reference, initialization, order, sampling, bootstrap, mixture, arrangement
  }

  @usableFromInline let key: UInt64
  @usableFromInline var counter: UInt64 = 0
  @usableFromInline var coins: UInt64 = 0
  @usableFromInline var coinsLeft = 0

  @inlinable
  public init(key: UInt64) {
    self.key = key
  }

  @inlinable
  public init(seed: UInt64, stream: Stream, _ key: UInt64...) {
    self.init(key: Self.fold(seed, stream, key))
  }

  @inlinable
  public init(seed: UInt64, stream: Stream, key: [UInt64]) {
    self.init(key: Self.fold(seed, stream, key))
  }

  /// The one 64-bit key of a unit of work; `CounterRandom(key:)` of it is the generator of the same words.
  @inlinable
  public static func key(seed: UInt64, stream: Stream, _ key: UInt64...) -> UInt64 {
    fold(seed, stream, key)
  }

  @inlinable
  static func fold(_ seed: UInt64, _ stream: Stream, _ words: [UInt64]) -> UInt64 {
    var folded = mix(mix(seed &+ golden) ^ stream.rawValue)
    for word in words { folded = mix((folded &+ golden) ^ word) }
    return mix(folded ^ UInt64(truncatingIfNeeded: words.count))
  }

  /// 2^64 divided by the golden ratio, made odd: the step of the counter.
  @inlinable static var golden: UInt64 { 0x9E37_79B9_7F4A_7C15 }

  /// The finaliser of SplitMix64: a bijection of the 64-bit words that spreads every bit over all.
  @inlinable
  static func mix(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  @inlinable
  public mutating func next() -> UInt64 {
    counter &+= 1
    return Self.mix(key &+ counter &* Self.golden)
  }

  /// A number in `0 ..< bound`, each equally likely. Traps unless `bound` is positive.
  ///
  /// The high word of `next() * bound`, drawn again in the few cases that would favour some numbers
  /// (Lemire: Fast Random Integer Generation in an Interval, 2019).
  @inlinable
  public mutating func uniform(below bound: Int) -> Int {
    precondition(bound > 0, "a uniform draw needs a positive bound")
    let span = UInt64(bound)
    var product = next().multipliedFullWidth(by: span)
    if product.low < span {
      let rest = (0 &- span) % span
      while product.low < rest { product = next().multipliedFullWidth(by: span) }
    }
    return Int(product.high)
  }

  /// A fair coin. One call of `next()` serves 64 coins.
  @inlinable
  public mutating func coin() -> Bool {
    if coinsLeft == 0 {
      coins = next()
      coinsLeft = 64
    }
    coinsLeft &-= 1
    defer { coins &>>= 1 }
    return coins & 1 == 1
  }

  /// A number in `[0, 1)` with 24 random bits.
  @inlinable
  public mutating func unit() -> Float {
    Float(next() &>> 40) * 0x1p-24
  }

  /// A number in `[0, 1)` with 53 random bits.
  @inlinable
  public mutating func unitDouble() -> Double {
    Double(next() &>> 11) * 0x1p-53
  }

  /// Puts `array` into one of its orders, each equally likely (Fisher-Yates from the end).
  @inlinable
  public mutating func shuffle<Element>(_ array: inout [Element]) {
    var last = array.count - 1
    while last > 0 {
      array.swapAt(last, uniform(below: last + 1))
      last -= 1
    }
  }
}
