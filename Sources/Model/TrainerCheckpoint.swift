extension Trainer {
  /// Everything that training needs to go on: parameters, both moments, the step.
  public func checkpoint(vocabularyDigest: String, metadata: [String: String]) -> Checkpoint {
    let parts = [("", model.parameters), ("moment1.", moment1), ("moment2.", moment2)]
    let tensors = parts.flatMap { prefix, numbers in
      numbers.tensors.map {
        Tensor(name: prefix + $0.name, shape: $0.shape, values: numbers.values(of: $0))
      }
    }
    return Checkpoint(
      configuration: model.configuration, vocabularyDigest: vocabularyDigest, step: step, metadata: metadata,
      tensors: tensors)
  }

  /// Continues from `checkpoint`; one without moments starts them at zero. Throws `CheckpointError` or
  /// `InvalidSetting`, and changes nothing, if it is of another network.
  public func restore(_ checkpoint: Checkpoint) throws {
    guard checkpoint.configuration == model.configuration else {
      throw InvalidSetting(
        field: "checkpoint.configuration", value: "\(checkpoint.configuration)",
        fix: "the model to restore is \(model.configuration)")
    }
    let values = try checkpoint.values(prefix: "")
    var moments: [[[Float]]?] = [nil, nil]
    if checkpoint.hasMoments {
      moments = [try checkpoint.values(prefix: "moment1."), try checkpoint.values(prefix: "moment2.")]
    }
    model.replaceValues(values)
    for (moment, values) in zip([moment1, moment2], moments) {
      for (index, tensor) in moment.tensors.enumerated() {
        moment.setValues(values?[index] ?? [Float](repeating: 0, count: tensor.count), of: tensor)
      }
    }
    resume(at: checkpoint.step)
  }
}
