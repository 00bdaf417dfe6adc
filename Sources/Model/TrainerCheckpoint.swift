extension Trainer {
  /// Everything that training needs to go on: parameters, the optimiser's moments, the step.
  public func checkpoint(vocabularyDigest: String, metadata: [String: String]) -> Checkpoint {
    let parts: [(Checkpoint.Part, Parameters)] = [
      (.parameters, model.parameters), (.moment1, moment1), (.moment2, moment2),
    ]
    let tensors = parts.flatMap { part, numbers in
      numbers.tensors.filter { part.isKept(of: $0, by: optimizer.kind) }.map {
        Tensor(name: part.rawValue + $0.name, shape: $0.shape, values: numbers.values(of: $0))
      }
    }
    return Checkpoint(
      configuration: model.configuration, vocabularyDigest: vocabularyDigest, step: step,
      optimizer: optimizer.kind, metadata: metadata, tensors: tensors)
  }

  /// Continues from `checkpoint`; one without moments starts them at zero. Throws `CheckpointError` or
  /// `InvalidSetting`, and changes nothing, if it is of another network or has another optimiser's moments.
  public func restore(_ checkpoint: Checkpoint) throws {
    guard checkpoint.configuration == model.configuration else {
      throw InvalidSetting(
        field: "checkpoint.configuration", value: "\(checkpoint.configuration)",
        fix: "the model to restore is \(model.configuration)")
    }
    guard checkpoint.optimizer == optimizer.kind || !checkpoint.hasMoments else {
      throw InvalidSetting(
        field: "checkpoint.optimizer", value: checkpoint.optimizer.rawValue,
        fix: "the trainer's is \(optimizer.kind.rawValue)")
    }
    let layout = model.parameters.layout
    let none = [[Float]?](repeating: nil, count: layout.tensors.count)
    let values = try checkpoint.values(.parameters, of: layout)
    let moments = try [Checkpoint.Part.moment1, .moment2].map {
      checkpoint.hasMoments ? try checkpoint.values($0, of: layout) : none
    }
    model.replaceValues(values)
    for (moment, values) in zip([moment1, moment2], moments) {
      for (tensor, values) in zip(moment.tensors, values) {
        moment.setValues(values ?? [Float](repeating: 0, count: tensor.count), of: tensor)
      }
    }
    resume(at: checkpoint.step)
  }
}
