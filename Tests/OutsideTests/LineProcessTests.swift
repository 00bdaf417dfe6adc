import Testing

@testable import Outside

@Suite struct LineProcessTests {
  private func process(
    _ script: String, environment: ProcessEnvironment = .current,
    limits: LineProcess.Limits = LineProcess.Limits()
  ) throws -> LineProcess {
    try LineProcess(["/bin/sh", "-c", script], in: "/", environment: environment, limits: limits)
  }

  private func fault(of process: LineProcess, within seconds: Double = 20) -> LineProcess.Fault? {
    do throws(LineProcess.Fault) {
      _ = try process.answer(to: "question", within: seconds)
      return nil
    } catch {
      return error
    }
  }

  @Test func theEnvironmentIsTheCallers() throws {
    let process = try process(
      "read -r line; echo \"$line $NAME\"",
      environment: ProcessEnvironment(["NAME": "value", "PATH": "/usr/bin:/bin"]))
    #expect(try String(decoding: process.answer(to: "a", within: 20), as: UTF8.self) == "a value")
    #expect(!ProcessEnvironment(["PATH": "/absent"]).finds("sh") && ProcessEnvironment.current.finds("sh"))
  }

  @Test func complaintsWithoutAnEndNeitherHangNorGrow() throws {
    let process = try process("yes complaint >&2", limits: LineProcess.Limits(longestComplaints: 100))
    let fault = fault(of: process, within: 0.5)
    #expect(fault == LineProcess.Fault("wrote nothing within 0.5 seconds", isTimeUp: true))
    #expect(process.lastComplaints?.contains("complaint | complaint") == true)
    #expect((process.lastComplaints?.count ?? 0) <= 100)
  }

  @Test func theLongestReplyIsTheCallers() throws {
    let process = try process(
      "read -r line; printf 123456789; sleep 100", limits: LineProcess.Limits(longestReply: 8))
    #expect(fault(of: process)?.text == "wrote 9 bytes without a line end: \"123456789\"")
  }
}
