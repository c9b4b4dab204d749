public import BuildProfiles
public import WheelTags

/// Which tag a wheel may carry, from what it requires.
public struct Verdict: Hashable, Sendable {
  /// The oldest libc on which everything is there that some profile has; nil when the wheel needs nothing of a libc.
  public let libcFloor: LibcVersion?
  /// The first libc that refuses something of it; nil when none is known to.
  public let libcCeiling: LibcVersion?
  /// The oldest published profile that has everything, though a later one may refuse something; nil when none has.
  public let floorProfile: BuildProfile?
  /// The oldest published profile from which on every one has everything; nil when none has.
  public let profile: BuildProfile?
  /// The tag of that profile, or `linux_ARCH`.
  public let minimalTag: PlatformTag
  /// The legacy name of the minimal tag, if it has one.
  public let alias: LegacyAlias?

  /// The verdict on all requirements of a wheel.
  ///
  /// - Parameters:
  ///   - requirements: what it requires.
  ///   - platform: what that was compared with.
  ///   - isUnfit: no profile fits, whatever is required: it has objects for both libcs, or none to judge.
  ///   - architecture: what the tags call the architecture; no profile is published for ARMv6.
  init(_ requirements: [Requirement], on platform: Platform, isUnfit: Bool, named architecture: Architecture) {
    let isUnfit = isUnfit || architecture != platform.architecture
    self.libcFloor = requirements.compactMap(\.floor.version).max()
    self.libcCeiling = requirements.compactMap(\.ceiling).min()
    self.floorProfile = isUnfit ? nil : platform.oldestProfile(for: requirements.map(\.floor).max())
    let profile = libcCeiling == nil ? floorProfile : nil
    self.profile = profile
    self.minimalTag = profile?.tag(for: architecture) ?? PlatformTag(linux: architecture)
    self.alias = profile?.alias(for: architecture)
  }
}
