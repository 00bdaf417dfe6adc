// MARK: - Ways to write a row of the table

extension Setting {
  typealias Path<Value> = WritableKeyPath<Root, Value> & Sendable

  static func integer(
    _ name: String, _ path: Path<Int>, _ range: ClosedRange<Int>, unit: String? = nil, _ summary: String
  ) -> Self {
    Self(
      path: keyPath(name), kind: .integer(range), unit: unit, summary: summary,
      read: { .integer($0[keyPath: path]) },
      write: { if case .integer(let value) = $1 { $0[keyPath: path] = value } })
  }

  static func integers(
    _ name: String, _ path: Path<[Int]>, _ range: ClosedRange<Int>, _ summary: String
  ) -> Self {
    Self(
      path: keyPath(name), kind: .integers(range), unit: nil, summary: summary,
      read: { .integers($0[keyPath: path]) },
      write: { if case .integers(let values) = $1 { $0[keyPath: path] = values } })
  }

  static func number(
    _ name: String, _ path: Path<Double>, _ range: NumberRange, unit: String? = nil, _ summary: String
  ) -> Self {
    Self(
      path: keyPath(name), kind: .number(range), unit: unit, summary: summary,
      read: { .number($0[keyPath: path]) },
      write: { if case .number(let value) = $1 { $0[keyPath: path] = value } })
  }

  static func choice<Value: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ path: Path<Value>, _ summary: String
  ) -> Self where Value.RawValue == String {
    Self(
      path: keyPath(name), kind: .choice(Value.allCases.map(\.rawValue)), unit: nil, summary: summary,
      read: { .text($0[keyPath: path].rawValue) },
      write: { root, value in
        if case .text(let text) = value, let value = Value(rawValue: text) {
          root[keyPath: path] = value
        }
      })
  }

  static func text(_ name: String, _ path: Path<String>, _ summary: String) -> Self {
    Self(
      path: keyPath(name), kind: .text, unit: nil, summary: summary,
      read: { .text($0[keyPath: path]) },
      write: { if case .text(let value) = $1 { $0[keyPath: path] = value } })
  }

  static func texts(_ name: String, _ path: Path<[String]>, _ summary: String) -> Self {
    Self(
      path: keyPath(name), kind: .texts, unit: nil, summary: summary,
      read: { .texts($0[keyPath: path]) },
      write: { if case .texts(let values) = $1 { $0[keyPath: path] = values } })
  }

  static func flag(_ name: String, _ path: Path<Bool>, _ summary: String) -> Self {
    Self(
      path: keyPath(name), kind: .flag, unit: nil, summary: summary,
      read: { .flag($0[keyPath: path]) },
      write: { if case .flag(let value) = $1 { $0[keyPath: path] = value } })
  }

  func required() -> Self { with { $0.defaultRule = .required } }

  /// `names` are the keys that `value` reads; the one that decides most comes first.
  func derived(
    _ rule: String, from names: [String], _ value: @escaping @Sendable (Root) -> Int
  ) -> Self {
    with { $0.defaultRule = .derived(rule, from: names, value) }
  }

  func loaded(_ rule: String) -> Self { with { $0.defaultRule = .loaded(rule) } }

  func shorthand(for names: [String]) -> Self {
    with {
      $0.defaultRule = .shorthand
      $0.replaces = names
    }
  }

  func alias(_ earlier: String, for word: String) -> Self { with { $0.aliases[earlier] = word } }

  func withoutEffectOnResults() -> Self { with { $0.affectsResults = false } }

  func raisable() -> Self { with { $0.mayBeRaised = true } }

  func varyingBySet() -> Self { with { $0.mayVaryBySet = true } }

  private func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }
}
