import Words

/// The written form of mazes in one grammar: what tokens mean, and how prompts, traces and plans are spelled.
///
///     PROMPT := start X Y goal X Y { goal X Y } { wall X Y }     decoys, walls: each in ascending cell order
///     TRACE  := { (create|close) X Y cG cH }
///     PLAN   := { plan X Y }                           from the start to the goal, both included
///
/// In `MazeGrammar.cell` a word and its place are one token: `wall@X,Y`, `create@X,Y cG cH`, `plan@X,Y`.
struct MazeLanguage: ClauseLanguage {
  enum Word: Int, Sendable, CaseIterable {
    case start, goal, wall, create, close, plan
  }

  static let plan = Word.plan

  /// What one token says alone.
  enum Meaning: Sendable, Equatable {
    case word(Word)
    /// -1: outside the board.
    case placed(Word, cell: Int32)
    case coordinate(Int32)
    case cost(Int32)
    /// `bos`, `eos`, or no token of this vocabulary.
    case nothing
  }

  let grammar: MazeGrammar
  let grid: Grid
  /// The most `goal` words of a prompt after the first.
  let decoyGoals: Int
  let vocabulary: Vocabulary
  private let meanings: [Meaning]
  /// Token of each word; in the cell grammar of each word at each cell.
  private let words: [Token]
  private let coordinates: [Token]
  private let costs: [Token]
  /// The board that has words, which holds `grid`.
  private let spelledBoard: Grid

  /// `words`: the board whose places and costs have words; nil: `grid`.
  init(_ grammar: MazeGrammar, _ grid: Grid, words board: Grid? = nil, decoyGoals: Int = 0) {
    let board = board ?? grid
    self.grammar = grammar
    self.grid = grid
    self.decoyGoals = decoyGoals
    spelledBoard = board
    var spellings: [(text: String, meaning: Meaning)] = []
    let costSpellings = (0..<board.count).map { (text: "c\($0)", meaning: Meaning.cost(Int32($0))) }
    switch grammar {
    case .searchformer:
      spellings += Word.allCases.map { ("\($0)", .word($0)) }
      spellings += (0..<max(board.width, board.height)).map { ("\($0)", .coordinate(Int32($0))) }
    case .cell:
      for word in Word.allCases {
        spellings += (0..<board.count).map { cell in
          let (x, y) = (board.x(cell), board.y(cell))
          return ("\(word)@\(x),\(y)", .placed(word, cell: grid.cell(x: x, y: y).map { Int32($0) } ?? -1))
        }
      }
    }
    let vocabulary = Vocabulary(words: (spellings + costSpellings).map(\.text))
    var meanings = [Meaning](repeating: .nothing, count: vocabulary.count)
    func number(_ spelling: (text: String, meaning: Meaning)) -> Token {
      guard let token = vocabulary.token(spelling.text) else { preconditionFailure("a word got lost") }
      meanings[Int(token)] = spelling.meaning
      return token
    }
    let tokens = spellings.map(number)
    costs = costSpellings.map(number)
    let wordCount = grammar == .cell ? tokens.count : Word.allCases.count
    words = Array(tokens[..<wordCount])
    coordinates = Array(tokens[wordCount...])
    self.meanings = meanings
    self.vocabulary = vocabulary
  }

  var placeLength: Int { grammar.placeLength }
  var clauseLength: Int { grammar.clauseLength }

  @inline(__always)
  func meaning(_ token: Token) -> Meaning {
    token >= 0 && Int(token) < meanings.count ? meanings[Int(token)] : .nothing
  }

  @inline(__always)
  func isPlan(_ token: Token) -> Bool {
    switch meaning(token) {
    case .word(.plan), .placed(.plan, _): true
    default: false
    }
  }
}

// MARK: - Writing

extension MazeLanguage {
  func prompt(_ maze: Maze) -> [Token] {
    var tokens: [Token] = []
    tokens.reserveCapacity(placeLength * (2 + grid.count / 2))
    append(.start, maze.start, to: &tokens)
    append(.goal, maze.goal, to: &tokens)
    for cell in maze.decoys { append(.goal, cell, to: &tokens) }
    for cell in maze.isWall.indices where maze.isWall[cell] { append(.wall, cell, to: &tokens) }
    return tokens
  }

  /// The log of a run.
  func trace(_ search: borrowing AStar) -> [Token] {
    var tokens: [Token] = []
    tokens.reserveCapacity(clauseLength * search.steps.count)
    for step in search.steps {
      let node = search.nodes[step.node]
      append(step.isClose ? .close : .create, Int(node.state), to: &tokens)
      tokens.append(costs[Int(node.g)])
      tokens.append(costs[Int(node.h)])
    }
    return tokens
  }

  func answer(_ plan: [Int]) -> [Token] {
    var tokens: [Token] = []
    tokens.reserveCapacity(placeLength * plan.count)
    for cell in plan { append(.plan, cell, to: &tokens) }
    return tokens
  }

  @inline(__always)
  private func append(_ word: Word, _ cell: Int, to tokens: inout [Token]) {
    tokens.append(token(word, at: cell))
    guard grammar == .searchformer else { return }
    tokens.append(coordinates[grid.x(cell)])
    tokens.append(coordinates[grid.y(cell)])
  }

  /// The first token of a word at a place.
  @inline(__always)
  func token(_ word: Word, at cell: Int) -> Token {
    switch grammar {
    case .searchformer: words[word.rawValue]
    case .cell:
      words[word.rawValue * spelledBoard.count + grid.y(cell) * spelledBoard.width + grid.x(cell)]
    }
  }
}

// MARK: - Reading

extension MazeLanguage {
  struct Clause: SearchClause {
    let isClose: Bool
    let cell: Int?
    let g: Int
    let h: Int
  }

  @inline(__always)
  func place(in tokens: [Token], _ index: inout Int, before end: Int) -> PlacedWord<Word>? {
    guard index < end else { return nil }
    switch meaning(tokens[index]) {
    case .placed(let word, let cell):
      index += 1
      return PlacedWord(word: word, cell: cell < 0 ? nil : Int(cell))
    case .word(let word):
      index += 1
      guard let x = coordinate(in: tokens, &index, before: end) else { return nil }
      guard let y = coordinate(in: tokens, &index, before: end) else { return nil }
      return PlacedWord(word: word, cell: grid.cell(x: x, y: y))
    default: return nil
    }
  }

  @inline(__always)
  func clause(in tokens: [Token], _ index: inout Int, before end: Int) -> Clause? {
    let first = index
    guard let placed = place(in: tokens, &index, before: end) else { return nil }
    guard placed.word == .create || placed.word == .close else {
      index = first
      return nil
    }
    guard let g = cost(in: tokens, &index, before: end) else { return nil }
    guard let h = cost(in: tokens, &index, before: end) else { return nil }
    return Clause(isClose: placed.word == .close, cell: placed.cell, g: g, h: h)
  }

  @inline(__always)
  private func coordinate(in tokens: [Token], _ index: inout Int, before end: Int) -> Int? {
    guard index < end, case .coordinate(let value) = meaning(tokens[index]) else { return nil }
    index += 1
    return Int(value)
  }

  @inline(__always)
  private func cost(in tokens: [Token], _ index: inout Int, before end: Int) -> Int? {
    guard index < end, case .cost(let value) = meaning(tokens[index]) else { return nil }
    index += 1
    return Int(value)
  }
}
