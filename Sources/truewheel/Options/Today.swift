import ArgumentParser
import AuditReports
import BuildProfiles
import Glibc

/// The clocks; the one place that looks at them, but for the pace of the line of progress.
enum Today {
  /// The day in Greenwich, or that of SOURCE_DATE_EPOCH where somebody wants the same report again
  /// (reproducible-builds.org).
  static var date: CalendarDate {
    let wanted = getenv("SOURCE_DATE_EPOCH").flatMap { Int(String(cString: $0)) }
    return CalendarDate(daysSince1970: (wanted ?? time(nil)) / 86_400)
  }

  /// How long the machine has run, without the time that it slept: a clock that nobody sets (clock_gettime(2),
  /// CLOCK_MONOTONIC).
  static let elapsed: @Sendable () -> Duration = {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// Reads a day from an argument.
  static func day(_ argument: String) throws -> CalendarDate {
    guard let date = CalendarDate(argument) else {
      throw ValidationError("'\(printable(argument))' is no day. Days are written like 2026-08-31.")
    }
    return date
  }
}
