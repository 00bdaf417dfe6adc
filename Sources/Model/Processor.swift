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

  /// Whether matrix products use the sixteen lanes of AVX-512, as they do where the processor has them. Set
  /// it to false to measure the eight lanes of AVX2 beside them; results are the same bits. Setting it to
  /// true does nothing on a processor without.
  public static var usesWideRegisters: Bool {
    get { sh_uses_wide_registers() != 0 }
    set { sh_use_wide_registers(newValue ? 1 : 0) }
  }

  /// Processors this process may run on: 2 under `taskset -c 0,1` whatever the machine has.
  public static var availableThreads: Int { Int(sh_available_processors()) }
}
