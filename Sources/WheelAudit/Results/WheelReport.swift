/// The audit of one wheel.
public struct WheelReport: Sendable {
  public enum Status: String, Sendable, CaseIterable {
    /// No known violation of a claim.
    case clean
    /// At least one claim is broken.
    case violations
    /// It could not be audited.
    case unreadable
    /// It has no object that could be judged.
    case skipped
  }

  /// The path as it was given.
  public let path: String
  public let status: Status
  /// What was found out; nil for a wheel that was unreadable or skipped.
  public let audit: Audit?
  public let findings: [Finding]
  /// Rules that the user ignores and that found something.
  public let ignoredRules: [Rule]

  /// The name without its folder.
  public var file: String { path.split(separator: "/").last.map(String.init) ?? path }
}
