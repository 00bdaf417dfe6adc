/// Who judges the answers of a domain from outside: what `ExternalDomain` asks, and whoever judges with it.
///
/// Its replies are a pure function of the request, or the same run would end with other rows. It may fail for
/// good; then its replies mean nothing, and whoever used `Domain.judge` calls `check` before using a verdict.
public protocol Verifier: AnyObject, Sendable {
  /// nil: it failed, now or earlier, as `failure` says.
  func verify(_ request: VerifierRequest) -> VerifierReply?

  /// Why there are no more replies; nil: there are.
  var failure: VerifierFailure? { get }

  /// What went wrong and was put right since the last call, for people.
  func takeNotices() -> [String]
}

extension Verifier {
  /// Throws `failure`; passes the notices on.
  public func check(_ hear: (String) -> Void = { _ in }) throws(VerifierFailure) {
    for notice in takeNotices() { hear(notice) }
    if let failure { throw failure }
  }
}

extension Domain {
  public var verifier: (any Verifier)? { nil }
}

/// A finished response to a task, each part as its words joined by spaces; the answer with its first word.
public struct VerifierRequest: Sendable, Equatable {
  public let prompt: String
  public let trace: String
  public let answer: String

  public init(prompt: String, trace: String, answer: String) {
    self.prompt = prompt
    self.trace = trace
    self.answer = answer
  }
}

/// What a verifier says of a response. What it leaves out is not known, and stands for nothing better than
/// is said here.
public struct VerifierReply: Sendable, Equatable {
  public var isCorrect: Bool
  /// nil: as its cost beside that of the task's own answer says; without costs every correct answer is.
  public var isOptimal: Bool?
  /// Looked at where the task has a cost; nil: that.
  public var cost: Int?
  /// nil: not sound, unless legal.
  public var isSound: Bool?
  /// nil: not legal.
  public var isLegal: Bool?
  /// What is wrong, in words.
  public var fault: String?

  public init(
    isCorrect: Bool, isOptimal: Bool? = nil, cost: Int? = nil, isSound: Bool? = nil, isLegal: Bool? = nil,
    fault: String? = nil
  ) {
    self.isCorrect = isCorrect
    self.isOptimal = isOptimal
    self.cost = cost
    self.isSound = isSound
    self.isLegal = isLegal
    self.fault = fault
  }
}

/// Why a verifier gives no more replies, with the request it failed at.
public struct VerifierFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
