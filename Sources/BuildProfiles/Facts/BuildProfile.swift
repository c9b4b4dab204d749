public import WheelTags

/// A published build profile: the systems that a platform tag promises (PEP 600, PEP 656).
public struct BuildProfile: Hashable, Sendable {
  public let libc: Libc
  public let version: LibcVersion
  public let aliases: [LegacyAlias]
  public let architectures: [Architecture]

  /// The name without an architecture: `manylinux_2_17`.
  public var name: String { "\(libc.tagPrefix)_\(version.tagForm)" }

  /// The tag for an architecture.
  public func tag(for architecture: Architecture) -> PlatformTag {
    PlatformTag(libc, version, architecture)
  }

  /// The legacy alias that holds on an architecture, if the profile has one.
  public func alias(for architecture: Architecture) -> LegacyAlias? {
    aliases.first { $0.architectures.contains(architecture) }
  }
}
