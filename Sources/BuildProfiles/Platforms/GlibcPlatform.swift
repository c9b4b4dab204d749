public import WheelTags

/// What the manylinux profiles of one architecture provide.
public struct GlibcPlatform: Platform {
  public let architecture: Architecture
  public let profiles: [BuildProfile]
  public let newestVersion: LibcVersion
  private let libraries: [String: Floor]
  private let restricted: [String: [String: Floor]]
  private let versions: [String: Floor]

  public var libc: Libc { .glibc }

  init(
    architecture: Architecture, profiles: [BuildProfile], newestVersion: LibcVersion,
    libraries: [String: Floor],
    restricted: [String: [String: Floor]], versions: [String: Floor]
  ) {
    self.architecture = architecture
    self.profiles = profiles
    self.newestVersion = newestVersion
    self.libraries = libraries
    self.restricted = restricted
    self.versions = versions
  }

  public func libraryFloor(_ soname: String) -> Floor? {
    libraries[soname]
  }

  /// For `GLIBC_x.y` the smaller of x.y and the oldest profile with it, since every glibc from x.y on has it, and on
  /// some architectures an older one had it already.
  public func versionFloor(_ version: String) -> Floor? {
    guard let listed = versions[version] else { return .noProfile }
    guard version.hasPrefix("GLIBC_"), let own = LibcVersion(version.dropFirst("GLIBC_".count)) else { return listed }
    return min(.libc(own), listed)
  }

  public func restrictedFloor(library: String, symbol: String) -> Floor? {
    restricted[library]?[symbol]
  }

  public var restrictedSymbols: [String] {
    Set(restricted.values.flatMap(\.keys)).sorted()
  }

  /// glibc 2.36 is the first whose loader reads DT_RELR (release notes of glibc 2.36).
  public var relativeRelocationFloor: Floor { .libc(LibcVersion(2, 36)) }
}
