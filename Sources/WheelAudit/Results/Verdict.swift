public import BuildProfiles
public import WheelTags

/// Which tag a wheel may carry, from what it requires.
public struct Verdict: Hashable, Sendable {
  /// The oldest libc on which everything is there that some profile has; nil when the wheel needs nothing of a libc.
  public let libcFloor: LibcVersion?
  /// The oldest published profile that has everything; nil when none has.
  public let profile: BuildProfile?
  /// The tag of that profile, or `linux_ARCH`.
  public let minimalTag: PlatformTag
  /// The legacy name of the minimal tag, if it has one.
  public let alias: LegacyAlias?

  /// The verdict on all requirements of a wheel.
  ///
  /// Where it is unfit no profile fits, whatever is required: it has objects for both libcs, or none to judge.
  init(_ requirements: [Requirement], on platform: Platform, isUnfit: Bool) {
    self.libcFloor = requirements.compactMap(\.floor.version).max()
    let highest = requirements.map(\.floor).max()
    let profile = isUnfit ? nil : platform.oldestProfile(for: highest)
    self.profile = profile
    self.minimalTag = profile?.tag(for: platform.architecture) ?? PlatformTag(linux: platform.architecture)
    self.alias = profile?.alias(for: platform.architecture)
  }
}

extension Requirement {
  /// True when the systems behind a tag's libc version lack it.
  ///
  /// Tags speak of series (PEP 600, PEP 656): what came within the series that a tag names does not break it, though
  /// some of its systems lack it.
  public func isAbove(_ version: LibcVersion) -> Bool {
    switch floor {
    case .noProfile: true
    case .libc(let own): own.series > version
    }
  }
}
