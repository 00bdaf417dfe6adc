import Learners
import Reading

extension RunReader {
  /// The run in a directory, with the learner that its configuration names.
  init(_ directory: String) throws { try self.init(directory, learner: Learners.maker(threads: 2)) }
}
