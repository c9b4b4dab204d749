import Glibc

/// What is known of the terminal that standard output or standard error goes to.
enum Terminal {
  /// The columns of the terminal that standard output goes to; nil when it goes elsewhere.
  static var width: Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    return columns(of: STDOUT_FILENO)
  }

  /// True when a line on standard error can be written over.
  static var canShowProgress: Bool {
    guard isatty(STDERR_FILENO) == 1, let name = getenv("TERM") else { return false }
    return String(cString: name) != "dumb"
  }

  static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 else { return nil }
    return Int(size.ws_col)
  }

  /// Goes to the beginning of the line and clears it (ECMA-48, CR and EL).
  static let clearedLine: StaticString = "\r\u{1b}[K"

  /// Has an interrupt clear the line of progress before it ends the process as it always does.
  ///
  /// Whoever starts the process may have blocked these signals for a while, and a process takes over what is blocked.
  static func clearLineWhenInterrupted() {
    var interrupts = sigset_t()
    sigemptyset(&interrupts)
    for number in [SIGINT, SIGTERM] { sigaddset(&interrupts, number) }
    pthread_sigmask(SIG_UNBLOCK, &interrupts, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        // Only what a signal handler may call.
        let clear = Terminal.clearedLine
        _ = write(STDERR_FILENO, clear.utf8Start, clear.utf8CodeUnitCount)
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }
}
