import NetworkSettings

// The settings of a network and of its training have a module of their own, so that a configuration can be
// read without the network. Whoever imports `Model` has them under their names.

public typealias TransformerConfiguration = NetworkSettings.TransformerConfiguration
public typealias OptimizerSettings = NetworkSettings.OptimizerSettings
public typealias ObjectiveSettings = NetworkSettings.ObjectiveSettings
public typealias LearningRate = NetworkSettings.LearningRate
public typealias InvalidSetting = NetworkSettings.InvalidSetting

extension TransformerConfiguration {
  /// Bytes of the weights that drawing a token reads, without the output layer's.
  var bytesPerDraw: Int {
    let attention = (architecture == .encoderDecoder ? 6 : 4) * width * width
    return 4 * decoderLayers * (attention + 3 * width * hiddenWidth)
  }
}
