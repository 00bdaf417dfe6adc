import Foundation
import Model

/// Times training, sampling and A* on this machine, beside a PyTorch peer that does the same work in turn.
///
///     bench [--quick] [--no-torch] [--only training|sampling|astar|growth|memory|muon]
///         [--sizes ABC] [--length 200|1000] [--threads N] [--rows N] [--fixed] [--half] [--avx2]
///
/// The speed of each side is the median of its runs, which alternate; the reference's way runs once. The
/// share of the peak is the median of the runs' too, each held against the higher peak of just before and
/// after it. Prints a table and writes results/latest.json (results/growth.json for `--only growth`, and so
/// on). The peer needs torch and safetensors in the Python that SHORTEN_PYTHON names (`make torch`).
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
    if options.avoidsWideRegisters { Processor.usesWideRegisters = false }
    var report = Report()
    let peer = options.usesTorch ? PeerProgram.find() : nil
    report.note("FMA peak: \(decimal(Peak.measure(threads: 1))) GFLOP/s on 1 thread")
    let peak = decimal(Peak.measure(threads: threads))
    report.note(
      "FMA peak: \(peak) GFLOP/s on \(threads) threads, at the start; "
        + "products in registers of \(Processor.usesWideRegisters ? 16 : 8) floats")

    for plan in options.comparison {
      for what in Measurement.What.allCases where options.selects(what) {
        report.add(try compare(what, plan, peer: peer, options, threads: threads))
      }
    }
    for plan in options.growth {
      for what in Measurement.What.allCases {
        report.add(try compare(what, plan, peer: nil, options, threads: threads))
      }
    }
    for plan in options.memory {
      report.add(try compare(.sampling, plan, peer: peer, options, threads: threads))
    }
    for plan in options.muon { report.add(try muon(plan, threads: threads)) }
    if options.only == nil || options.only == "astar" { searching(options, threads: threads, into: &report) }
    try report.write(options.only)
  }

  /// Gives both sides the same work and runs them in turn.
  private static func compare(
    _ what: Measurement.What, _ plan: Plan, peer: PeerProgram?, _ options: Options, threads: Int
  ) throws -> Measurement {
    let folder = FileManager.default.temporaryDirectory.appending(path: "shorten-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (workload, model) = (plan.workload, try plan.workload.model())
    let rival = try peer.map {
      try Peer($0, workload: workload.write(model, threads: threads, to: folder), what: what)
    }
    defer { rival?.end() }
    let engine: any Engine =
      switch what {
      case .training: TrainingEngine(workload, model: model, threads: threads)
      case .sampling: SamplingEngine(workload, model: model, threads: threads, options: options)
      }
    let hello = try rival?.hello()
    if let loss = hello?.loss { try agree(model.loss(of: workload.batches[0]), loss) }
    let work = engine.work / Double(engine.tokens)
    var (own, shares, torch): ([Double], [Double], [Peer.Figures]) = ([], [], [])
    PeakMemory.reset()
    if plan.runs > 1 { try engine.run() }
    for _ in 0..<plan.runs {
      let before = Peak.measure(threads: threads)
      let speed = try engine.timed()
      own.append(speed)
      shares.append(speed * work / max(before, Peak.measure(threads: threads)) / 1e9)
      if let rival { torch.append(try rival.run("careful")) }
    }
    let memory = PeakMemory.bytes
    let reference = plan.showsReference ? try rival?.run("reference").tokensPerSecond : nil
    return Measurement(
      what: what.rawValue, size: plan.size.rawValue, length: plan.length, unit: "tokens/s",
      speed: median(own), torch: torch.isEmpty ? nil : median(torch.map(\.tokensPerSecond)),
      reference: reference,
      peakShare: median(shares), workPerToken: work, peakMemory: memory,
      torchPeakMemory: torch.last?.peakMemory, detail: hello?.rows.map { "torch: \($0) rows" })
  }

  /// Trains with AdamW and with Muon in turn.
  private static func muon(_ plan: Plan, threads: Int) throws -> Measurement {
    let engines = try [OptimizerSettings.Kind.adamW, .muon].map {
      TrainingEngine(
        plan.workload, model: try plan.workload.model(), threads: threads,
        optimizer: OptimizerSettings(kind: $0))
    }
    for engine in engines { try engine.run() }
    let pairs = try (0..<plan.runs).map { _ in try engines.map { try $0.timed() } }
    let share = median(pairs.map { 100 * (1 - $0[1] / $0[0]) })
    let tokens = plan.workload.trainingTokens * plan.workload.batchSize / plan.workload.examples.count
    return Measurement(
      what: "muon", size: plan.size.rawValue, length: plan.length, unit: "tokens/s",
      speed: median(pairs.map { $0[1] }), torch: nil, reference: nil, peakShare: nil,
      workPerToken: engines[0].work / Double(engines[0].tokens), peakMemory: nil, torchPeakMemory: nil,
      detail: "AdamW: \(Int(median(pairs.map { $0[0] }))); \(tokens) tokens a step; "
        + "Muon's part of a step: \(decimal(share)) %")
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
          reference: SearchEngine.referenceTasksPerSecond, peakShare: nil, workPerToken: nil,
          peakMemory: PeakMemory.bytes,
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
