import Foundation
import Testing

@testable import Store

@Suite struct RunLockTests {
  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  var file: URL { scratch.directory.appending(path: RunLock.fileName) }

  @Test func aSecondHolderIsToldWhoHasIt() throws {
    let lock = try RunLock(directory: scratch.directory, pid: 4321, host: "somewhere")
    #expect(throws: StoreError.locked(path: file.path, pid: 4321, host: "somewhere")) {
      try RunLock(directory: scratch.directory, pid: 1, host: "host")
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == "pid 4321\nhost somewhere\n")
    withExtendedLifetime(lock) {}
  }

  @Test func theLockEndsWithItsHolder() throws {
    do { _ = try RunLock(directory: scratch.directory, pid: 1, host: "first-with-a-long-name") }
    let lock = try RunLock(directory: scratch.directory, pid: 2, host: "b")
    #expect(try String(contentsOf: file, encoding: .utf8) == "pid 2\nhost b\n")
    withExtendedLifetime(lock) {}
  }

  @Test func anotherProcessHoldsItUntilItIsKilled() throws {
    let holder = Process()
    holder.executableURL = URL(filePath: "/usr/bin/env")
    holder.arguments = ["flock", "--no-fork", file.path, "sh", "-c", "echo held; exec sleep 60"]
    let output = Pipe()
    holder.standardOutput = output
    try holder.run()
    #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
    #expect(throws: StoreError.locked(path: file.path, pid: nil, host: nil)) {
      try RunLock(directory: scratch.directory, pid: 1, host: "host")
    }
    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    _ = try RunLock(directory: scratch.directory, pid: 1, host: "host")
  }

  @Test func aLinkInItsPlaceIsRefused() throws {
    try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "/tmp/elsewhere")
    #expect(throws: StoreError.self) { try RunLock(directory: scratch.directory, pid: 1, host: "host") }
  }

  @Test func aMissingRunDirectoryIsNotFound() {
    #expect(throws: StoreError.notFound(path: "/no/such/run/run.lock")) {
      try RunLock(directory: URL(filePath: "/no/such/run"), pid: 1, host: "host")
    }
  }
}
