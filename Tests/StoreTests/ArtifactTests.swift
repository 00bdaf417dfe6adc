import Determinism
import Foundation
import Testing

@testable import Store

/// Artifacts that are folders: adopted whole or not at all.
@Suite struct ArtifactTests {
  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  static let name = "r03-s000500"
  var checkpoints: URL { scratch.directory.appending(path: "checkpoints") }
  var target: URL { checkpoints.appending(path: Self.name) }

  func names(_ folder: URL) -> [String] {
    ((try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  func files(_ witness: CheckpointFilesTests.Witness) throws -> CheckpointFiles {
    try CheckpointFiles(directory: scratch.directory, before: witness.see)
  }

  /// Three files at a place, one of them in an inner folder, and an empty folder.
  func write(at place: URL, _ weights: String = "weights") throws {
    for folder in ["", "tokenizer", "empty"] {
      try FileManager.default.createDirectory(
        at: place.appending(path: folder), withIntermediateDirectories: true)
    }
    try Data(weights.utf8).write(to: place.appending(path: "model.bin"))
    try Data("{}".utf8).write(to: place.appending(path: "config.json"))
    try Data("a b".utf8).write(to: place.appending(path: "tokenizer/words.txt"))
  }

  func record(_ artifact: StoredArtifact) -> CheckpointRecord {
    CheckpointRecord(
      round: 3, step: 500, isFinal: false, kind: artifact.kind, path: artifact.path, bytes: artifact.bytes,
      sha256: artifact.sha256, learnerSHA256: sha("b"))
  }

  @discardableResult func adopted(_ files: CheckpointFiles, _ weights: String = "weights") throws
    -> StoredArtifact
  {
    let place = try files.place(named: Self.name)
    try write(at: place, weights)
    return try files.adopt(folder: place, named: Self.name)
  }

  @Test func theHashIsThatOfTheSortedListOfFiles() throws {
    let artifact = try adopted(try CheckpointFiles(directory: scratch.directory))
    func line(_ text: String, _ name: String) -> String {
      "\(SHA256.hexDigest(of: text))  \(text.utf8.count)  \(name)\n"
    }
    let lines = [
      line("weights", "model.bin"), line("{}", "config.json"), line("a b", "tokenizer/words.txt"),
    ]
    #expect(
      artifact
        == StoredArtifact(
          kind: .folder, path: "checkpoints/r03-s000500", bytes: 12,
          sha256: SHA256.hexDigest(of: lines.sorted().joined())))
    #expect(names(checkpoints).contains("r03-s000500/tokenizer/words.txt"))
    #expect(!names(checkpoints).contains { $0.hasSuffix(".tmp") })
  }

  @Test func aPlaceIsEmptyAndAbsolute() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    let place = try files.place(named: Self.name)
    #expect(place.path == checkpoints.appending(path: "r03-s000500.tmp").path)
    #expect(names(checkpoints) == [])
    try write(at: place)
    #expect(try files.place(named: Self.name) == place)
    #expect(names(checkpoints) == [], "what an interrupted attempt left is gone")
  }

  @Test func everyFileAndFolderIsSyncedBeforeTheName() throws {
    let witness = CheckpointFilesTests.Witness()
    try adopted(try files(witness))
    #expect(
      witness.steps == Array(repeating: .sync, count: 3 + 3) + [.clear, .rename, .syncFolder])
  }

  @Test func aKillAtAnyStepLeavesNoHalfArtifact() throws {
    for (number, step) in [CheckpointFiles.Step.sync, .clear, .rename, .syncFolder].enumerated() {
      let witness = CheckpointFilesTests.Witness()
      let files = try files(witness)
      let old = record(try adopted(files, "old weights"))
      witness.end = (step, CheckpointFilesTests.Kill())
      #expect(throws: CheckpointFilesTests.Kill.self) { try adopted(files, "new") }
      witness.end = nil
      switch number {
      case 0, 1: try files.verify(old)
      case 2: #expect(throws: StoreError.checkpointMissing(path: target.path)) { try files.verify(old) }
      default: #expect(throws: StoreError.self) { try files.verify(old) }
      }
      _ = try files.removeUnknown(keeping: [old.path])
      #expect(names(checkpoints).allSatisfy { !$0.hasSuffix(".tmp") })
      _ = try files.removeUnknown(keeping: [])
      #expect(names(checkpoints) == [])
    }
  }

  @Test func aFailureAtAnyStepLeavesTheFolderWhereItWas() throws {
    for step in [CheckpointFiles.Step.sync, .clear, .rename] {
      let witness = CheckpointFilesTests.Witness()
      witness.end = (step, Errno(code: ENOSPC))
      #expect(throws: StoreError.diskFull(path: target.path, bytesNeeded: nil)) {
        try adopted(try files(witness))
      }
      #expect(names(checkpoints).contains("r03-s000500.tmp/model.bin"))
      #expect(!FileManager.default.fileExists(atPath: target.path))
    }
  }

  @Test func aChangedFolderIsFound() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    let changes: [(what: String, change: (URL) throws -> Void)] = [
      ("a byte", { try Data("weighty".utf8).write(to: $0.appending(path: "model.bin")) }),
      ("a size", { try Data("w".utf8).write(to: $0.appending(path: "model.bin")) }),
      ("a file more", { try Data("x".utf8).write(to: $0.appending(path: "more")) }),
      ("an empty file more", { try Data().write(to: $0.appending(path: "more")) }),
      ("a file less", { try FileManager.default.removeItem(at: $0.appending(path: "config.json")) }),
      (
        "another name",
        {
          try FileManager.default.moveItem(
            at: $0.appending(path: "model.bin"), to: $0.appending(path: "model.old"))
        }
      ),
      (
        "a link",
        {
          try FileManager.default.createSymbolicLink(
            at: $0.appending(path: "link"), withDestinationURL: URL(filePath: "/etc/hostname"))
        }
      ),
    ]
    for (what, change) in changes {
      let record = record(try adopted(files))
      try files.verify(record)
      try change(target)
      let error = #expect(throws: StoreError.self, "\(what)") { try files.verify(record) }
      #expect(error?.isLostCheckpoint == true, "\(what)")
    }
    let record = record(try adopted(files))
    try FileManager.default.removeItem(at: target)
    #expect(throws: StoreError.checkpointMissing(path: target.path)) { try files.verify(record) }
    _ = try files.write([1], named: Self.name)
    #expect(throws: StoreError.checkpointDamaged(path: target.path, detail: "it is not a folder")) {
      try files.verify(record)
    }
  }

  @Test func linksAndSpecialFilesAreRefused() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    let place = try files.place(named: Self.name)
    func refusal() -> String? {
      do {
        _ = try files.adopt(folder: place, named: Self.name)
        return nil
      } catch StoreError.checkpointDamaged(place.path, let detail) {
        return detail
      } catch {
        return "another error: \(error)"
      }
    }
    try write(at: place)
    let odd = place.appending(path: "tokenizer/odd")
    try FileManager.default.createSymbolicLink(at: odd, withDestinationURL: URL(filePath: "/etc"))
    #expect(refusal() == "it holds a link: tokenizer/odd")
    try FileManager.default.removeItem(at: odd)
    #expect(mkfifo(odd.path, 0o600) == 0)
    #expect(refusal() == "it holds a special file: tokenizer/odd")
    try FileManager.default.removeItem(at: odd)
    try Data([1]).write(to: place.appending(path: "two\nlines"))
    #expect(refusal() == "it holds a name with a line feed: two\nlines")
    try FileManager.default.removeItem(at: place)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    #expect(refusal() == "it holds no bytes")
    try FileManager.default.removeItem(at: place)
    try Data([1]).write(to: URL(filePath: place.path, directoryHint: .notDirectory))
    #expect(refusal() == "it is not a folder")
    #expect(!FileManager.default.fileExists(atPath: target.path))
  }

  @Test func onlyAPlaceOfOursIsAdopted() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    let place = try files.place(named: Self.name)
    #expect(throws: StoreError.checkpointMissing(path: place.path)) {
      try files.adopt(folder: place, named: Self.name)
    }
    let foreign = scratch.directory.appending(path: "elsewhere")
    try write(at: foreign)
    for folder in [foreign, place.appending(path: "../../elsewhere"), target] {
      #expect(throws: StoreError.self) { try files.adopt(folder: folder, named: Self.name) }
    }
    for name in ["mine", "r3-s5", "../r03-s000500", "r03-s000500.tmp", "r03-s000500/inner"] {
      #expect(throws: StoreError.self) { try files.place(named: name) }
      #expect(throws: StoreError.self) { try files.adopt(folder: place, named: name) }
    }
    #expect(names(foreign).contains("model.bin"))
  }

  @Test func foldersOfOursAreRemovedAndOthersStay() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    try adopted(files)
    let kept = ["mine", "r03-s000500.old", "r3-s5", "xr03-s000500", "r03-s000500.tmp.tmp"]
    let gone = ["r04-s000001", "r04-s000002.tmp", "r104-s1000003.safetensors", "r04-s000004.safetensors.tmp"]
    for name in kept + gone { try write(at: checkpoints.appending(path: name)) }
    #expect(
      try files.removeUnknown(keeping: ["checkpoints/\(Self.name)"])
        == gone.map { "checkpoints/\($0)" }.sorted())
    let left = try FileManager.default.contentsOfDirectory(atPath: checkpoints.path)
    #expect(Set(left) == Set(kept + [Self.name]))
    #expect(throws: StoreError.self) { try files.remove("checkpoints/mine") }
    #expect(throws: StoreError.self) { try files.remove("checkpoints") }
    try files.remove("checkpoints/\(Self.name)")
    try files.remove("checkpoints/\(Self.name)")
    #expect(!files.has("checkpoints/\(Self.name)"))
    #expect(names(checkpoints).contains("mine/model.bin"))
  }

  @Test func aLinkInAFolderIsRemovedAndNotFollowed() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    let precious = scratch.directory.appending(path: "precious")
    try write(at: precious)
    let place = try files.place(named: Self.name)
    try write(at: place)
    try FileManager.default.createSymbolicLink(
      at: place.appending(path: "link"), withDestinationURL: precious)
    #expect(try files.removeUnknown(keeping: []) == ["checkpoints/r03-s000500.tmp"])
    #expect(names(precious).contains("tokenizer/words.txt"))
  }

  @Test func aFileAndAFolderReplaceEachOther() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    _ = try files.write([1], named: Self.name)
    let record = record(try adopted(files))
    try files.verify(record)
    #expect(throws: StoreError.self, "a file never replaces a folder in one step") {
      try files.write([1], named: Self.name)
    }
    try files.verify(record)
  }
}
