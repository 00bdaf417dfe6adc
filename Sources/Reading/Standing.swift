import Configuration
import ExpertIteration
import Foundation
import Store

extension RunReader {
  /// What `shorten run` with this experiment would find in `directory`, "new" or the run's state, and what it
  /// would go on with. Throws what the run would refuse the configuration for. `now`: UTC, ISO 8601.
  public static func standing(
    of experiment: Experiment, in directory: String, resume: Run.ResumePolicy, now: String
  ) throws -> (state: String, experiment: Experiment) {
    let url = URL(filePath: directory, directoryHint: .isDirectory)
    let finding = try RunDirectory.Finding(experiment.configuration, in: url, resume: resume)
    if finding.earlier != nil {
      let store = try RunStore(url.appending(path: RunDirectory.database), mode: .read)
      let state = try store.runState(now: now)?.state.rawValue ?? "empty"
      return (state, experiment.continuing(with: finding.configuration))
    }
    try experiment.preflight(try RunEstimate(of: experiment))
    return ("new", experiment)
  }
}
