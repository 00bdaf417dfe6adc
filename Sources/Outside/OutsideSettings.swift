import Search
import Words

/// Where the tasks and the verifier of a domain from outside are, and how its tasks are written.
public struct OutsideSettings<Form: TaskForm>: Sendable, Equatable {
  /// Paths as they were given. Relative ones start from `folder`, in which the verifier works too.
  public var tasks = ""
  public var verifier: [String] = []
  public var folder = ""
  /// Of the bytes of the tasks file.
  public var tasksSHA256 = ""
  public var form = Form()
  public var secondsPerReply = 30.0
  /// nil if the file was not read, as for a stored configuration that is only compared.
  public private(set) var list: Form.FormDomain.Tasks?
  /// Tokens of the longest response that came with a task, the end counted; 1 if there are none.
  public private(set) var longestResponse = 1

  public init() {}

  /// The tasks are compared by their digest.
  public static func == (one: Self, other: Self) -> Bool {
    one.tasks == other.tasks && one.verifier == other.verifier && one.folder == other.folder
      && one.tasksSHA256 == other.tasksSHA256 && one.form == other.form
      && one.secondsPerReply == other.secondsPerReply
  }

  /// The verifier's process, not started yet. `onNotice` hears of each restart.
  public func makeVerifier(
    environment: ProcessEnvironment = .current, onNotice: @escaping @Sendable (String) -> Void = { _ in }
  ) -> VerifierProcess {
    VerifierProcess(
      verifier, in: folder, seconds: secondsPerReply, environment: environment, onNotice: onNotice)
  }

  /// The domain with a given verifier, or by default with one of its own.
  public func makeDomain(verifier: (any Verifier)? = nil) -> Form.FormDomain {
    Form.FormDomain(list ?? .none, verifier: verifier ?? makeVerifier())
  }

  /// Where the task with this prompt is: `tasks.jsonl:12`; nil: there is none.
  public func place(of prompt: Writing) -> String? {
    makeDomain().line(of: prompt).map { "\(NamedFile.path(tasks, in: folder)):\($0)" }
  }

  /// Reads the tasks. A relative folder starts from `directory`, which is also the default of the folder.
  public mutating func load(from directory: String) throws(Refusal) {
    folder = NamedFile.path(folder.isEmpty ? "." : folder, in: directory)
    let path = NamedFile.path(tasks, in: folder)
    let file = try TaskFile(path, form: form)
    guard tasksSHA256.isEmpty || tasksSHA256 == file.sha256 else {
      throw Refusal(
        "\(path) was changed since domain.tasksSHA256 was noted, as every run notes it: its "
          + "SHA-256 is \(file.sha256), not \(tasksSHA256); restore it, or start a new run")
    }
    (tasksSHA256, list, longestResponse) = (file.sha256, file.tasks, file.longestResponse)
  }
}

/// Of tasks in words.
public typealias ExternalSettings = OutsideSettings<WordForm>

/// Of tasks in free text.
public typealias TextSettings = OutsideSettings<TextForm>
