import WheelTags

/// Which types of relocations the loader of a libc knows on an architecture.
///
/// glibc: `elf_machine_rela` in `sysdeps/*/dl-machine.h` of its releases. musl: `arch/*/reloc.h`.
struct RelocationTypes {
  enum Support: Hashable {
    case always
    case since(LibcVersion)
    case never
  }

  /// Nil where nothing is known of the architecture.
  private let known: Set<UInt32>?
  private let later: [UInt32: LibcVersion]

  init(_ libc: Libc, _ architecture: Architecture) {
    switch libc {
    case .glibc: (known, later) = Self.glibc(architecture)
    case .musl: (known, later) = Self.musl(architecture)
    }
  }

  func support(of type: UInt32) -> Support {
    guard let known, type != 0 else { return .always }
    if let version = later[type] { return .since(version) }
    return known.contains(type) ? .always : .never
  }

  private static func glibc(_ architecture: Architecture) -> (Set<UInt32>?, [UInt32: LibcVersion]) {
    switch architecture {
    case .x86_64:
      (
        [1, 2, 5, 6, 7, 8, 10, 16, 17, 18],
        [
          36: LibcVersion(2, 9), 37: LibcVersion(2, 11), 38: LibcVersion(2, 16), 32: LibcVersion(2, 18),
          33: LibcVersion(2, 18),
        ]
      )
    case .i686:
      (
        [1, 2, 5, 6, 7, 8, 14, 35, 36, 37],
        [41: LibcVersion(2, 9), 42: LibcVersion(2, 11), 38: LibcVersion(2, 18)]
      )
    case .armv7l: ([1, 2, 13, 17, 18, 19, 20, 21, 22, 23, 160], [:])
    case .ppc64le:
      (
        Set([1...9, 19...22, 24...26, 37...44, 56...57, 68...73, 78...78, 95...100, 247...248].joined()),
        [110: LibcVersion(2, 19), 111: LibcVersion(2, 19), 112: LibcVersion(2, 19), 113: LibcVersion(2, 19)]
      )
    case .s390x: ([1, 3, 4, 5, 9, 10, 11, 12, 16, 17, 19, 22, 23, 54, 55, 56, 61], [:])
    case .aarch64: ([257, 258, 1024, 1025, 1026, 1027, 1028, 1029, 1030, 1031], [1032: LibcVersion(2, 19)])
    case .riscv64: ([2, 3, 4, 5, 7, 9, 11], [58: LibcVersion(2, 33)])
    case .loongarch64: ([2, 3, 4, 5, 7, 9, 11, 12], [14: LibcVersion(2, 40)])
    default: (nil, [:])
    }
  }

  private static func musl(_ architecture: Architecture) -> (Set<UInt32>?, [UInt32: LibcVersion]) {
    switch architecture {
    case .x86_64: ([1, 2, 5, 6, 7, 8, 16, 17, 18, 36], [:])
    case .i686: ([1, 2, 5, 6, 7, 8, 14, 35, 36, 37, 41], [:])
    case .aarch64: ([257, 1024, 1025, 1026, 1027, 1028, 1029, 1030, 1031], [:])
    case .armv7l: ([2, 20, 21, 22, 23, 17, 18, 19, 13], [:])
    case .ppc64le: ([38, 43, 20, 21, 22, 19, 68, 78, 73], [:])
    case .s390x: ([22, 10, 11, 12, 9, 54, 55, 56], [:])
    case .riscv64: ([2, 5, 3, 4, 7, 9, 11], [12: LibcVersion(1, 2, patch: 5)])
    default: (nil, [:])
    }
  }
}
