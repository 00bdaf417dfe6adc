import Foundation
import Testing

@testable import Model

struct CheckpointTests {
  private static let configuration = TransformerConfiguration(
    architecture: .encoderDecoder, vocabularySize: 11, width: 16, encoderLayers: 1, decoderLayers: 1,
    heads: 2,
    hiddenWidth: 32, tokenShift: 1)
  private static let batches: [[Example]] = (0..<6).map { batch in
    (0..<3).map { index in
      let words = (0..<(4 + index + batch)).map { Int32(2 + ($0 * (index + 3) + batch) % 9) }
      return Example(prompt: [0] + words.reversed() + [1], response: [0] + words + [1])
    }
  }

  private func trainer(steps: Int, threads: Int = 1) throws -> Trainer {
    let trainer = Trainer(
      model: Transformer(Self.configuration, seed: 4), optimizer: OptimizerSettings(), threads: threads)
    for batch in Self.batches.prefix(steps) { _ = try trainer.step(batch, learningRate: 1e-2) }
    return trainer
  }

  @Test func whatIsEncodedIsDecoded() throws {
    let checkpoint = try trainer(steps: 2).checkpoint(vocabularyDigest: "abc", metadata: ["round": "3"])
    let bytes = checkpoint.encoded()
    let decoded = try Checkpoint(decoding: bytes)
    #expect(decoded == checkpoint)
    #expect(decoded.step == 2 && decoded.vocabularyDigest == "abc" && decoded.metadata == ["round": "3"])
    #expect(decoded.hasMoments && decoded.encoded() == bytes)
  }

  @Test func theModelOfACheckpointSaysTheSame() throws {
    let trainer = try trainer(steps: 3)
    let checkpoint = trainer.checkpoint(vocabularyDigest: "", metadata: [:])
    let model = try Checkpoint(decoding: checkpoint.encoded()).model()
    let example = Self.batches[0][2]
    #expect(
      model.logits(prompt: example.prompt, response: example.response)
        == trainer.model.logits(prompt: example.prompt, response: example.response))
  }

  @Test func trainingGoesOnFromACheckpointAsIfItHadNeverStopped() throws {
    let whole = try trainer(steps: 6)
    let first = try trainer(steps: 3).checkpoint(vocabularyDigest: "", metadata: [:])
    let second = try trainer(steps: 1)
    try second.restore(Checkpoint(decoding: first.encoded()))
    #expect(second.step == 3)
    for batch in Self.batches[3...] { _ = try second.step(batch, learningRate: 1e-2) }
    let bytes = [whole, second].map { $0.checkpoint(vocabularyDigest: "", metadata: [:]).encoded() }
    #expect(bytes[0] == bytes[1])
  }

  @Test func aCheckpointWithoutMomentsStartsThemAtZero() throws {
    let trainer = try trainer(steps: 2)
    let full = trainer.checkpoint(vocabularyDigest: "", metadata: [:])
    let bare = Checkpoint(
      configuration: full.configuration, vocabularyDigest: "", step: 0, metadata: [:],
      tensors: full.tensors.filter { !$0.name.hasPrefix("moment") })
    #expect(!bare.hasMoments)
    try trainer.restore(Checkpoint(decoding: bare.encoded()))
    let moments = trainer.checkpoint(vocabularyDigest: "", metadata: [:]).tensors
      .filter { $0.name.hasPrefix("moment") }
    #expect(moments.count == 2 * bare.tensors.count)
    #expect(moments.allSatisfy { $0.values.allSatisfy { $0 == 0 } })
  }

  /// `tensors` with one change, encoded and decoded again.
  private func refusal(_ change: ([Tensor]) -> [Tensor]) throws -> CheckpointError? {
    let full = try trainer(steps: 1).checkpoint(vocabularyDigest: "", metadata: [:])
    let changed = Checkpoint(
      configuration: full.configuration, vocabularyDigest: "", step: 1, metadata: [:],
      tensors: change(full.tensors))
    do {
      _ = try Checkpoint(decoding: changed.encoded())
      return nil
    } catch { return error as? CheckpointError }
  }

  @Test func tensorsThatAreNotTheModelsAreRefused() throws {
    let missing = try refusal { $0.filter { $0.name != "decoder.norm" } }
    #expect(missing == .missingTensor("decoder.norm"))
    let half = try refusal { $0.filter { $0.name != "moment2.decoder.norm" } }
    #expect(half == .missingTensor("moment2.decoder.norm"))
    let extra = try refusal { $0 + [Tensor(name: "decoder.extra", shape: [1], values: [0])] }
    #expect(extra == .unexpectedTensor("decoder.extra"))
    let reshaped = try refusal {
      $0.map { $0.name == "encoder.norm" ? Tensor(name: $0.name, shape: [4, 4], values: $0.values) : $0 }
    }
    #expect(reshaped == .wrongShape(tensor: "encoder.norm", expected: [16], found: [4, 4]))
  }

  private func refusal(metadata: [String: String]) -> (any Error)? {
    do {
      _ = try Checkpoint(decoding: SafeTensors.encode([], metadata: metadata))
      return nil
    } catch { return error }
  }

  @Test func metadataIsCheckedBeforeTheTensors() {
    let error = refusal(metadata: [:]) as? CheckpointError
    #expect(error == .missingMetadata("shorten.configuration"))
    for json in ["", "{}", "[]", "{\"width\":1e999}", "{\"width\":\(Int.max)0}", "nonsense"] {
      let error = refusal(metadata: ["shorten.configuration": json, "shorten.step": "0"])
      guard case .invalidMetadata(key: "shorten.configuration", _)? = error as? CheckpointError else {
        Issue.record("\(json): \(String(describing: error))")
        continue
      }
    }
    let huge =
      #"{"architecture":"decoderOnly","decoderLayers":9223372036854775807,"encoderLayers":0,"heads":1,"#
      + #""hiddenWidth":16,"tokenShift":0,"vocabularySize":2,"width":16}"#
    #expect(refusal(metadata: ["shorten.configuration": huge, "shorten.step": "0"]) is InvalidSetting)
    let negative =
      refusal(metadata: ["shorten.configuration": huge, "shorten.step": "-1"]) as? CheckpointError
    #expect(negative == .invalidMetadata(key: "shorten.step", reason: "not a step number"))
  }

  @Test func damagedFilesAreRefusedOrReadButNeverTrap() throws {
    let bytes = try trainer(steps: 1).checkpoint(vocabularyDigest: "x", metadata: ["k": "v"]).encoded()
    var random = SystemlessDraws(state: 9)
    for _ in 0..<400 {
      var damaged = bytes
      for _ in 0..<3 {
        damaged[Int(random.next() % UInt64(min(bytes.count, 6000)))] = UInt8(random.next() & 0xFF)
      }
      if let checkpoint = try? Checkpoint(decoding: damaged) { _ = try? checkpoint.model() }
      let cut = Array(bytes.prefix(Int(random.next() % UInt64(bytes.count))))
      #expect(throws: CheckpointError.self) { try Checkpoint(decoding: cut) }
    }
  }

  private struct SystemlessDraws {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }

  /// The reference reader agrees on every name, shape, number and text.
  @Test func thePythonPackageReadsIt() throws {
    let python = ProcessInfo.processInfo.environment["SHORTEN_PYTHON"] ?? "python3"
    guard run(python, ["-c", "import safetensors.numpy"])?.status == 0 else {
      print("skipped: \(python) has no package safetensors (set SHORTEN_PYTHON to one that has)")
      return
    }
    let checkpoint = try trainer(steps: 2).checkpoint(vocabularyDigest: "é\"", metadata: ["note": "a\nb"])
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).safetensors")
    try Data(checkpoint.encoded()).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import sys, json, safetensors
      with safetensors.safe_open(sys.argv[1], "np") as f:
          out = {"metadata": f.metadata(), "tensors": {}}
          for name in f.keys():
              t = f.get_tensor(name)
              out["tensors"][name] = [list(t.shape), t.astype("float64").ravel().tolist()]
      json.dump(out, sys.stdout)
      """
    let result = try #require(run(python, ["-c", script, file.path]))
    #expect(result.status == 0)
    let read = try #require(try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
    let metadata = try #require(read["metadata"] as? [String: String])
    #expect(metadata["note"] == "a\nb" && metadata["shorten.vocabularyDigest"] == "é\"")
    #expect(metadata["shorten.step"] == "2")
    let tensors = try #require(read["tensors"] as? [String: [Any]])
    #expect(tensors.count == checkpoint.tensors.count)
    for tensor in checkpoint.tensors {
      let found = try #require(tensors[tensor.name])
      #expect(found[0] as? [Int] == tensor.shape)
      #expect((found[1] as? [Double])?.map(Float.init) == tensor.values, "\(tensor.name)")
    }
  }

  private func run(_ program: String, _ arguments: [String]) -> (status: Int32, output: Data)? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}
