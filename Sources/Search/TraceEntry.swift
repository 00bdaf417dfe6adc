/// A piece of a trace with a key for what it is about, so that two traces of one task can be compared: an
/// entry of a chain, which another trace may have, leave out, or state wrongly.
public struct TraceEntry: Sendable, Equatable {
  /// What it is about, the same in every trace of the task: a step, a gate. Without such a name, what it
  /// states.
  public let key: String
  /// As it was written.
  public let text: String
  /// Why it is wrong; nil: it is true and in its place.
  public let fault: String?

  public init(key: String, text: String, fault: String? = nil) {
    self.key = key
    self.text = text
    self.fault = fault
  }
}

/// A task whose parts depend on each other, for a drawing: a circuit by its gates.
public struct Diagram: Sendable, Equatable {
  public struct Node: Sendable, Equatable {
    /// As in `TraceEntry.key`.
    public let key: String
    public let label: String
    /// Keys of the nodes it depends on, all of them earlier in `nodes`.
    public let inputs: [String]

    public init(key: String, label: String, inputs: [String]) {
      self.key = key
      self.label = label
      self.inputs = inputs
    }
  }

  public let nodes: [Node]
  /// The node that is the answer.
  public let output: String

  public init(nodes: [Node], output: String) {
    self.nodes = nodes
    self.output = output
  }
}
