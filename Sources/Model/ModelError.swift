/// What can be wrong with what Model is given, apart from settings, which are an `InvalidSetting`. Every text
/// says what was found and what would be accepted.
public enum ModelError: Error, Equatable, CustomStringConvertible {
  /// Example `index` of a batch cannot be trained on.
  case invalidExample(index: Int, problem: String)
  /// Loss or gradient of this 0-based step is not finite; parameters and moments were left as they were.
  case nonFinite(step: Int)
  case unsupportedProcessor(String)

  public var description: String {
    switch self {
    case .invalidExample(let index, let problem):
      "example \(index) of the batch: \(problem)"
    case .nonFinite(let step):
      "step \(step): the loss or the gradient is not finite; lower the learning rate or set a gradient clip"
    case .unsupportedProcessor(let problem):
      problem
    }
  }
}
