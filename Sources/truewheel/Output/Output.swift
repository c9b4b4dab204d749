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
    do throws(OutputError) {
      let place = try OutputFile(file, appending ? .append : .replace)
      try place.write(isForPrograms ? text : withoutCommands(text))
    } catch {
      complain(error.description)
      throw ExitStatus.unreadable
    }
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
    try? OutputFile.standardError.write(withoutCommands(text))
  }
}
