import Model

/// What `shorten` asks of the machine before a run.
public enum Machine {
  /// Throws where the numeric kernels cannot run.
  public static func requireSupported() throws { try Processor.requireSupported() }

  /// Processors this process may use.
  public static var availableThreads: Int { max(1, Processor.availableThreads) }
}
