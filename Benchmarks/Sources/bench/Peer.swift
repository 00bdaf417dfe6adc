import Foundation

/// The Python that can run the peer.
struct PeerProgram {
  let python: String
  let script: URL

  /// nil, with a line that says why, where torch cannot be imported.
  static func find() -> PeerProgram? {
    let python = ProcessInfo.processInfo.environment["SHORTEN_PYTHON"] ?? "python3"
    let check = Process()
    check.executableURL = URL(filePath: "/usr/bin/env")
    check.arguments = [python, "-c", "import torch, safetensors"]
    check.standardError = FileHandle.nullDevice
    guard (try? check.run()) != nil else { return nil }
    check.waitUntilExit()
    guard check.terminationStatus == 0 else {
      say("PyTorch is skipped: \(python) cannot import torch and safetensors; `make torch` installs them")
      return nil
    }
    return PeerProgram(python: python, script: Report.folder.appending(path: "pytorch/peer.py"))
  }
}

/// The running peer, one process per workload: it answers each line with a line.
final class Peer {
  struct Hello: Decodable {
    let version: String
    let loss: Double
    let rows: Int?
  }

  struct Figures: Decodable {
    let seconds: Double
    let tokens: Int
    let peakMemory: Int
    var tokensPerSecond: Double { Double(tokens) / seconds }
  }

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var buffer = Data()

  init(_ program: PeerProgram, workload: URL, what: Measurement.What) throws {
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program.python, program.script.path, workload.path, what.rawValue]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  /// The first line; it comes when the peer has warmed up and found its best batch size.
  func hello() throws -> Hello { try JSONDecoder().decode(Hello.self, from: line()) }

  /// One run, `careful` or in the way of the `reference`.
  func run(_ way: String) throws -> Figures {
    try input.fileHandleForWriting.write(contentsOf: Data("\(way)\n".utf8))
    return try JSONDecoder().decode(Figures.self, from: line())
  }

  func end() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  private func line() throws -> Data {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        defer { buffer = Data(buffer[(end + 1)...]) }
        return Data(buffer[..<end])
      }
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw BenchError(text: "the PyTorch peer ended early") }
      buffer.append(data)
    }
  }
}
