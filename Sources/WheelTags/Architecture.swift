/// A processor architecture as platform tags name it: the part of `manylinux_2_17_x86_64` behind the version.
///
/// An open set: a tag may name an architecture that no profile knows (`armv6l`), and that is data, not an error.
public struct Architecture: RawRepresentable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  // swift-format-ignore: AlwaysUseLowerCamelCase
  public static let x86_64 = Architecture(rawValue: "x86_64")
  public static let i686 = Architecture(rawValue: "i686")
  public static let aarch64 = Architecture(rawValue: "aarch64")
  public static let armv7l = Architecture(rawValue: "armv7l")
  public static let armv6l = Architecture(rawValue: "armv6l")
  public static let ppc64 = Architecture(rawValue: "ppc64")
  public static let ppc64le = Architecture(rawValue: "ppc64le")
  public static let s390x = Architecture(rawValue: "s390x")
  public static let riscv64 = Architecture(rawValue: "riscv64")
  public static let loongarch64 = Architecture(rawValue: "loongarch64")
}

extension Architecture {
  /// The architecture as ELF headers tell it: they do not tell code for ARMv6 from code for ARMv7.
  public var inHeaders: Architecture { self == .armv6l ? .armv7l : self }
}

extension Architecture {
  /// True for what some Linux calls its processor, as the last part of a tag is made of that (packaging,
  /// `_linux_platforms`; Linux, UTS_MACHINE in arch/*/Makefile).
  public var isKnown: Bool { Self.machines.contains(rawValue) }

  private static let machines: Set<String> = [
    "aarch64", "aarch64_be", "alpha", "arc", "armv5tel", "armv5tejl", "armv6l", "armv7l", "armv8l", "csky", "i386",
    "i486", "i586", "i686", "ia64", "loongarch64", "m68k", "microblaze", "mips", "mips64", "nios2", "openrisc",
    "parisc",
    "parisc64", "ppc", "ppc64", "ppc64le", "ppcle", "riscv32", "riscv64", "s390", "s390x", "sh4", "sparc", "sparc64",
    "x86_64", "xtensa",
  ]
}

extension Architecture: CustomStringConvertible {
  public var description: String { rawValue }
}

extension Architecture: Comparable {
  public static func < (left: Architecture, right: Architecture) -> Bool {
    left.rawValue < right.rawValue
  }
}
