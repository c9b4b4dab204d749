public import BuildProfiles
public import WheelTags

/// What stands between a wheel and a tag.
public struct Blocker: Sendable {
  /// What the wheel is kept from.
  public enum Destination: Sendable {
    /// Broken claims of one libc version; two names of one promise are broken by the same things.
    case claims([PlatformTag], LibcVersion)
    /// Every tag of the libc.
    case everyTag(Libc)
    /// The published profile before the minimal one.
    case nextOlder(BuildProfile)
  }

  public let destination: Destination
  /// The requirements that would have to go; empty where only the number of the profile is in the way.
  public let requirements: [Requirement]
}

extension WheelReport {
  /// What breaks each broken claim, the oldest first; where none is, what keeps the wheel from the next older profile.
  public var blockers: [Blocker] {
    guard let audit else { return [] }
    let broken = audit.claims.filter { !$0.isSatisfied && $0.tag.libc == audit.libc }.map(\.tag)
    let versions = Set(broken.compactMap(\.libcVersion)).sorted()
    var blockers: [Blocker] = []
    var seen: Set<LibcVersion> = []
    for version in versions {
      let above = audit.requirements.filter { $0.breaks(version) && !ignoredRules.contains($0.rule) }
      guard !above.isEmpty else { continue }
      seen.insert(version)
      let tags = broken.filter { $0.libcVersion == version }
      blockers.append(Blocker(destination: .claims(tags, version), requirements: above))
    }
    if seen.isEmpty, audit.verdict.profile == nil {
      let none = audit.requirements.filter { $0.range.lastingFloor == .noProfile }
      if !none.isEmpty { blockers.append(Blocker(destination: .everyTag(audit.libc), requirements: none)) }
    }
    // It is part of what breaks a claim that is older still.
    if seen.isEmpty, let older = audit.nextOlder {
      let above = audit.requirements.filter { $0.breaks(older.version) }
      blockers.append(Blocker(destination: .nextOlder(older), requirements: above))
    }
    return blockers
  }
}

/// The things that cost a wheel most, and what it would be without them.
public struct Obstacle: Sendable {
  /// The most demanding requirement.
  public let requirement: Requirement
  /// How many requirements keep it from as many tags.
  public let count: Int
  /// The minimal tag without them; nil where it is the same.
  public let tagWithout: PlatformTag?
}

extension Audit {
  /// What is most in the way; nil for a wheel that keeps its claims and has no older tag to reach.
  public var obstacle: Obstacle? {
    guard claims.contains(where: { !$0.isSatisfied }) || nextOlder != nil,
      let highest = requirements.map(\.range.lastingFloor).max(),
      let first = requirements.first(where: { $0.range.lastingFloor == highest })
    else { return nil }
    let rest = requirements.filter { $0.range.lastingFloor != highest }
    let without = minimalTag(for: rest)
    return Obstacle(
      requirement: first, count: requirements.count - rest.count,
      tagWithout: without == verdict.minimalTag ? nil : without)
  }
}
