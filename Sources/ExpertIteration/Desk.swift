import Determinism
import Foundation
import Learning
import Store
import Text

/// The desk of a round that trains: artifacts become files, then rows; news goes to the run's observer.
final class RoundDesk: TrainingDesk {
  private let run: Run
  private let round: Int
  /// The final checkpoint that is trained again because it was lost; nil: the round trains for the first
  /// time.
  private let lost: CheckpointRecord?

  init(of round: Int, in run: Run, replacing lost: CheckpointRecord? = nil) {
    self.run = run
    self.round = round
    self.lost = lost
  }

  func begins(steps: Int) { run.announce(.train, round: round, total: steps, unit: "steps") }

  func folder(step: Int) throws -> String {
    try run.files.place(named: Self.name(round: round, step: step)).path
  }

  /// Writes the artifact, then the row with its measurements; a crash between the two leaves a file that
  /// the next start removes. A final checkpoint that was lost has its row, and must come out as the row
  /// says.
  func keep(
    _ product: TrainingProduct, step: Int, isFinal: Bool, _ measurements: [TrainingMetric]
  ) throws -> Artifact {
    let record = try write(product, step: step, isFinal: isFinal)
    if isFinal, let lost {
      guard record.sha256 == lost.sha256 else {
        try run.files.remove(record.path)
        throw RunError.otherWeights(path: lost.path, round: round)
      }
    } else {
      try run.store.insertCheckpoint(
        record,
        metrics: measurements.map {
          MetricRecord(round: round, phase: .train, step: $0.step, name: $0.name, value: $0.value)
        })
      try run.removeObsoleteCheckpoints()
    }
    return run.files.artifact(of: record)
  }

  private func write(_ product: TrainingProduct, step: Int, isFinal: Bool) throws -> CheckpointRecord {
    let name = Self.name(round: round, step: step)
    let learner = run.learner.identity.digest
    switch product {
    case .bytes(let bytes):
      let path = try run.files.write(bytes, named: name + ".safetensors")
      return CheckpointRecord(
        round: round, step: step, isFinal: isFinal, path: path, bytes: bytes.count,
        sha256: SHA256.hexDigest(of: bytes), learnerSHA256: learner)
    case .folder(let path):
      let folder = try run.files.adopt(
        folder: URL(filePath: path, directoryHint: .isDirectory), named: name)
      return CheckpointRecord(
        round: round, step: step, isFinal: isFinal, kind: .folder, path: folder.path, bytes: folder.bytes,
        sha256: folder.sha256, learnerSHA256: learner)
    }
  }

  func advanced(to step: Int, of steps: Int, length: Int, loss: Double?) {
    run.surroundings.observe(
      .phaseAdvanced(
        round: round, phase: .train, done: step, total: steps, tokens: length,
        values: loss.map { [("loss", $0.fixed(decimals: 4))] } ?? []))
  }

  var isStopping: Bool { run.surroundings.shouldStop() }

  func checkForStop() throws { try run.checkForStop() }

  /// `r03-s000500`
  private static func name(round: Int, step: Int) -> String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "r" + padded(round, 2) + "-s" + padded(step, 6)
  }
}
