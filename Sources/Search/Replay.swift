/// A response played back on a board: what pictures that move are drawn from.
///
///     domain.replay(of: response, isTerminated: true, to: prompt)?.steps[4].flaw     // nil: as it should be
public struct Replay: Sendable, Equatable {
  /// Cells are numbered row by row: cell = y * width + x.
  public struct Board: Sendable, Equatable {
    public let width: Int
    public let height: Int
    public let walls: [Int]
    public let start: Int
    /// nil: it is not a cell that is to be reached.
    public let goal: Int?
    /// nil: nothing is moved on the board.
    public var pieces: Pieces?
    /// Row 0 is the upper one; else the lower one.
    public var isFromTop = false
  }

  /// Pieces that are moved about, each to one of the targets.
  public struct Pieces: Sendable, Equatable {
    /// Before the first step.
    public let cells: [Int]
    public let targets: [Int]
    /// What people call a piece, a target, and who moves them: `box`, `dock`, `worker`.
    public let name: String
    public let targetName: String
    public let moverName: String
  }

  public enum Action: String, Sendable {
    /// A state is opened, expanded, or part of the answer.
    case create, close, plan
    /// What could not be read, or is missing.
    case unreadable
  }

  /// What is wrong with a step.
  public enum Flaw: Sendable, Equatable {
    /// The step says what is not so. It is not taken in, so later steps that build on it are untrue too.
    case untrue(String)
    /// True, but the first step that the reference's search could not have written here.
    case illegal(String)
  }

  public struct Step: Sendable, Equatable {
    public let action: Action
    /// Of a board with pieces the mover's; nil: none, or outside the board.
    public let cell: Int?
    /// Where the pieces are that the step speaks of; nil: it does not.
    public let pieces: [Int]?
    /// As it was written.
    public let text: String
    /// In tokens.
    public let length: Int
    public var flaw: Flaw?
  }

  public let board: Board
  /// The trace clause by clause, then the answer state by state.
  public let steps: [Step]

  /// The trace's steps as they were written.
  public var clauses: [String] {
    steps.filter { $0.action == .create || $0.action == .close }.map(\.text)
  }

  public init(board: Board, steps: [Step]) {
    self.board = board
    self.steps = steps
  }
}
