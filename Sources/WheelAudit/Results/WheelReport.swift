public import WheelTags

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

  public let name: WheelName
  /// The file that was audited; nil where none could be opened.
  public let contents: WheelFile?
  public let status: Status
  /// What was found out; nil for a wheel that was unreadable or skipped.
  public let audit: Audit?
  public internal(set) var findings: [Finding]
  /// Rules that the user ignores and that found something.
  public let ignoredRules: [Rule]
  /// The variant that it is (PEP 825, a draft); nil for a wheel that is none or that was unreadable.
  public let variant: Variant?
  /// What the audit cost.
  public let work: AuditWork

  init(
    name: WheelName, file: WheelFile? = nil, status: Status, audit: Audit?, findings: [Finding], ignoredRules: [Rule],
    variant: Variant? = nil, work: AuditWork = AuditWork()
  ) {
    self.name = name
    contents = file
    self.status = status
    self.audit = audit
    self.findings = findings
    self.ignoredRules = ignoredRules
    self.variant = variant
    self.work = work
  }

  /// The path as it was given.
  public var path: String { name.path }
  /// The name without its folder.
  public var file: String { name.file }
}
