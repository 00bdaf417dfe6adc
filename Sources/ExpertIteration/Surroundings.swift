extension Run {
  /// What a library may not take for itself: time, identity, and someone to talk to.
  public struct Surroundings: Sendable {
    /// Monotonic seconds.
    public var clock: @Sendable () -> Double
    /// UTC now, ISO 8601.
    public var wallTime: @Sendable () -> String
    public var process: ProcessIdentity
    public var codeVersion: String
    public var observe: @Sendable (RunEvent) -> Void
    public var shouldStop: @Sendable () -> Bool

    public init(
      clock: @escaping @Sendable () -> Double, wallTime: @escaping @Sendable () -> String,
      process: ProcessIdentity, codeVersion: String, observe: @escaping @Sendable (RunEvent) -> Void,
      shouldStop: @escaping @Sendable () -> Bool
    ) {
      self.clock = clock
      self.wallTime = wallTime
      self.process = process
      self.codeVersion = codeVersion
      self.observe = observe
      self.shouldStop = shouldStop
    }
  }

  public struct ProcessIdentity: Sendable {
    public let pid: Int32
    public let bootID: String
    public let host: String

    public init(pid: Int32, bootID: String, host: String) {
      self.pid = pid
      self.bootID = bootID
      self.host = host
    }
  }
}
