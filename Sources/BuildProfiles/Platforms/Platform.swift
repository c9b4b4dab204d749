public import WheelTags

/// What the systems behind the platform tags of one libc and architecture provide, and since which profile.
public protocol Platform: Sendable {
  var libc: Libc { get }
  var architecture: Architecture { get }

  /// The published profiles for the architecture, oldest first.
  var profiles: [BuildProfile] { get }

  /// The newest libc that any profile was published for, whatever the architecture: a tag may promise it on all, since
  /// tags are perennial (PEP 600).
  var newestVersion: LibcVersion { get }

  /// The floor of a library by its soname; nil when it is no library of the platform.
  func libraryFloor(_ soname: String) -> Floor?

  /// The floor of a symbol version as an object names it, `GLIBC_2.34`; `.noProfile` when none lists it, and nil when
  /// the platform's loader does not look at versions.
  func versionFloor(_ version: String) -> Floor?

  /// The floor of a symbol that old profiles withhold although they have its library; nil when it is not withheld.
  func restrictedFloor(library: String, symbol: String) -> Floor?

  /// Every symbol that `restrictedFloor` may know.
  var restrictedSymbols: [String] { get }

  /// The floor of packed relative relocations (DT_RELR).
  var relativeRelocationFloor: Floor { get }
}

extension Platform {
  /// The dynamic loader is always there, whatever an object calls it.
  public static func isLoader(_ soname: String) -> Bool {
    soname.hasPrefix("ld-linux") || soname.hasPrefix("ld64.so.") || soname.hasPrefix("ld-musl-")
      || soname.hasPrefix("ld.so.")
  }

  /// The oldest published profile that has everything with a floor at or below `floor`.
  public func oldestProfile(for floor: Floor?) -> BuildProfile? {
    switch floor {
    case nil: profiles.first
    case .noProfile: nil
    case .libc(let version): profiles.first { $0.version >= version.series }
    }
  }

  public func restrictions(of symbol: String) -> [(library: String, floor: Floor)] {
    ["libz.so.1", "libexpat.so.1", "libstdc++.so.6"].compactMap { l in restrictedFloor(library: l, symbol: symbol).map { (l, $0) } }
  }
}
