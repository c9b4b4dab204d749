import ArgumentParser
import AuditReports
import AuditSettings
import Glibc

/// Writes the report to a file descriptor.
///
/// Another program that stops reading is no error.
enum Output {
  /// Without this a closed pipe, or a limit on the size of files, would end the process by a signal, and its status would
  /// be lost.
  static func ignoreClosedPipes() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Writes to standard output, or to a file when one is named.
  ///
  /// A report that cannot be written must not look like one with or without violations, so it has its own status.
  ///
  /// With `isForPrograms` the text is in a form that has its own way to write whatever a log's reader would take for a
  /// command, or that is made of such commands; in every other one they are shown by numbers.
  static func write(
    _ text: String, to file: String?, appending: Bool = false, isForPrograms: Bool = false
  ) throws {
    let text = isForPrograms ? text : withoutCommands(text)
    do throws(OutputError) {
      try write(text, toFileOrOutput: file, flags: appending ? O_APPEND : O_TRUNC)
    } catch {
      complain(error.description)
      throw ExitStatus.unreadable
    }
  }

  private static func write(_ text: String, toFileOrOutput file: String?, flags: Int32) throws(OutputError) {
    guard let file else {
      try write(text, descriptor: STDOUT_FILENO, name: "standard output")
      return
    }
    let descriptor = open(file, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o666)
    guard descriptor >= 0 else { throw OutputError(name: printable(file), number: errno) }
    defer { close(descriptor) }
    try write(text, descriptor: descriptor, name: printable(file))
  }

  /// Writes one line to standard error; there is nowhere to tell of a failure.
  static func complain(_ line: String) {
    writeToError("truewheel: \(line)\n")
  }

  /// Says what is wrong with a settings file or a baseline.
  ///
  /// - Returns: the status to end with, which is that of wrong arguments; how to write these is no help here.
  static func refusal(of error: SettingsError) -> ExitCode {
    complain(printable(error.description))
    return ExitCode.validationFailure
  }

  /// Writes to standard error, without commands to those who read a log.
  static func writeToError(_ text: String) {
    try? write(withoutCommands(text), descriptor: STDERR_FILENO, name: "standard error")
  }

  private static func write(_ text: String, descriptor: Int32, name: String) throws(OutputError) {
    var text = text
    let failure: Int32 = text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        guard let start = bytes.baseAddress else { break }
        let count = Glibc.write(descriptor, start + written, bytes.count - written)
        if count >= 0 {
          written += count
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
    guard failure == 0 || failure == EPIPE else { throw OutputError(name: name, number: failure) }
  }
}

/// The report could not be written.
struct OutputError: Error, CustomStringConvertible {
  let name: String
  let number: Int32

  var description: String { "cannot write to \(name): \(String(cString: strerror(number)))" }
}
