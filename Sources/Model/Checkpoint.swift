import NetworkSettings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A model at one step of its training, as the bytes of a safetensors file: parameters under their names, the
/// optimiser's moments as `moment1.NAME` and `moment2.NAME` (all that the optimiser keeps or none), heads
/// ahead as `ahead.1` and so on, configuration, step, optimiser and vocabulary digest in the metadata.
///
///     let bytes = trainer.checkpoint(vocabularyDigest: digest, metadata: ["round": "3"]).encoded()
///     let model = try Checkpoint(decoding: bytes).model()
///
/// The same content gives the same bytes. Decoding checks every name and shape against the configuration
/// before it reads a number, so it allocates no more than the file is long.
public struct Checkpoint: Sendable, Equatable {
  public let configuration: TransformerConfiguration
  public let vocabularyDigest: String
  /// Optimiser steps done.
  public let step: Int
  /// Whose moments these are.
  public let optimizer: OptimizerSettings.Kind
  /// The caller's own texts. Keys beginning with `shorten.` are the checkpoint's.
  public let metadata: [String: String]
  /// By ascending name.
  public let tensors: [Tensor]

  private enum Key {
    static let prefix = "shorten."
    static let configuration = "shorten.configuration"
    static let step = "shorten.step"
    static let vocabularyDigest = "shorten.vocabularyDigest"
    /// Absent: AdamW.
    static let optimizer = "shorten.optimizer"
  }

  /// `tensors` are those of the configuration, with all moments that the optimiser keeps or without any.
  public init(
    configuration: TransformerConfiguration, vocabularyDigest: String, step: Int,
    optimizer: OptimizerSettings.Kind = .adamW, metadata: [String: String], tensors: [Tensor]
  ) {
    precondition(
      !metadata.keys.contains { $0.hasPrefix(Key.prefix) }, "metadata keys must not begin with \(Key.prefix)")
    self.configuration = configuration
    self.vocabularyDigest = vocabularyDigest
    self.step = step
    self.optimizer = optimizer
    self.metadata = metadata
    self.tensors = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Whether training can go on from here.
  public var hasMoments: Bool { tensors.contains { $0.name.hasPrefix(Part.moment1.rawValue) } }

  public func tensor(named name: String) -> Tensor? {
    let index = tensors.firstIndex { !$0.name.utf8.lexicographicallyPrecedes(name.utf8) }
    return index.flatMap { tensors[$0].name == name ? tensors[$0] : nil }
  }

  public func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // A configuration is integers and one name: nothing in it can fail to encode.
    let json = (try? encoder.encode(configuration)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    var own = [
      Key.configuration: json, Key.step: String(step), Key.vocabularyDigest: vocabularyDigest,
    ]
    if hasMoments, optimizer != .adamW { own[Key.optimizer] = optimizer.rawValue }
    return SafeTensors.encode(tensors, metadata: own.merging(metadata) { own, _ in own })
  }

  /// Throws `CheckpointError` for bytes that are no whole checkpoint, `InvalidSetting` for a configuration
  /// that cannot be built.
  public init(decoding bytes: [UInt8]) throws {
    let header = try SafeTensorsHeader(of: bytes)
    func text(_ key: String) throws -> String {
      guard let text = header.metadata[key] else { throw CheckpointError.missingMetadata(key) }
      return text
    }
    let configuration: TransformerConfiguration
    do {
      let json = Data(try text(Key.configuration).utf8)
      configuration = try JSONDecoder().decode(TransformerConfiguration.self, from: json)
    } catch let error as DecodingError {
      throw CheckpointError.invalidMetadata(key: Key.configuration, reason: "not a configuration: \(error)")
    }
    guard let step = Int(try text(Key.step)), step >= 0 else {
      throw CheckpointError.invalidMetadata(key: Key.step, reason: "not a step number")
    }
    let word = header.metadata[Key.optimizer] ?? OptimizerSettings.Kind.adamW.rawValue
    guard let optimizer = OptimizerSettings.Kind(rawValue: word) else {
      throw CheckpointError.invalidMetadata(key: Key.optimizer, reason: "\"\(word)\" is no optimiser")
    }
    try configuration.validate()
    try Self.check(header.entries, against: configuration, optimizer)
    self.init(
      configuration: configuration, vocabularyDigest: try text(Key.vocabularyDigest), step: step,
      optimizer: optimizer,
      metadata: header.metadata.filter { !$0.key.hasPrefix(Key.prefix) },
      tensors: header.entries.map {
        Tensor(name: $0.name, shape: $0.shape, values: SafeTensors.values(of: $0, in: bytes))
      })
  }

  /// Heads beside the output layer that predict later tokens.
  public var headsAhead: Int { tensors.count { $0.name.hasPrefix(ParameterLayout.headPrefix) } }

  /// What sampling needs: neither moments nor heads ahead.
  public var withoutTraining: Checkpoint {
    Checkpoint(
      configuration: configuration, vocabularyDigest: vocabularyDigest, step: step, metadata: metadata,
      tensors: tensors.filter {
        !$0.name.hasPrefix(ParameterLayout.headPrefix) && !$0.name.hasPrefix(Part.momentPrefix)
      })
  }

  /// The network of these parameters, with as many heads ahead; those that are not stored are drawn from
  /// `seed`.
  public func model(headsAhead: Int = 0, seed: UInt64 = 0) throws -> Transformer {
    try configuration.validate()
    let model = Transformer(configuration, seed: seed, headsAhead: headsAhead)
    let stored = self.headsAhead
    let layout = ParameterLayout(configuration, headsAhead: min(stored, headsAhead))
    let values = try values(.parameters, of: layout)
    model.replaceValues(values + repeatElement(nil, count: model.parameters.tensors.count - values.count))
    return model
  }

  /// The numbers of the layout's tensors, in their order; nil where the optimiser keeps no such moment.
  func values(_ part: Part, of layout: ParameterLayout) throws -> [[Float]?] {
    let prefix = part.rawValue
    return try layout.tensors.map { expected in
      guard part.isKept(of: expected, by: optimizer) else { return nil }
      guard let tensor = tensor(named: prefix + expected.name) else {
        throw CheckpointError.missingTensor(prefix + expected.name)
      }
      guard tensor.shape == expected.shape else {
        throw CheckpointError.wrongShape(
          tensor: tensor.name, expected: expected.shape, found: tensor.shape)
      }
      return tensor.values
    }
  }

  private static func check(
    _ entries: [SafeTensorsHeader.Entry], against configuration: TransformerConfiguration,
    _ optimizer: OptimizerSettings.Kind
  ) throws {
    let hasMoments = entries.contains { $0.name.hasPrefix(Part.momentPrefix) }
    let heads = entries.count { $0.name.hasPrefix(ParameterLayout.headPrefix) }
    var shapes: [String: [Int]] = [:]
    for tensor in ParameterLayout(configuration, headsAhead: heads).tensors {
      for part in hasMoments ? Part.allCases : [.parameters] where part.isKept(of: tensor, by: optimizer) {
        shapes[part.rawValue + tensor.name] = tensor.shape
      }
    }
    for entry in entries {
      guard let expected = shapes.removeValue(forKey: entry.name) else {
        throw CheckpointError.unexpectedTensor(entry.name)
      }
      guard entry.shape == expected else {
        throw CheckpointError.wrongShape(tensor: entry.name, expected: expected, found: entry.shape)
      }
    }
    if let missing = shapes.keys.min() { throw CheckpointError.missingTensor(missing) }
  }
}

extension Checkpoint {
  /// What is stored of a tensor, by the prefix of its name.
  enum Part: String, CaseIterable {
    case parameters = ""
    case moment1 = "moment1."
    case moment2 = "moment2."

    /// How the names of both moments begin.
    static let momentPrefix = "moment"

    func isKept(of tensor: Parameters.Tensor, by optimizer: OptimizerSettings.Kind) -> Bool {
      self != .moment2 || !tensor.isForMuon(optimizer)
    }
  }
}
