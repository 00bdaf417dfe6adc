import JSON
import Search
import Synchronization

/// A verifier that runs as a process and speaks lines of JSON: a request on its standard input, its reply on
/// its standard output, one after the other. Its standard error is for people; its last lines are reported
/// with a fault.
///
///     -> {"answer":"answer 3 + 5 = 8","prompt":"3 5 target 8","trace":"3 - 5 = -2 no"}
///     <- {"correct": true, "cost": 1, "sound": true}
///
/// The process is started at the first request. After a fault it is started again and asked the same request
/// once more; a second fault is a failure for good. There is one process for all threads: they wait for each
/// other.
public final class VerifierProcess: Verifier {
  private struct State: ~Copyable {
    var process: LineProcess?
    var failure: JudgeFailure?
  }

  private let command: [String]
  private let folder: String
  private let secondsAllowed: Double
  private let environment: ProcessEnvironment
  private let onNotice: @Sendable (String) -> Void
  private let state = Mutex(State())

  /// `command` is a program and its arguments. `seconds` is the longest that a reply may take, with the start
  /// of the process if it is the first. `onNotice` hears of each restart at once and must not ask the
  /// verifier.
  public init(
    _ command: [String], in folder: String, seconds: Double, environment: ProcessEnvironment = .current,
    onNotice: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.command = command
    self.folder = folder
    secondsAllowed = seconds
    self.environment = environment
    self.onNotice = onNotice
  }

  /// What the verifier says of a response. Once it has failed, every call throws the same failure.
  public func verify(_ request: VerifierRequest) throws(JudgeFailure) -> VerifierReply {
    try state.withLock { state throws(JudgeFailure) in
      if let failure = state.failure { throw failure }
      var fault = ""
      for attempt in 1...2 {
        do throws(LineProcess.Fault) {
          return try ask(request, &state)
        } catch {
          fault = error.text + (error.isTimeUp ? " (domain.secondsPerReply)" : "")
          if let complaints = state.process?.lastComplaints { fault += "; its last words: \(complaints)" }
        }
        state.process = nil
        if attempt == 1 { onNotice("the verifier \(fault); it is started again") }
      }
      let failure = JudgeFailure(
        "the verifier (\(command.joined(separator: " "))) failed twice at one request: it \(fault)\n"
          + "The request was \(Self.shown(request.json))\nNothing that was judged before is lost. Repair "
          + "domain.verifier; the same command continues.")
      state.failure = failure
      throw failure
    }
  }

  private func ask(
    _ request: VerifierRequest, _ state: inout State
  ) throws(LineProcess.Fault) -> VerifierReply {
    let process: LineProcess
    if let running = state.process {
      process = running
    } else {
      process = try LineProcess(command, in: folder, environment: environment)
      state.process = process
    }
    return try VerifierReply(json: try process.answer(to: request.json, within: secondsAllowed))
  }

  private static func shown(_ text: String) -> String {
    text.count > 600 ? "\(text.prefix(600))..." : text
  }
}
