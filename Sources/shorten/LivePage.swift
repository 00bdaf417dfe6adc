import Configuration
import ExpertIteration
import FlyingFox
import Foundation
import Reading
import Report
import Store

/// Serves the page about a run in progress to browsers on this machine, and nothing else. A request by
/// another host name is refused, so that a foreign web page cannot read it through a name that resolves to
/// this machine.
///
/// Each page is read through a new connection that cannot write. While a process works on the run no weights
/// are sampled, which leaves the processors to it.
actor LivePage: HTTPHandler {
  private let directory: String
  private let clock: Clock
  private var page = Data()
  private var tag = ""
  /// When the page was last made or found unchanged, in the clock's seconds.
  private var madeAt = -Double.infinity
  /// What the page was made from.
  private var basis: Basis?

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

  /// The page, made anew if it is older than four seconds and the run has changed. Browsers ask every five.
  private func current(isHead: Bool) -> HTTPResponse {
    if clock.seconds - madeAt >= 4 {
      do {
        let now = try Basis(of: directory)
        if now != basis {
          page = Data(try make(isRunning: now.liveness == .running).utf8)
          tag = Self.tag(of: page)
          basis = now
        }
      } catch {
        basis = nil
        return Self.text(Failure(error).message, .internalServerError)
      }
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

  /// What a page depends on: pages with the same basis are the same.
  private struct Basis: Equatable {
    let liveness: RunLiveness
    /// Length and time of change of the database and its log, as text; `-` if there is no such file.
    let files: [String]

    init(of directory: String) throws {
      // Read before the state, so that whatever is written in between is seen the next time.
      files = ["shorten.db", "shorten.db-wal"].map { name in
        let values = try? FileManager.default.attributesOfItem(atPath: "\(directory)/\(name)")
        guard let values, let date = values[.modificationDate] as? Date, let size = values[.size] else {
          return "-"
        }
        return "\(size) \(date.timeIntervalSince1970)"
      }
      liveness = RunLiveness(onThisMachine: try RunReader(directory).state(now: Clock.utc))
    }
  }

  private func make(isRunning: Bool) throws -> String {
    var page = try ReportFile.page(
      about: [try RunReader(directory, threads: 1)], withDigest: false, threads: 1, withExamples: !isRunning)
    page.isLive = true
    return page.html
  }

  /// Whether a `Host` header names this machine, with or without a port.
  private static func isOwn(_ host: String) -> Bool {
    let parts = host.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count <= 2 && ["127.0.0.1", "localhost"].contains(parts[0])
  }

  private static func text(_ words: String, _ status: HTTPStatusCode) -> HTTPResponse {
    let headers: HTTPHeaders = [.contentType: "text/plain; charset=utf-8"]
    return HTTPResponse(statusCode: status, headers: headers, body: Data("\(words)\n".utf8))
  }

  /// The FNV-1a hash of the page, so that another page has another tag.
  private static func tag(of page: Data) -> String {
    let hash = page.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return "\"\(String(hash, radix: 16))\""
  }
}
