public import BuildProfiles
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

/// What the audit of a wheel found out.
public struct Audit: Sendable {
  public let architecture: Architecture
  /// The libc that the requirements were compared with.
  public let libc: Libc
  public let verdict: Verdict
  public let claims: [Claim]
  public let requirements: [Requirement]
  public let objects: [ObjectReport]
  /// Every published profile of the libc and architecture, oldest first.
  public let profiles: [BuildProfile]

  /// The published profile before the minimal one; nil when there is none.
  public var nextOlder: BuildProfile? {
    verdict.profile.flatMap { minimal in profiles.last { $0.version < minimal.version } }
  }

  /// The minimal tag if the wheel required no more than this.
  public func minimalTag(for requirements: [Requirement]) -> PlatformTag {
    let highest = requirements.map(\.floor).max() ?? .libc(LibcVersion(0, 0))
    let profile = profiles.first { profile in highest.version.map { $0.series <= profile.version } ?? false }
    return profile?.tag(for: architecture) ?? PlatformTag(linux: architecture)
  }
}

/// The audits of a run.
public struct AuditReport: Sendable {
  public let toolVersion: String
  public let wheels: [WheelReport]
  /// The day for which reports say where wheels run; nil when they are not to say it.
  public let date: CalendarDate?

  public init(toolVersion: String, wheels: [WheelReport], date: CalendarDate? = nil) {
    self.toolVersion = toolVersion
    self.wheels = wheels
    self.date = date
  }

  public func count(_ status: WheelReport.Status) -> Int {
    wheels.count { $0.status == status }
  }
}
