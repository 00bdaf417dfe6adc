import ExpertIteration
import FlyingFox
import Foundation
import Report

/// The page about a run that goes on, for browsers on this machine: nothing else is served, and nobody who
/// came by another name is answered, so that a page elsewhere cannot read it through a name that leads here.
///
/// Each page is read through a connection of its own that cannot write. While the run works no weights are
/// sampled: its processors stay its own.
actor LivePage: HTTPHandler {
  private let directory: String
  private let clock: Clock
  private var page = Data()
  private var tag = ""
  /// When the page was made, in the clock's seconds.
  private var madeAt = -Double.infinity

  init(directory: String, clock: Clock) {
    self.directory = directory
    self.clock = clock
  }

  nonisolated func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard Self.isOwn(request.headers[.host] ?? "") else {
      return Self.text("This page is for this machine alone.", .misdirectedRequest)
    }
    guard request.path == "/" else { return Self.text("There is only /.", .notFound) }
    guard request.method == .GET || request.method == .HEAD else {
      return Self.text("There is only GET.", .methodNotAllowed)
    }
    return await current(isHead: request.method == .HEAD)
  }

  /// Made anew when it is older than the browser's next question.
  private func current(isHead: Bool) -> HTTPResponse {
    if clock.seconds - madeAt >= 4 {
      do {
        page = Data(try make().utf8)
      } catch {
        return Self.text(Failure(error).message, .internalServerError)
      }
      tag = Self.tag(of: page)
      madeAt = clock.seconds
    }
    let headers: HTTPHeaders = [
      .contentType: "text/html; charset=utf-8", .eTag: tag, .cacheControl: "no-store",
      HTTPHeader("X-Content-Type-Options"): "nosniff",
      HTTPHeader("Content-Security-Policy"):
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
    ]
    return HTTPResponse(statusCode: .ok, headers: headers, body: isHead ? Data() : page)
  }

  private func make() throws -> String {
    let isRunning = try RunReader(directory).state().state == "running"
    var page = try ReportFile.page(
      about: [directory], withDigest: false, threads: 1, withExamples: !isRunning)
    page.isLive = true
    return page.html
  }

  /// Whether the browser was sent here by a name of this machine's own.
  private static func isOwn(_ host: String) -> Bool {
    let parts = host.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count <= 2 && ["127.0.0.1", "localhost"].contains(parts[0])
  }

  private static func text(_ words: String, _ status: HTTPStatusCode) -> HTTPResponse {
    let headers: HTTPHeaders = [.contentType: "text/plain; charset=utf-8"]
    return HTTPResponse(statusCode: status, headers: headers, body: Data("\(words)\n".utf8))
  }

  /// FNV-1a of the page: another page has another tag.
  private static func tag(of page: Data) -> String {
    let hash = page.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return "\"\(String(hash, radix: 16))\""
  }
}
