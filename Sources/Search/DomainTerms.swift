/// What pages and tables call the parts of a domain. By default, words that fit any domain.
public struct DomainTerms: Sendable, Equatable {
  /// Who wrote the first traces, in a sentence and, short, over a column: `A*`.
  public var reference = "the reference"
  public var column = "ref."
  /// A piece of a trace, one and several.
  public var clause = "clause"
  public var clauses = "clauses"
  /// The clauses that `Judgement.closedStates` counts: `closes`; nil: it counts nothing of interest.
  public var expansions: String?
  public var answer = "answer"
  /// What `Exercise.optimalCost` is, and in which unit.
  public var cost = "optimal cost"
  public var costUnit: String?
  /// False: all right answers are equally good, and none is called optimal.
  public var hasOptimality = true

  /// Of a sound trace: `every clause is true`. Of a legal one: `a whole run of A*`. Of one that is sound
  /// alone.
  public var sound = "every clause is true"
  public var legal = "one that the reference could have written"
  public var illegal = "none of the reference's"
  /// What *legal* means, as whole sentences.
  public var legality = "Legal: moreover one that the reference could have written."
  /// What it means that fewer traces are legal: `fewer of them are whole runs of the search they imitate`.
  public var fewerLegal = "fewer of them could be the reference's own"
  /// What such a trace is shorter than, and what that means; ends without a full stop.
  var bound = "any that the reference can write. Such a trace is none of its own"
  /// False: a trace that is sound and not legal is what shortening aims at, no fault.
  public var seeksLegal = true

  public init() {}

  /// `optimal`, or of a domain where every right answer is, `correct`.
  public var optimal: String { hasOptimality ? "optimal" : "correct" }

  /// What was done with a task: `solved optimally`.
  public var solved: String { hasOptimality ? "solved optimally" : "solved" }

  /// The sentence on a share of tasks, `12 %`, whose traces are shorter than a bound.
  public func belowBound(on share: String) -> String {
    "On \(share) of the solved tasks the mean trace is shorter than \(bound)."
  }

  /// `optimal cost in moves`.
  public var costInUnits: String { costUnit.map { "\(cost) in \($0)" } ?? cost }
}

extension DomainTerms {
  /// Of domains whose traces A* writes.
  static let search: Self = {
    var terms = Self()
    (terms.reference, terms.column) = ("A*", "A*")
    terms.expansions = "closes"
    terms.answer = "plan"
    terms.costUnit = "moves"
    terms.legal = "a whole run of A*"
    terms.illegal = "no run of A*"
    terms.legality =
      "Legal: moreover a whole run of A* under some order of ties. A shorter trace that A* could not have "
      + "written is another claim than a better order of ties."
    terms.fewerLegal = "fewer of them are whole runs of the search they imitate"
    terms.bound = "any run of the search can be. Such a trace is no run of it"
    return terms
  }()

  /// Of domains whose traces are chains of values, an entry a step.
  static let chain: Self = {
    var terms = Self()
    (terms.reference, terms.column) = ("the full chain", "full")
    (terms.clause, terms.clauses) = ("entry", "entries")
    (terms.cost, terms.costUnit) = ("length", "steps")
    terms.hasOptimality = false
    terms.sound = "every entry is true and in order"
    terms.legal = "an elementary step an entry"
    terms.illegal = "steps skipped"
    terms.legality =
      "Legal: moreover stepwise, every entry and the answer one elementary step from what stands before. A "
      + "chain that is sound and not legal skips steps: the model takes them without writing them."
    terms.fewerLegal = "more of them skip steps"
    terms.bound = "any chain of single steps can be. Such a chain skips some"
    terms.seeksLegal = false
    return terms
  }()
}
