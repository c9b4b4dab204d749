import ArgumentParser
import AuditReports
import BuildProfiles
import Glibc

/// The clock; the one place that looks at it.
enum Today {
  /// The day in Greenwich, or that of SOURCE_DATE_EPOCH where somebody wants the same report again
  /// (reproducible-builds.org).
  static var date: CalendarDate {
    let wanted = getenv("SOURCE_DATE_EPOCH").flatMap { Int(String(cString: $0)) }
    return CalendarDate(daysSince1970: (wanted ?? time(nil)) / 86_400)
  }

  /// Reads a day from an argument.
  static func day(_ argument: String) throws -> CalendarDate {
    guard let date = CalendarDate(argument) else {
      throw ValidationError("'\(printable(argument))' is no day. Days are written like 2026-08-31.")
    }
    return date
  }
}
