import Foundation
import Search
import Synchronization
import Testing

@testable import Outside

/// What a verifier's process may do wrong, and that none of it hangs or passes for a verdict.
@Suite struct VerifierProcessTests {
  private static let request = VerifierRequest(prompt: "3 5", trace: "3 and 5", answer: "answer 8")

  /// A verifier that is a shell script, in a folder of its own that is removed when the body is done.
  private func withVerifier(
    _ script: String, seconds: Double = 20, _ body: (Trial, URL) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "verifier-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(Trial(script, in: folder, seconds: seconds), folder)
  }

  @Test func aRequestIsALineAndItsReplyAVerdict() throws {
    let script = #"""
      while read -r line; do
        echo "$line" >> requests
        case $line in
          *"answer 8"*) echo '{"correct": true, "cost": 2, "sound": true, "legal": false, "mine": [1]}';;
          *) echo '{"correct": false, "optimal": null, "fault": "no \"8\""}';;
        esac
      done
      """#
    try withVerifier(script) { verifier, folder in
      #expect(
        verifier.verify(Self.request)
          == VerifierReply(isCorrect: true, cost: 2, isSound: true, isLegal: false))
      let other = VerifierRequest(prompt: "3 5", trace: "", answer: "answer \"")
      #expect(verifier.verify(other) == VerifierReply(isCorrect: false, fault: "no \"8\""))
      let requests = try String(contentsOf: folder.appending(path: "requests"), encoding: .utf8)
      #expect(
        requests.split(separator: "\n") == [
          #"{"answer":"answer 8","prompt":"3 5","trace":"3 and 5"}"#,
          #"{"answer":"answer \"","prompt":"3 5","trace":""}"#,
        ])
      #expect(verifier.failure == nil && verifier.takeNotices() == [])
    }
  }

  /// A run blocks the signals it stops by. Of a mask that the verifier inherited, its own children could
  /// not be stopped either.
  @Test func signalsReachWhatTheVerifierStarts() throws {
    let script = #"""
      read -r line
      sleep 60 &
      kill -TERM $!
      wait $!
      [ $? -eq 143 ] && echo '{"correct": true}'
      while read -r line; do echo '{"correct": false}'; done
      """#
    try withVerifier(script, seconds: 10) { verifier, _ in
      var (signals, before) = (sigset_t(), sigset_t())
      sigemptyset(&signals)
      for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
      pthread_sigmask(SIG_BLOCK, &signals, &before)
      defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
      #expect(verifier.verify(Self.request)?.isCorrect == true)
    }
  }

  @Test func afterACrashItIsStartedAgainAndAskedOnceMore() throws {
    let script = #"""
      while read -r line; do
        if [ ! -e crashed ]; then touch crashed; echo "out of luck" >&2; exit 3; fi
        echo '{"correct": true}'
      done
      """#
    try withVerifier(script) { verifier, _ in
      for _ in 0..<3 { #expect(verifier.verify(Self.request)?.isCorrect == true) }
      #expect(
        verifier.takeNotices() == [
          "the verifier ended with status 3; its last words: out of luck; it is started again"
        ])
      #expect(verifier.takeNotices() == [] && verifier.failure == nil)
    }
  }

  /// Each is a script and what is said of it.
  private static let faults: [(script: String, fault: String)] = [
    ("read -r line; echo one >&2; echo two >&2; exit 3", "ended with status 3; its last words: one | two"),
    ("read -r line; kill -9 $$", "was ended by signal 9"),
    ("read -r line; exec >&-; sleep 100", "closed its output"),
    ("read -r line; echo hello; sleep 100", #"wrote "hello": no JSON, column 1"#),
    ("read -r line; echo '[true]'; sleep 100", "not an object"),
    ("read -r line; echo '{\"sound\": true}'; sleep 100", #""correct" is missing"#),
    ("read -r line; echo '{\"correct\": 1}'; sleep 100", #""correct" must be true or false"#),
    ("read -r line; echo '{\"correct\": true, \"sond\": true}'; sleep 100", #"(did you mean "sound"?)"#),
    ("read -r line; echo '{\"correct\": true, \"cost\": -1}'; sleep 100", #""cost" must be a whole number"#),
    ("read -r line; echo '{\"correct\": true, \"fault\": 1}'; sleep 100", #""fault" must be a text"#),
    (
      "read -r line; echo '{\"correct\": false, \"optimal\": true}'; sleep 100",
      "an answer that is not correct cannot be optimal"
    ),
    (
      "read -r line; echo '{\"correct\": true, \"sound\": false, \"legal\": true}'; sleep 100",
      "a trace that is not sound cannot be legal"
    ),
    ("read -r line; printf '{}\\n{}\\n'; sleep 100", "wrote more than one line"),
    ("read -r line; echo; sleep 100", "an empty line; expected a JSON object"),
    ("read -r line; printf '\\377\\n'; sleep 100", "not UTF-8"),
    ("yes x | tr -d '\\n'", "bytes without a line end: \"xxxx"),
    ("exec ./absent", "ended with status 127"),
  ]

  @Test(arguments: faults.indices) func whatItDoesWrongIsSaidAndIsFinal(index: Int) throws {
    let (script, fault) = Self.faults[index]
    try withVerifier(script) { verifier, _ in
      #expect(verifier.verify(Self.request) == nil)
      let text = try #require(verifier.failure).description
      #expect(text.contains("failed twice at one request: it "), "\(text)")
      #expect(text.contains(fault), "\(text)")
      #expect(text.contains(#""answer":"answer 8""#), "\(text)")
      #expect(verifier.takeNotices().count == 1)
      // It is not asked again.
      #expect(verifier.verify(Self.request) == nil)
      #expect(verifier.takeNotices() == [])
      #expect(verifier.failure == JudgeFailure(text))
    }
  }

  @Test(arguments: [
    ("sleep 100", "wrote nothing within 0.3 seconds"),
    (
      "read -r line; printf '{\"correct\"'; sleep 100",
      "wrote no line end after \"{\\\"correct\\\"\" within 0.3"
    ),
  ])
  func silenceEnds(script: String, fault: String) throws {
    try withVerifier(script, seconds: 0.3) { verifier, _ in
      #expect(verifier.verify(Self.request) == nil)
      #expect(
        verifier.failure?.description.contains(fault) == true, "\(String(describing: verifier.failure))")
    }
  }

  @Test func aRequestThatIsNotReadEndsToo() throws {
    let long = VerifierRequest(
      prompt: "3 5", trace: String(repeating: "3 ", count: 500_000), answer: "answer 8")
    try withVerifier("sleep 100", seconds: 0.3) { verifier, _ in
      #expect(verifier.verify(long) == nil)
      #expect(verifier.failure?.description.contains("wrote nothing") == true)
      #expect((verifier.failure?.description.count ?? 0) < 2000)
    }
    try withVerifier("read -r line; echo \"{\\\"correct\\\": true, \\\"cost\\\": ${#line}}\"") {
      verifier, _ in
      #expect(verifier.verify(long)?.cost == long.json.utf8.count)
    }
  }

  @Test func aSlowStartAndMuchOnStandardErrorAreNoFaults() throws {
    let script = #"""
      sleep 1
      while read -r line; do
        yes complaint | head -c 300000 >&2
        echo '{"correct": true}'
      done
      """#
    try withVerifier(script) { verifier, _ in
      for _ in 0..<3 { #expect(verifier.verify(Self.request)?.isCorrect == true) }
      #expect(verifier.takeNotices() == [])
    }
  }

  @Test func whatItSaysUnaskedIsNoVerdict() throws {
    let script = #"""
      while read -r line; do echo '{"correct": true}'; echo '{"correct": true}'; done
      """#
    try withVerifier(script) { verifier, _ in
      // The second line is seen with the first, or before the next request.
      for _ in 0..<3 {
        _ = verifier.verify(Self.request)
        usleep(50_000)
      }
      let wrong = verifier.takeNotices().first ?? ""
      #expect(wrong.contains("wrote more than one line") || wrong.contains("wrote without being asked"))
    }
  }

  @Test func itEndsWithTheVerifier() throws {
    let script = "echo $$ > pid; while read -r line; do echo '{\"correct\": true}'; done; sleep 100"
    let folder = FileManager.default.temporaryDirectory.appending(path: "verifier-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      let verifier = Trial(script, in: folder, seconds: 20)
      #expect(verifier.verify(Self.request) != nil)
    }
    let text = try String(contentsOf: folder.appending(path: "pid"), encoding: .utf8)
    let pid = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(kill(pid, 0) == -1 && errno == ESRCH)
  }
}

/// A verifier with what it was heard to say: nil for a reply, and why.
private final class Trial {
  private let process: VerifierProcess
  private let heard: Heard
  private(set) var failure: JudgeFailure?

  init(_ script: String, in folder: URL, seconds: Double) {
    let heard = Heard()
    self.heard = heard
    process = VerifierProcess(
      ["/bin/sh", "-c", script], in: folder.path, seconds: seconds, onNotice: { heard.add($0) })
  }

  func verify(_ request: VerifierRequest) -> VerifierReply? {
    do {
      return try process.verify(request)
    } catch {
      failure = error
      return nil
    }
  }

  func takeNotices() -> [String] { heard.take() }
}

/// Notices since they were taken last.
private final class Heard: Sendable {
  private let notices = Mutex<[String]>([])

  func add(_ notice: String) { notices.withLock { $0.append(notice) } }

  func take() -> [String] {
    notices.withLock { notices in
      defer { notices = [] }
      return notices
    }
  }
}
