import Foundation
import Synchronization

/// Starts and ends a process with pipes at its three standard files.
enum ChildProcess {
  /// Starts one process at a time: a process that another thread started meanwhile would inherit the ends of
  /// the pipes and keep them open. `files` are this side's ends: of its input, its output and its errors.
  /// `code` is 0 or the error's number, with or without files.
  static func start(
    _ command: [String], in folder: String, _ environment: ProcessEnvironment
  ) -> (pid: pid_t, code: Int32, files: [Int32]) {
    // A write to a process that has died must be an error, not the end of this one.
    _ = ignoresBrokenPipes
    return starting.withLock { _ in
      var ends: [Int32] = []
      for _ in 0..<3 {
        var pair: [Int32] = [-1, -1]
        guard pipe(&pair) == 0 else {
          let code = errno
          for end in ends { close(end) }
          return (0, code, [])
        }
        for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        ends += pair
      }
      let (ours, theirs) = ([ends[1], ends[2], ends[4]], [ends[0], ends[3], ends[5]])
      for end in ours { _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK) }
      let started = spawn(command, in: folder, environment, files: theirs)
      for end in theirs { close(end) }
      return (started.pid, started.code, ours)
    }
  }

  /// Kills the process and what it started, and waits for its end.
  static func kill(_ pid: pid_t) {
    Foundation.kill(-pid, SIGKILL)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) == -1, errno == EINTR {}
  }

  /// How a process ended whose output is closed: `ended with status 3`. Waits up to a second for its end.
  static func ending(of pid: pid_t) -> String {
    var info = siginfo_t()
    for _ in 0..<100 {
      // It stays there to be killed and reaped.
      if waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0, info.si_code != 0 { break }
      usleep(10_000)
    }
    let status = status(of: info)
    switch Int(info.si_code) {
    case 0: return "closed its output"
    case Int(CLD_EXITED): return "ended with status \(status)"
    default: return "was ended by signal \(status) (\(String(cString: strsignal(status))))"
    }
  }

  private static let starting = Mutex(())
  private static let ignoresBrokenPipes: Void = { signal(SIGPIPE, SIG_IGN) }()

  private static func status(of info: siginfo_t) -> Int32 {
    #if canImport(Darwin)
      info.si_status
    #else
      info._sifields._sigchld.si_status
    #endif
  }

  /// `files` become the standard input, output and error of the process.
  private static func spawn(
    _ command: [String], in folder: String, _ environment: ProcessEnvironment, files: [Int32]
  ) -> (pid: pid_t, code: Int32) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, file) in files.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, file, Int32(number))
    }
    // A run blocks the signals it stops by and ignores others; the process and its children must not.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
    // The shell changes the folder, for which there is no portable action, and becomes the program.
    let words = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder] + command
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.lines.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, words[0], &actions, &attributes, &arguments, &variables)
    return (code == 0 ? pid : 0, code)
  }
}
