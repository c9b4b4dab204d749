/// The names that manylinux tags had before PEP 600 made them perennial, and what they stand for.
public enum LegacyAlias: String, Sendable, Hashable, CaseIterable {
  /// PEP 513.
  case manylinux1
  /// PEP 571.
  case manylinux2010
  /// PEP 599.
  case manylinux2014

  /// The glibc that the alias promises (PEP 600, "Legacy manylinux tags").
  public var glibc: LibcVersion {
    switch self {
    case .manylinux1: LibcVersion(2, 5)
    case .manylinux2010: LibcVersion(2, 12)
    case .manylinux2014: LibcVersion(2, 17)
    }
  }

  /// The architectures for which the alias was ever defined.
  public var architectures: [Architecture] {
    switch self {
    case .manylinux1, .manylinux2010: [.x86_64, .i686]
    case .manylinux2014: [.x86_64, .i686, .aarch64, .armv7l, .ppc64, .ppc64le, .s390x]
    }
  }

  /// The alias of a glibc release on an architecture, if it has one.
  public init?(glibc: LibcVersion, architecture: Architecture) {
    let match = Self.allCases.first { $0.glibc == glibc && $0.architectures.contains(architecture) }
    guard let match else { return nil }
    self = match
  }
}
