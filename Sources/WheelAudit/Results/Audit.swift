public import BuildProfiles
public import WheelTags

/// What the audit of a wheel found out.
public struct Audit: Sendable {
  /// The architecture as the tags name it.
  public let architecture: Architecture
  /// The architectures of the objects where no tag names one and there are several, so that the wheel is for none of
  /// them; empty for every other wheel.
  public let architectures: [Architecture]
  /// The libc that the requirements were compared with.
  public let libc: Libc
  public let verdict: Verdict
  public let claims: [Claim]
  public let requirements: [Requirement]
  public let objects: [ObjectReport]
  /// Who provides what in the wheel; its edges are those of `objects`, in the same order.
  public let graph: LibraryGraph
  /// Every published profile of the libc and architecture, oldest first.
  public let profiles: [BuildProfile]
  /// On which distribution releases it runs; nil where that was not asked, or cannot be said.
  public let reach: Reach?
  /// By path, the floor of each object that requires anything.
  public let floors: [String: ObjectFloor]

  init(
    architecture: Architecture, architectures: [Architecture] = [], libc: Libc, verdict: Verdict, claims: [Claim],
    requirements: [Requirement],
    objects: [ObjectReport], graph: LibraryGraph, profiles: [BuildProfile], reach: Reach?
  ) {
    self.architecture = architecture
    self.architectures = architectures
    self.libc = libc
    self.verdict = verdict
    self.claims = claims
    self.requirements = requirements
    self.objects = objects
    self.graph = graph
    self.profiles = profiles
    self.reach = reach
    self.floors = ObjectFloor.floors(of: requirements)
  }

  /// The tag that the wheel may carry; nil where it is for no one architecture.
  public var minimalTag: PlatformTag? { architectures.isEmpty ? verdict.minimalTag : nil }

  /// The published profile before the minimal one; nil when there is none.
  public var nextOlder: BuildProfile? {
    verdict.profile.flatMap { minimal in profiles.last { $0.version < minimal.version } }
  }

  /// The oldest published profile with everything up to a floor; nil when none has it.
  public func oldestProfile(for floor: Floor) -> BuildProfile? {
    profiles.first { !floor.isAbove($0.version) }
  }

  /// The minimal tag if the wheel required no more than this.
  public func minimalTag(for requirements: [Requirement]) -> PlatformTag {
    let highest = requirements.map(\.range.lastingFloor).max() ?? .libc(LibcVersion(0, 0))
    return oldestProfile(for: highest)?.tag(for: architecture) ?? PlatformTag(linux: architecture)
  }

  /// The libcs that it needs, in words: `glibc 2.34`, `glibc 2.17, below 2.41`; nil when it needs none.
  public var neededLibc: String? {
    verdict.libcFloor.flatMap { LibcRange(from: .libc($0), upTo: verdict.libcCeiling).words }.map { "\(libc) \($0)" }
  }

  /// The libraries that its objects need, by where they come from; each once, sorted.
  public var libraries: [ObjectReport.Needed.Resolution: [String]] {
    let needed = Dictionary(grouping: objects.lazy.flatMap(\.needed), by: \.resolution)
    return needed.mapValues { Set($0.map(\.library)).sorted() }
  }
}
