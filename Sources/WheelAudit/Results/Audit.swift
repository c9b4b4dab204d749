public import BuildProfiles
public import WheelTags

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
