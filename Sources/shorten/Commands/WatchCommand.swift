import ArgumentParser
import Configuration
import ExpertIteration
import FlyingFox
import FlyingSocks
import Foundation
import Reading

/// `shorten watch`: serves the report of a run in progress to browsers on this machine.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Serve a run's report on 127.0.0.1 while it goes on.",
    discussion: """
      Prints the address; the page loads itself again when the run has gone on. Only this machine is \
      answered, nothing but the page is served, and the run is read without disturbing it. ctrl-C ends it.
      """)

  @OptionGroup var place: RunArgument
  @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "n")) var port: UInt16 = 0

  func run() throws {
    // Report a run that cannot be read before anything is served.
    _ = try place.reader().state(now: Clock.utc)
    let server = HTTPServer(
      address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port), logger: .disabled,
      handler: LivePage(directory: place.directory, clock: Clock()))
    let port = port
    Task {
      do { try await server.run() } catch {
        Output.note("error: port \(port) of 127.0.0.1 cannot be served: \(error.localizedDescription)")
        Foundation.exit(ExitStatus.inputOutput.rawValue)
      }
    }
    Task {
      do {
        try await server.waitUntilListening()
        guard case .ip4(_, let port) = await server.listeningAddress else { return }
        try Output.line("http://127.0.0.1:\(port)/")
      } catch {
        Shorten.end(after: error)
      }
    }
    dispatchMain()
  }
}
