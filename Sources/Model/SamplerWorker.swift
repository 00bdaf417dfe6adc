import Kernels

/// One thread's share of sampling: a few rows advanced together, a token each per step.
final class SamplerWorker {
  private(set) var finished: [(SamplerQueue.Ticket, Sample)] = []
  private let settings: SamplerSettings
  private let requests: [SampleRequest]
  private let queue: SamplerQueue
  private let thread: Int
  private let pass: Pass
  private let step: SamplerStep
  /// In the order of their prompts, so that rows of one prompt are neighbours.
  private var rows: [SamplerRow] = []
  private var prompt: SampledPrompt?
  /// The weights alone are more than what stays near the processor: nothing does.
  private let areWeightsFar: Bool

  init(
    model: Transformer, settings: SamplerSettings, requests: [SampleRequest], queue: SamplerQueue, thread: Int
  ) {
    self.settings = settings
    self.requests = requests
    self.queue = queue
    self.thread = thread
    pass = Pass(model)
    areWeightsFar = pass.configuration.bytesPerDraw > settings.nearBytes
    let longest = requests.map(\.prompt.count).max() ?? 0
    pass.prepare(positions: longest + settings.maximumLength)
    step = SamplerStep(
      pass: pass, rows: settings.rowsPerThread, longestPrompt: longest,
      isHalfPrecision: settings.halfPrecisionCache)
  }

  /// Asks `isCancelled` before each sample that begins and before each step.
  func run(isCancelled: () -> Bool, onProgress: (Int, Int) -> Void) {
    var (tokens, requests) = (0, 0)
    while !queue.isStopped {
      if isCancelled() { queue.stop() }
      if rows.count < settings.rowsPerThread, active.count == rows.count,
        let ticket = queue.take(thread: thread)
      {
        begin(ticket)
        continue
      }
      if rows.isEmpty || queue.isStopped { break }
      let (count, areFar) = active
      tokens += count
      requests += advance(count, areFar: areFar)
      if tokens >= 4096 || requests > 0 {
        onProgress(tokens, requests)
        (tokens, requests) = (0, 0)
      }
    }
    if tokens > 0 { onProgress(tokens, requests) }
  }

  /// How many rows go on next: the first ones, whose keys and values together stay near the processor. Rows
  /// that go on together read the weights once, but each reads its own keys and values at every token; past
  /// what the cache holds, more rows are slower than fewer, so the later ones wait. Where the weights alone
  /// are more than that, nothing stays near, and all rows share each reading. `areFar`: these rows' are not
  /// near.
  private var active: (count: Int, areFar: Bool) {
    if areWeightsFar { return (rows.count, true) }
    var bytes = 0
    for (index, row) in rows.enumerated() {
      bytes += row.ownSegmentCount * step.cache.segmentBytes
      if bytes > settings.nearBytes {
        let count = max(index, min(Self.fewestRows, rows.count))
        return (count, count > index)
      }
    }
    return (rows.count, false)
  }

  private static let fewestRows = 2

  private func begin(_ ticket: SamplerQueue.Ticket) {
    let request = requests[ticket.request]
    let prompt: SampledPrompt
    if let current = self.prompt, current.request == ticket.request {
      prompt = current
    } else {
      prompt = SampledPrompt(request.prompt, request: ticket.request, shape: step.cache.shape, pass: pass)
      self.prompt = prompt
    }
    let limit = request.limits.isEmpty ? .max : request.limits[ticket.sample]
    rows.append(
      SamplerRow(
        ticket, key: request.keys[ticket.sample], limit: min(limit, settings.maximumLength), prompt: prompt,
        opening: request.opening))
  }

  /// A token more for the first `count` rows; returns the number of requests whose last sample that ended.
  private func advance(_ count: Int, areFar: Bool) -> Int {
    let logits = step.logits(of: rows[..<count], areFar: areFar)
    var requests = 0
    var kept = 0
    for index in rows.indices {
      let row = rows[index]
      if index < count, let sample = row.draw(logits.row(index), temperature: settings.temperature) {
        row.release(to: step.cache)
        finished.append((row.ticket, sample))
        if queue.finish(request: row.ticket.request) { requests += 1 }
      } else {
        rows[kept] = row
        kept += 1
      }
    }
    rows.removeLast(rows.count - kept)
    return requests
  }
}
