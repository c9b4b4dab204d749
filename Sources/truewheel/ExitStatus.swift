import ArgumentParser
import WheelAudit

/// What the exit status says; the same for every format.
enum ExitStatus {
  /// At least one wheel breaks a claim.
  static let violations = ExitCode(1)
  /// At least one wheel could not be audited, or the report could not be written, whatever else was found.
  static let unreadable = ExitCode(2)

  /// The status of a gate over wheels; nil for success.
  static func gate(_ wheels: [WheelReport]) -> ExitCode? {
    if wheels.contains(where: { $0.status == .unreadable }) { return unreadable }
    return wheels.contains { $0.status == .violations } ? violations : nil
  }
}
