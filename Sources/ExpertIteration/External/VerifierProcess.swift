import Search
import Synchronization

/// A verifier that runs as a process and speaks JSON lines: a request on its standard input, its reply on its
/// standard output, one after the other. Its standard error is for people; the last lines are told with a fault.
///
///     -> {"answer":"answer 3 + 5 = 8","prompt":"3 5 target 8","trace":"3 - 5 = -2 no"}
///     <- {"correct": true, "cost": 1, "sound": true}
///
/// It is started at the first request and again after a fault, which is then asked once more. A second fault
/// at the same request is a failure for good. There is one process whatever the number of threads: they wait
/// for each other.
final class VerifierProcess: Verifier {
  private struct State: ~Copyable {
    var process: LineProcess?
    var failure: VerifierFailure?
    var notices: [String] = []
  }

  private let command: [String]
  private let folder: String
  private let secondsAllowed: Double
  private let state = Mutex(State())

  /// `seconds` is the longest that a reply may take, with the start of the process where it is the first.
  init(_ command: [String], in folder: String, seconds: Double) {
    self.command = command
    self.folder = folder
    secondsAllowed = seconds
  }

  var failure: VerifierFailure? { state.withLock { $0.failure } }

  func takeNotices() -> [String] {
    state.withLock { state in
      defer { state.notices = [] }
      return state.notices
    }
  }

  func verify(_ request: VerifierRequest) -> VerifierReply? {
    state.withLock { state in
      guard state.failure == nil else { return nil }
      var fault = ""
      for attempt in 1...2 {
        do throws(LineProcess.Fault) {
          return try reply(to: request, &state)
        } catch {
          fault = error.text
          if let complaints = state.process?.lastComplaints { fault += "; its last words: \(complaints)" }
        }
        state.process = nil
        if attempt == 1 { state.notices.append("the verifier \(fault); it is started again") }
      }
      state.failure = VerifierFailure(
        "the verifier (\(command.joined(separator: " "))) failed twice at one request: it \(fault)\n"
          + "The request was \(Self.shown(request.json))\nNothing that was judged before is lost. Repair "
          + "domain.verifier; the same command continues.")
      return nil
    }
  }

  private func reply(
    to request: VerifierRequest, _ state: inout State
  ) throws(LineProcess.Fault) -> VerifierReply {
    if state.process == nil { state.process = try LineProcess(command, in: folder) }
    guard let process = state.process else { throw LineProcess.Fault(text: "is not there") }
    return try VerifierReply(json: try process.answer(to: request.json, within: secondsAllowed))
  }

  private static func shown(_ text: String) -> String {
    text.count > 600 ? "\(text.prefix(600))..." : text
  }
}

extension VerifierRequest {
  /// One line with sorted keys.
  var json: String {
    JSONTree.object(["prompt": .text(prompt), "trace": .text(trace), "answer": .text(answer)]).line()
  }
}

extension VerifierReply {
  private static let keys = ["correct", "optimal", "cost", "sound", "legal", "fault"]

  /// Keys that resemble none of these that is missing are the verifier's own business. Throws what is wrong with
  /// the others.
  init(json bytes: [UInt8]) throws(LineProcess.Fault) {
    let text = quoted(String(decoding: bytes.prefix(100), as: UTF8.self))
    func refuse(_ reason: String) -> LineProcess.Fault { LineProcess.Fault(text: "wrote \(text): \(reason)") }
    let document: JSONDocument
    do {
      document = try JSONDocument(bytes: bytes)
    } catch {
      throw refuse("no JSON, column \(error.column): \(error.message)")
    }
    guard case .object(let members) = document.root.value, document.repeatedKeys.isEmpty else {
      throw refuse("not an object of different keys")
    }
    for member in members where !Self.keys.contains(member.key) {
      guard let near = nearest(to: member.key, among: Self.keys),
        !members.contains(where: { $0.key == near })
      else { continue }
      throw refuse("unknown key \(quoted(member.key)) (did you mean \"\(near)\"?)")
    }
    func flag(_ key: String) throws(LineProcess.Fault) -> Bool? {
      switch members.first(where: { $0.key == key })?.value.value {
      case nil, .null: return nil
      case .boolean(let flag): return flag
      default: throw refuse("\"\(key)\" must be true or false")
      }
    }
    guard let isCorrect = try flag("correct") else { throw refuse("\"correct\" is missing") }
    self.init(
      isCorrect: isCorrect, isOptimal: try flag("optimal"), isSound: try flag("sound"),
      isLegal: try flag("legal"))
    switch members.first(where: { $0.key == "cost" })?.value.value {
    case nil, .null: break
    case .number(let digits):
      guard let value = Int(digits), (0...Self.highestCost).contains(value) else {
        throw refuse("\"cost\" must be a whole number, 0 to \(Self.highestCost)")
      }
      cost = value
    default: throw refuse("\"cost\" must be a whole number, 0 to \(Self.highestCost)")
    }
    switch members.first(where: { $0.key == "fault" })?.value.value {
    case nil, .null: break
    case .string(let words): fault = words
    default: throw refuse("\"fault\" must be a text")
    }
    if !isCorrect, isOptimal == true { throw refuse("an answer that is not correct cannot be optimal") }
    if isSound == false, isLegal == true { throw refuse("a trace that is not sound cannot be legal") }
  }

  static let highestCost = 1_000_000_000
}
