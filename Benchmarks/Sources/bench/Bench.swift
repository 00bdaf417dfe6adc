import Foundation
import Model

/// Times training, sampling and A* on this machine, beside a PyTorch peer that does the same work in turn.
///
///     bench [--quick] [--no-torch] [--only training|sampling|astar] [--sizes ABC] [--threads N] [--rows N]
///
/// Every figure is the median of its runs; runs of both sides alternate. Prints a table and writes
/// results/latest.json. The peer needs torch and safetensors in the Python that SHORTEN_PYTHON names (`make torch`).
@main
enum Bench {
  static func main() {
    do { try measure() } catch {
      FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
      exit(2)
    }
  }

  private static func measure() throws {
    try Processor.requireSupported()
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    let threads = options.threads ?? Processor.availableThreads
    var report = Report()
    let peer = options.usesTorch ? PeerProgram.find() : nil
    report.note("FMA peak: \(decimal(Peak.measure(threads: 1))) GFLOP/s on 1 thread")
    let peak = Peak.measure(threads: threads)
    report.note("FMA peak: \(decimal(peak)) GFLOP/s on \(threads) threads, the 100 % below")

    for plan in options.plans {
      let workload = plan.workload
      let folder = FileManager.default.temporaryDirectory.appending(
        path: "shorten-bench-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let file = try workload.write(workload.model(), threads: threads, to: folder)
      for what in Measurement.What.allCases where options.selects(what) {
        let rival = try peer.map { try Peer($0, workload: file, what: what) }
        report.add(
          try compare(
            what, plan: plan, workload: workload, model: workload.model(), peer: rival, threads: threads,
            rows: options.rows, peak: peak))
        rival?.end()
      }
    }
    if options.only == nil || options.only == "astar" { searching(options, threads: threads, into: &report) }
    try report.write()
  }

  /// Runs both sides in turn.
  private static func compare(
    _ what: Measurement.What, plan: Plan, workload: Workload, model: Transformer, peer: Peer?, threads: Int,
    rows: Int?, peak: Double
  ) throws -> Measurement {
    let engine: any Engine =
      switch what {
      case .training: TrainingEngine(workload, model: model, threads: threads)
      case .sampling: SamplingEngine(workload, model: model, threads: threads, rows: rows)
      }
    let hello = try peer?.hello()
    if let loss = hello?.loss { try agree(model.loss(of: workload.batches[0]), loss) }
    var (own, torch, reference): ([Double], [Double], Double?) = ([], [], nil)
    PeakMemory.reset()
    try engine.run()
    for _ in 0..<plan.runs {
      own.append(try engine.timed())
      if let peer { torch.append(try peer.run("careful").tokensPerSecond) }
    }
    let memory = PeakMemory.bytes
    let peerMemory = try peer?.run("careful").peakMemory
    if plan.showsReference { reference = try peer?.run("reference").tokensPerSecond }
    let speed = median(own)
    return Measurement(
      what: what.rawValue, size: plan.size.rawValue, length: plan.length, unit: "tokens/s", speed: speed,
      torch: torch.isEmpty ? nil : median(torch), reference: reference,
      peakShare: speed * engine.work / Double(engine.tokens) / peak / 1e9, peakMemory: memory,
      torchPeakMemory: peerMemory, detail: hello?.rows.map { "torch: \($0) rows" })
  }

  /// Traps the comparison of two different networks.
  private static func agree(_ own: Double, _ torch: Double) throws {
    guard abs(own - torch) < 1e-4 * abs(own) else {
      throw BenchError(text: "the peer's first loss is \(torch), ours \(own): not the same network")
    }
  }

  private static func searching(_ options: Options, threads: Int, into report: inout Report) {
    for count in Set([1, threads]).sorted() {
      let speeds = (0..<(options.isQuick ? 1 : 3)).map { _ in
        SearchEngine.tasksPerSecond(threads: count, seconds: options.isQuick ? 1 : 3)
      }
      let speed = median(speeds)
      report.add(
        Measurement(
          what: "astar", size: "10x10", length: count, unit: "tasks/s", speed: speed, torch: nil,
          reference: SearchEngine.referenceTasksPerSecond, peakShare: nil, peakMemory: PeakMemory.bytes,
          torchPeakMemory: nil, detail: "\(count) thread\(count == 1 ? "" : "s")"))
    }
  }
}

struct BenchError: Error, CustomStringConvertible {
  let text: String
  var description: String { text }
}

/// Prints a line at once, into a pipe too.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

func decimal(_ value: Double) -> String { String(format: "%.1f", value) }
