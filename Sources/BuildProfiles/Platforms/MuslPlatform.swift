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

  /// musl answers to the name of its loader, and to every name of a part of a libc, whatever comes behind the first dot:
  /// `libc.so`, `libc.musl-x86_64.so.1`, `libpthread.so.0` (`load_library` in `ldso/dynlink.c` of musl).
  public func libraryFloor(_ soname: String) -> Floor? {
    let isMusl =
      Self.parts.contains { soname.hasPrefix("lib\($0).") }
      || soname == "ld-musl-\(Self.name(of: architecture)).so.1"
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
  private static let parts = ["c", "pthread", "rt", "m", "dl", "util", "xnet"]
  /// The oldest series that a profile was published for.
  private static let first = LibcVersion(1, 1)
  private static let architectures: [Architecture] = [
    .aarch64, .armv7l, .i686, .ppc64le, .riscv64, .s390x, .x86_64,
  ]

  /// musl's own name of an architecture.
  private static func name(of architecture: Architecture) -> String {
    switch architecture {
    case .i686: "i386"
    case .armv7l: "armhf"
    case .ppc64le: "powerpc64le"
    default: architecture.rawValue
    }
  }
}
