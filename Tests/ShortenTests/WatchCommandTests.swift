import Foundation
import Testing

/// `shorten watch` asked as a browser asks, and as others may.
@Suite struct WatchCommandTests {
  @Test func onlyThisMachineIsGivenThePageAndNothingElse() throws {
    try RunCommandTests.withConfig { folder in
      _ = try Shell.shorten("run", "--config", "maze.json", "--quiet", in: folder)
      let process = Process()
      process.executableURL = Shell.binary
      process.arguments = ["watch", "runs/maze"]
      process.currentDirectoryURL = folder
      let stdout = Pipe()
      process.standardOutput = stdout
      try process.run()
      defer { process.terminate() }
      let line = String(decoding: stdout.fileHandleForReading.availableData, as: UTF8.self)
      let port = try #require(line.firstMatch(of: /^http:\/\/127\.0\.0\.1:(\d+)\/\n$/)).1
      let number = try #require(UInt16(port))

      let page = try ask(number, "GET / HTTP/1.1", host: "127.0.0.1:\(port)")
      #expect(page.hasPrefix("HTTP/1.1 200 OK") && page.contains("<!DOCTYPE html>"))
      #expect(page.contains("default-src 'none'") && page.contains("Optimal answers (pass@1): "))
      let head = try ask(number, "HEAD / HTTP/1.1", host: "localhost:\(port)")
      #expect(head.hasPrefix("HTTP/1.1 200 OK") && !head.contains("<!DOCTYPE"))
      for host in ["evil.example", "evil.example:\(port)", "127.0.0.1.evil.example:\(port)", "[::1]:\(port)"]
      {
        #expect(try ask(number, "GET / HTTP/1.1", host: host).hasPrefix("HTTP/1.1 421 "), "\(host)")
      }
      for path in ["/shorten.db", "/report.html", "/../maze.json", "//etc/passwd"] {
        #expect(
          try ask(number, "GET \(path) HTTP/1.1", host: "localhost").hasPrefix("HTTP/1.1 404 "), "\(path)")
      }
      #expect(try ask(number, "POST / HTTP/1.1", host: "localhost").hasPrefix("HTTP/1.1 405 "))
    }
  }

  @Test func whatIsNoRunIsSaidBeforeAnythingIsServed() throws {
    let result = try Shell.shorten("watch", "/no/such/run")
    #expect(result.status == 65 && result.output == "")
  }

  /// A whole answer of the server on `port`.
  private func ask(_ port: UInt16, _ request: String, host: String) throws -> String {
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    let descriptor = socket(AF_INET, kind, 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(connected == 0)
    let text = "\(request)\r\nHost: \(host)\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    let bytes = Array(text.utf8)
    try #require(send(descriptor, bytes, bytes.count, 0) == bytes.count)
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count <= 0 { return String(decoding: answer, as: UTF8.self) }
      answer += buffer[..<count]
    }
  }
}
