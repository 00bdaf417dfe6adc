import Words

/// The written form of Sokoban levels: what tokens mean, and how prompts, traces and plans are spelled.
///
///     PROMPT := worker X Y { box X Y } { dock X Y } { wall X Y }
///     TRACE  := { (create|close) worker X Y { box X Y } cG cH }      boxes off the docks alone
///     PLAN   := { plan X Y }                     the worker's cells, the first and the last included
///
/// Cells of a kind are in the order of the text `x-y`. A clause does not say which docks hold the boxes that
/// it leaves out. (Lehnert et al., 2024.)
struct SokobanLanguage: ClauseLanguage {
  enum Word: Int, Sendable, CaseIterable {
    case worker, box, dock, wall, create, close, plan
  }

  static let plan = Word.plan

  /// What one token says alone.
  enum Meaning: Sendable, Equatable {
    case word(Word)
    case coordinate(Int32)
    case cost(Int32)
    /// `bos`, `eos`, or no token of this vocabulary.
    case nothing
  }

  /// Tokens of a word with its place.
  static let placeLength = 3

  let grid: Grid
  /// With 40,000 cost words and sides of 7 the paper's, 40,016 words.
  let vocabulary: Vocabulary
  private let meanings: [Meaning]
  private let words: [Token]
  private let coordinates: [Token]
  private let costs: [Token]

  init(_ grid: Grid, costWords: Int) {
    self.grid = grid
    let named = Word.allCases.map { (text: "\($0)", meaning: Meaning.word($0)) }
    let coordinateSpellings = (0..<max(grid.width, grid.height)).map {
      (text: "\($0)", meaning: Meaning.coordinate(Int32($0)))
    }
    let costSpellings = (0..<costWords).map { (text: "c\($0)", meaning: Meaning.cost(Int32($0))) }
    let vocabulary = Vocabulary(words: (named + coordinateSpellings + costSpellings).map(\.text))
    var meanings = [Meaning](repeating: .nothing, count: vocabulary.count)
    func number(_ spelling: (text: String, meaning: Meaning)) -> Token {
      guard let token = vocabulary.token(spelling.text) else { preconditionFailure("a word got lost") }
      meanings[Int(token)] = spelling.meaning
      return token
    }
    words = named.map(number)
    coordinates = coordinateSpellings.map(number)
    costs = costSpellings.map(number)
    self.meanings = meanings
    self.vocabulary = vocabulary
  }

  @inline(__always)
  func meaning(_ token: Token) -> Meaning {
    token >= 0 && Int(token) < meanings.count ? meanings[Int(token)] : .nothing
  }

  @inline(__always)
  func isPlan(_ token: Token) -> Bool { token == words[Word.plan.rawValue] }

  func token(_ word: Word) -> Token { words[word.rawValue] }

  /// The place of a cell in lists: coordinates are single digits, so the text `x-y` goes by columns.
  @inline(__always)
  func order(_ cell: Int) -> Int { grid.x(cell) * grid.height + grid.y(cell) }
}

// MARK: - Writing

extension SokobanLanguage {
  func prompt(_ level: SokobanLevel) -> [Token] {
    var tokens: [Token] = []
    append(.worker, level.worker, to: &tokens)
    appendAll(.box, level.boxes, to: &tokens)
    appendAll(.dock, level.docks, to: &tokens)
    appendAll(.wall, level.isWall.indices.filter { level.isWall[$0] }, to: &tokens)
    return tokens
  }

  /// The log of a run; nil: a cost has no word.
  func trace(_ search: borrowing AStar, _ problem: borrowing SokobanProblem) -> [Token]? {
    var tokens: [Token] = []
    tokens.reserveCapacity(traceLength(search, problem))
    for step in search.steps {
      let node = search.nodes[step.node]
      guard Int(max(node.g, node.h)) < costs.count else { return nil }
      tokens.append(token(step.isClose ? .close : .create))
      let state = problem.states[Int(node.state)]
      append(.worker, problem.level.worker(of: state), to: &tokens)
      let boxes = problem.level.boxes(of: state)
      appendAll(.box, boxes.filter { !problem.level.isDock[$0] }, to: &tokens)
      tokens.append(costs[Int(node.g)])
      tokens.append(costs[Int(node.h)])
    }
    return tokens
  }

  /// Tokens of `trace(_:_:)`, without writing it.
  func traceLength(_ search: borrowing AStar, _ problem: borrowing SokobanProblem) -> Int {
    var length = 0
    for step in search.steps {
      let state = problem.states[Int(search.nodes[step.node].state)]
      length += clauseLength(freeBoxes: problem.level.freeBoxes(of: state))
    }
    return length
  }

  /// A word, the worker, the boxes and two costs.
  func clauseLength(freeBoxes: Int) -> Int { 6 + Self.placeLength * freeBoxes }

  /// `cells`: the worker's.
  func answer(_ cells: [Int]) -> [Token] {
    var tokens: [Token] = []
    tokens.reserveCapacity(Self.placeLength * cells.count)
    for cell in cells { append(.plan, cell, to: &tokens) }
    return tokens
  }

  func answer(_ search: borrowing AStar, _ problem: borrowing SokobanProblem) -> [Token] {
    answer(search.plan.map { problem.level.worker(of: problem.states[$0]) })
  }

  private func appendAll(_ word: Word, _ cells: [Int], to tokens: inout [Token]) {
    for cell in cells.sorted(by: { order($0) < order($1) }) { append(word, cell, to: &tokens) }
  }

  @inline(__always)
  private func append(_ word: Word, _ cell: Int, to tokens: inout [Token]) {
    tokens.append(words[word.rawValue])
    tokens.append(coordinates[grid.x(cell)])
    tokens.append(coordinates[grid.y(cell)])
  }
}

// MARK: - Reading

extension SokobanLanguage {
  struct Clause: SearchClause {
    let isClose: Bool
    /// nil: outside the board.
    let worker: Int?
    /// In the order of lists, none twice; nil outside the board.
    let boxes: [Int?]
    let g: Int
    let h: Int
  }

  func place(in tokens: [Token], _ index: inout Int, before end: Int) -> PlacedWord<Word>? {
    guard index < end, case .word(let word) = meaning(tokens[index]) else { return nil }
    index += 1
    guard let x = number(in: tokens, &index, before: end, isCost: false) else { return nil }
    guard let y = number(in: tokens, &index, before: end, isCost: false) else { return nil }
    return PlacedWord(word: word, cell: grid.cell(x: x, y: y))
  }

  /// A box that is out of order does not fit: `index` is then at its word.
  func clause(in tokens: [Token], _ index: inout Int, before end: Int) -> Clause? {
    guard index < end else { return nil }
    let operation = tokens[index]
    guard operation == token(.create) || operation == token(.close) else { return nil }
    index += 1
    guard index < end, tokens[index] == token(.worker) else { return nil }
    guard let worker = place(in: tokens, &index, before: end) else { return nil }
    var boxes: [Int?] = []
    var last = -1
    while index < end, tokens[index] == token(.box) {
      let first = index
      guard let box = place(in: tokens, &index, before: end) else { return nil }
      let order = box.cell.map(order) ?? .max
      guard order > last else {
        index = first
        return nil
      }
      last = order
      boxes.append(box.cell)
    }
    guard let g = number(in: tokens, &index, before: end, isCost: true) else { return nil }
    guard let h = number(in: tokens, &index, before: end, isCost: true) else { return nil }
    return Clause(isClose: operation == token(.close), worker: worker.cell, boxes: boxes, g: g, h: h)
  }

  @inline(__always)
  private func number(in tokens: [Token], _ index: inout Int, before end: Int, isCost: Bool) -> Int? {
    guard index < end else { return nil }
    let value: Int32
    switch meaning(tokens[index]) {
    case .coordinate(let number) where !isCost: value = number
    case .cost(let number) where isCost: value = number
    default: return nil
    }
    index += 1
    return Int(value)
  }
}
