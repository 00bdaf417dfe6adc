import Determinism
import Foundation
import Testing

@testable import Store

@Suite struct CheckpointFilesTests {
  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  var names: [String] {
    let folder = scratch.directory.appending(path: "checkpoints").path
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  struct Kill: Error {}

  /// Notes the steps and ends at one of them, as a kill or as a failing system call.
  final class Witness: @unchecked Sendable {
    var steps: [CheckpointFiles.Step] = []
    var end: (step: CheckpointFiles.Step, error: any Error)?
    func see(_ step: CheckpointFiles.Step) throws {
      steps.append(step)
      if let end, end.step == step { throw end.error }
    }
  }

  func files(_ witness: Witness) throws -> CheckpointFiles {
    try CheckpointFiles(directory: scratch.directory, before: witness.see)
  }

  @Test func aFileIsReadBack() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
    let path = try files.write(bytes, named: "a.safetensors")
    #expect(path == "checkpoints/a.safetensors")
    #expect(try files.read(path) == bytes)
    #expect(names == ["a.safetensors"])
    _ = try files.write([1], named: "a.safetensors")
    #expect(try files.read(path) == [1])
    try files.remove(path)
    try files.remove(path)
    #expect(names == [])
    #expect(throws: StoreError.self) { try files.read(path) }
  }

  @Test func theFolderIsSyncedLast() throws {
    let witness = Witness()
    _ = try files(witness).write([1, 2, 3], named: "a")
    #expect(witness.steps == [.create, .write, .sync, .rename, .syncFolder])
  }

  @Test func aKillAtAnyStepLeavesTheOldFileOrTheNew() throws {
    for step in [CheckpointFiles.Step.create, .write, .sync, .rename, .syncFolder] {
      let witness = Witness()
      let files = try files(witness)
      let path = try files.write([1, 1, 1], named: "a")
      witness.end = (step, Kill())
      #expect(throws: Kill.self) { try files.write([2, 2, 2], named: "a") }
      #expect(try files.read(path) == (step == .syncFolder ? [2, 2, 2] : [1, 1, 1]))
      _ = try files.removeUnknown(keeping: [path])
      #expect(names == ["a"])
    }
  }

  @Test func aFailureAtAnyStepLeavesNoTemporaryFile() throws {
    for step in [CheckpointFiles.Step.create, .write, .sync, .rename] {
      let witness = Witness()
      witness.end = (step, Errno(code: ENOSPC))
      let path = scratch.directory.appending(path: "checkpoints/a").path
      #expect(throws: StoreError.diskFull(path: path, bytesNeeded: 3)) {
        try files(witness).write([1, 2, 3], named: "a")
      }
      #expect(names == [])
    }
  }

  @Test func garbageIsRemovedAndKeptFilesStay() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    #expect(try files.removeUnknown(keeping: []) == [])
    for name in ["a", "b", "c"] { _ = try files.write([1], named: name) }
    let folder = scratch.directory.appending(path: "checkpoints")
    try Data([1]).write(to: folder.appending(path: "a.tmp"))
    try FileManager.default.createDirectory(
      at: folder.appending(path: "mine"), withIntermediateDirectories: false)
    #expect(
      try files.removeUnknown(keeping: ["checkpoints/b"]) == [
        "checkpoints/a", "checkpoints/a.tmp", "checkpoints/c",
      ])
    #expect(names == ["b", "mine"])
  }

  @Test func aPathThatLeavesTheRunDirectoryIsRefused() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    for path in [
      "/etc/passwd", "../x", "checkpoints/../../x", "checkpoints//x", "", ".", "checkpoints/.", "a\0b",
    ] {
      #expect(throws: StoreError.outsideRunDirectory(path: path, directory: scratch.directory.path)) {
        try files.read(path)
      }
      #expect(throws: StoreError.self) { try files.remove(path) }
    }
    for name in ["../x", "a/b", "/x", "", "..", "a.tmp"] {
      #expect(throws: StoreError.self) { try files.write([1], named: name) }
    }
  }

  @Test func aLinkIsNotFollowed() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    _ = try files.write([1], named: "a")
    let folder = scratch.directory.appending(path: "checkpoints")
    let target = scratch.directory.appending(path: "precious")
    try Data([7, 7]).write(to: target)
    for name in ["link", "b.tmp"] {
      try FileManager.default.createSymbolicLink(at: folder.appending(path: name), withDestinationURL: target)
    }
    #expect(
      throws: StoreError.checkpointDamaged(path: folder.appending(path: "link").path, detail: "it is a link")
    ) {
      try files.read("checkpoints/link")
    }
    _ = try files.write([2], named: "b")
    #expect(try [UInt8](Data(contentsOf: target)) == [7, 7])

    let away = try Scratch()
    let linked = try Scratch()
    try FileManager.default.createSymbolicLink(
      at: linked.directory.appending(path: "checkpoints"), withDestinationURL: away.directory)
    #expect(throws: StoreError.self) {
      try CheckpointFiles(directory: linked.directory).write([1], named: "a")
    }
  }

  @Test func sizeAndHashAreTheRows() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    let path = try files.write([1, 2, 3], named: "a")
    let digest = SHA256.hexDigest(of: [1, 2, 3])
    func record(_ bytes: Int, _ digest: String) -> CheckpointRecord {
      CheckpointRecord(
        round: 0, step: 1, isFinal: false, path: path, bytes: bytes, sha256: digest, learnerSHA256: sha("b"))
    }
    #expect(try files.read(record(3, digest)) == [1, 2, 3])
    try files.verify(record(3, digest))
    let place = scratch.directory.appending(path: path).path
    for check in [{ try files.verify($0) }, { _ = try files.read($0) }] as [(CheckpointRecord) throws -> Void]
    {
      #expect(throws: StoreError.checkpointDamaged(path: place, detail: "3 bytes instead of 4")) {
        try check(record(4, digest))
      }
      let detail = "its SHA-256 is not the one in the database"
      #expect(throws: StoreError.checkpointDamaged(path: place, detail: detail)) {
        try check(record(3, sha("b")))
      }
    }
    try files.remove(path)
    #expect(throws: StoreError.checkpointMissing(path: place)) { try files.read(record(3, digest)) }
    #expect(throws: StoreError.checkpointMissing(path: place)) { try files.verify(record(3, digest)) }
  }

  @Test func aFileLargerThanABlockIsVerified() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    var bytes = [UInt8](repeating: 7, count: 3_000_001)
    let path = try files.write(bytes, named: "a")
    let record = CheckpointRecord(
      round: 0, step: 1, isFinal: false, path: path, bytes: bytes.count,
      sha256: SHA256.hexDigest(of: bytes), learnerSHA256: sha("b"))
    try files.verify(record)
    bytes[2_500_000] = 8
    _ = try files.write(bytes, named: "a")
    #expect(throws: StoreError.self) { try files.verify(record) }
  }

  @Test func aFolderInPlaceOfAFileIsDamage() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    try FileManager.default.createDirectory(
      at: scratch.directory.appending(path: "checkpoints/a"), withIntermediateDirectories: true)
    #expect(throws: StoreError.self) { try files.read("checkpoints/a") }
    #expect(throws: StoreError.self) { try files.write([1], named: "a") }
    #expect(names == ["a"])
  }

  @Test func aMissingRunDirectoryIsNotFound() {
    #expect(throws: StoreError.notFound(path: "/no/such/run")) {
      try CheckpointFiles(directory: URL(filePath: "/no/such/run"))
    }
  }

  @Test func foundationsErrorsAreTranslated() {
    let path = "/no/such/file"
    #expect(throws: StoreError.notFound(path: path)) {
      try StoreError.translating(path: path) { try Data(contentsOf: URL(filePath: path)) }
    }
    #expect(throws: StoreError.self) {
      try StoreError.translating(path: path) {
        try Data([1]).write(to: URL(filePath: path), options: .atomic)
      }
    }
  }
}
