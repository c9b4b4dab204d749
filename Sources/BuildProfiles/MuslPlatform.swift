public import WheelTags

/// What the musllinux profiles of one architecture provide (PEP 656): musl itself and zlib.
public struct MuslPlatform: Platform {
  public let architecture: Architecture
  private let withheldInZlib: Set<String>

  public var libc: Libc { .musl }

  /// The manylinux table is asked for its list of symbols withheld from zlib, which holds for musllinux too.
  public init(_ architecture: Architecture, _ table: ProfileTable) {
    self.architecture = architecture
    self.withheldInZlib = Set((table.restricted[Self.zlib] ?? [:]).keys)
  }

  public var newestVersion: LibcVersion { LibcVersion(1, 2) }

  public var profiles: [BuildProfile] {
    [
      BuildProfile(libc: .musl, version: Self.first, aliases: [], architectures: Self.architectures),
      BuildProfile(
        libc: .musl, version: LibcVersion(1, 2), aliases: [], architectures: Self.architectures + [.loongarch64]),
    ].filter { $0.architectures.contains(architecture) }
  }

  /// musl answers to its package name, to the name it was linked with, and to that of its loader.
  public func libraryFloor(_ soname: String) -> Floor? {
    let isMusl =
      soname == "libc.so"
      || Self.names(of: architecture).contains { soname == "libc.musl-\($0).so.1" || soname == "ld-musl-\($0).so.1" }
    return isMusl || soname == Self.zlib ? .libc(Self.first) : nil
  }

  /// musl's loader takes a symbol by its name, whatever version an object asks for.
  public func versionFloor(_ version: String) -> Floor? { nil }

  /// Both published profiles withhold the same symbols.
  public func restrictedFloor(library: String, symbol: String) -> Floor? {
    library == Self.zlib && withheldInZlib.contains(symbol) ? .noProfile : nil
  }

  public var restrictedSymbols: [String] { withheldInZlib.sorted() }

  /// musl 1.2.4 is the first whose loader reads DT_RELR (release notes of musl 1.2.4).
  public var relativeRelocationFloor: Floor { .libc(LibcVersion(1, 2, patch: 4)) }

  private static let zlib = "libz.so.1"
  /// The oldest series that a profile was published for.
  private static let first = LibcVersion(1, 1)
  private static let architectures: [Architecture] = [
    .aarch64, .armv7l, .i686, .ppc64le, .riscv64, .s390x, .x86_64,
  ]

  /// musl's own names of an architecture, and those of the distribution that ships it under its package name.
  private static func names(of architecture: Architecture) -> [String] {
    switch architecture {
    case .i686: ["i386", "x86"]
    case .armv7l: ["armhf", "armv7"]
    case .ppc64le: ["powerpc64le", "ppc64le"]
    default: [architecture.rawValue]
    }
  }
}
