import CKernelSupport

/// What the machine offers.
public enum Processor {
  /// Throws `ModelError.unsupportedProcessor` where the kernels would end in an illegal instruction.
  public static func requireSupported() throws {
    if sh_processor_is_supported() == 0 {
      throw ModelError.unsupportedProcessor(
        "this processor lacks AVX2, FMA or F16C, which shorten is compiled for on x86-64 (every Intel "
          + "processor since Haswell, 2013, and every AMD processor since Excavator, 2015, has them)")
    }
  }

  /// Whether matrix products use the sixteen lanes of AVX-512. Results are the same bits with and without.
  public static var usesWideRegisters: Bool { sh_uses_wide_registers() != 0 }

  /// From now on products use eight lanes, as on a processor without AVX-512: to measure one beside the other.
  public static func avoidWideRegisters() { sh_avoid_wide_registers() }

  /// Processors this process may run on: 2 under `taskset -c 0,1` whatever the machine has.
  public static var availableThreads: Int { Int(sh_available_processors()) }
}
