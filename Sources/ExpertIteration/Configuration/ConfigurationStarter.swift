extension RunConfiguration {
  /// A small complete configuration to start from, for `shorten init`; nil: no such kind. The rest of the
  /// keys have defaults.
  public static func starter(kind: String) -> String? {
    DomainConfiguration(kind: kind)?.starter
  }
}

extension DomainConfiguration {
  static let mazeStarter = """
    {
      "seed": 1,
      "domain": {"kind": "maze", "width": 4, "height": 4},
      "model": {"architecture": "decoderOnly", "width": 64, "layers": 2, "heads": 4, "tokenShift": 2},
      "base": {
        "exercises": 24000,
        "batchSize": 8,
        "learningRate": {"peak": 0.002, "warmupSteps": 100}
      },
      "rounds": {
        "count": 4,
        "exercises": 300,
        "samples": 8,
        "curation": "sound"
      },
      "evaluation": {"exercises": 200, "samples": 8}
    }
    """
}
